"use strict";
// Moves and zooms the drawing of the embedded map by its view box; without this file it stands whole.
(() => {
  const stage = document.getElementById("embed");
  const svg = stage?.querySelector("svg");
  if (!svg) return;
  const zooms = stage.querySelector(".embed-zoom");
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let view = [...whole], held = null, moved = false;
  zooms.hidden = false;

  const show = () => svg.setAttribute("viewBox", view.map((side) => side.toFixed(1)).join(" "));
  function zoom(factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) {
    const width = Math.min(whole[2], Math.max(whole[2] / 12, view[2] / factor));
    const by = width / view[2];
    view = [x - (x - view[0]) * by, y - (y - view[1]) * by, width, view[3] * by];
    bound();
  }
  function bound() {
    view[0] = Math.min(whole[2] - view[2], Math.max(0, view[0]));
    view[1] = Math.min(whole[3] - view[3], Math.max(0, view[1]));
    show();
  }
  function pan(x, y) { view[0] += x * view[2]; view[1] += y * view[3]; bound(); }
  const fit = () => { view = [...whole]; show(); };
  function point(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [at.x, at.y];
  }

  zooms.addEventListener("click", (event) => {
    const kind = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (kind === "in") zoom(1.4); else if (kind === "out") zoom(1 / 1.4); else if (kind) fit();
  });
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const does = { ArrowLeft: () => pan(-.1, 0), ArrowRight: () => pan(.1, 0), ArrowUp: () => pan(0, -.1), ArrowDown: () => pan(0, .1), "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), Escape: fit }[event.key];
    if (does) { event.preventDefault(); does(); }
  });
  svg.addEventListener("wheel", (event) => { if (!event.ctrlKey) return; event.preventDefault(); zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, ...point(event)); }, { passive: false });
  svg.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; moved = false; });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const by = view[2] / svg.clientWidth, [x, y] = [event.clientX - held[0], event.clientY - held[1]];
    if (Math.abs(x) + Math.abs(y) > 4) moved = true;
    if (!moved) return;
    held = [event.clientX, event.clientY];
    view[0] -= x * by; view[1] -= y * by;
    bound();
  });
  addEventListener("pointerup", () => { held = null; });
  svg.addEventListener("click", (event) => { if (moved) event.preventDefault(); });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
})();
