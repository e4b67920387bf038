"use strict";
// Zoom, pan, walk and tell, on drawings made by the server. Without this file they are whole, with their links.
(() => {
  const live = document.getElementById("geo-live");
  const ZOOMS = [0.5, 1, 2, 4, 8]; // as web/maps/geo_names.py
  const MOST = 24, STEP = 1.5;

  const box = (text) => text.split(" ").map(Number);
  const say = (text) => { live.textContent = text; };

  function start(stage) {
    const drawing = stage.querySelector(".geo-drawing");
    const svg = drawing.querySelector("svg");
    const tip = stage.querySelector(".geo-tip");
    const places = [...svg.querySelectorAll("a")];
    const whole = box(svg.dataset.whole);
    let first = box(svg.getAttribute("viewBox")), seen = [...first], at = -1, held = new Map(), travelled = 0, span = 0;
    places.forEach((link) => {
      const title = link.querySelector("title");
      link.setAttribute("aria-label", title.textContent);
      title.remove(); // the box in the corner says it at once
    });
    stage.querySelector(".geo-zoom").hidden = false;

    const perPixel = () => Math.max(seen[2] / drawing.clientWidth, seen[3] / drawing.clientHeight);
    function draw() {
      svg.setAttribute("viewBox", seen.map((side) => side.toFixed(2)).join(" "));
      const k = perPixel();
      svg.style.setProperty("--k", k.toFixed(4));
      let level = 0;
      while (level + 1 < ZOOMS.length && ZOOMS[level + 1] <= 1.02 / k) level++;
      svg.dataset.z = String(level);
      stage.classList.toggle("geo-moved", seen[2] < first[2] * 0.98);
    }
    function hold() { // the middle of what is seen stays on the drawing
      for (const [side, length] of [[0, 2], [1, 3]]) {
        const middle = Math.min(whole[length], Math.max(0, seen[side] + seen[length] / 2));
        seen[side] = middle - seen[length] / 2;
      }
    }
    function zoom(by, x = drawing.clientWidth / 2, y = drawing.clientHeight / 2) {
      const wanted = seen[2] / by;
      const width = Math.min(Math.max(wanted, whole[2] / MOST), whole[2] * 1.3);
      const [px, py] = toDrawing(x, y), share = width / seen[2];
      seen = [px - (px - seen[0]) * share, py - (py - seen[1]) * share, width, seen[3] * share];
      hold(); draw();
    }
    function toDrawing(x, y) { // pixels of the stage to units: the drawing is centred in it
      const k = perPixel();
      return [seen[0] + seen[2] / 2 + (x - drawing.clientWidth / 2) * k, seen[1] + seen[3] / 2 + (y - drawing.clientHeight / 2) * k];
    }
    function pan(dx, dy) { const k = perPixel(); seen[0] -= dx * k; seen[1] -= dy * k; hold(); draw(); }
    function show(frame) { seen = [...frame]; draw(); }
    function fit() { show(first); at = -1; say(stage.dataset.whole || drawing.getAttribute("aria-label")); }

    function tell(link) {
      for (const arc of svg.querySelectorAll(".lit")) arc.classList.remove("lit");
      tip.hidden = !link;
      if (!link) return;
      tip.textContent = link.getAttribute("aria-label");
      const place = link.dataset.place;
      if (place) svg.querySelector(`[data-to="${CSS.escape(place)}"]`)?.classList.add("lit");
    }
    function walk(step) {
      if (!places.length) return;
      at = (at + step + places.length) % places.length;
      const link = places[at], around = link.getBBox(), k = perPixel();
      const [w, h] = [drawing.clientWidth * k, drawing.clientHeight * k];
      const matrix = svg.getScreenCTM().inverse().multiply(link.getScreenCTM());
      const middle = new DOMPoint(around.x + around.width / 2, around.y + around.height / 2).matrixTransform(matrix);
      const inside = Math.abs(middle.x - seen[0] - seen[2] / 2) < w * 0.45 && Math.abs(middle.y - seen[1] - seen[3] / 2) < h * 0.45;
      if (!inside) { seen[0] = middle.x - seen[2] / 2; seen[1] = middle.y - seen[3] / 2; draw(); }
      link.focus({ preventScroll: true });
      tell(link);
      say(link.getAttribute("aria-label"));
    }

    drawing.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = 60;
      const keys = {
        ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0), ArrowUp: () => pan(0, step), ArrowDown: () => pan(0, -step),
        "+": () => zoom(STEP), "=": () => zoom(STEP), "-": () => zoom(1 / STEP), n: () => walk(1), p: () => walk(-1),
        Escape: () => { drawing.focus(); tell(null); fit(); }, 0: fit,
      };
      if (!keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
    stage.querySelector(".geo-zoom").addEventListener("click", (event) => {
      const asked = event.target.closest("button")?.dataset.zoom;
      if (asked) ({ in: () => zoom(STEP), out: () => zoom(1 / STEP), fit })[asked]();
    });
    for (const link of stage.querySelectorAll("[data-frame]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        first = box(link.dataset.frame);
        show(first);
        for (const other of stage.querySelectorAll("[data-frame]")) other.removeAttribute("aria-current");
        link.setAttribute("aria-current", "true");
        const address = new URL(location.href);
        address.searchParams.set("cadre", link.dataset.code);
        history.replaceState(null, "", address);
        for (const file of document.querySelectorAll("[data-geo-file]")) file.search = address.search;
        say(link.textContent.trim());
      });
    }
    drawing.addEventListener("focusin", (event) => { const link = event.target.closest("a"); if (link) { at = places.indexOf(link); tell(link); } });
    drawing.addEventListener("pointerover", (event) => { if (!held.size) tell(event.target.closest("a")); });
    drawing.addEventListener("pointerleave", () => tell(null));

    const point = (event) => { const edge = drawing.getBoundingClientRect(); return [event.clientX - edge.left, event.clientY - edge.top]; };
    const middle = () => { const all = [...held.values()]; return [0, 1].map((k) => all.reduce((sum, p) => sum + p[k], 0) / all.length); };
    const wide = () => { const [p, q] = [...held.values()]; return q ? Math.hypot(p[0] - q[0], p[1] - q[1]) : 0; };
    drawing.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      if (!held.size) travelled = 0;
      held.set(event.pointerId, point(event));
      span = wide();
    });
    addEventListener("pointermove", (event) => {
      if (!held.has(event.pointerId)) return;
      const before = middle();
      held.set(event.pointerId, point(event));
      const after = middle();
      travelled += Math.hypot(after[0] - before[0], after[1] - before[1]);
      if (held.size > 1) { const now = wide(); if (span) zoom(now / span, ...after); span = now; travelled = 99; }
      if (travelled > 6) pan(after[0] - before[0], after[1] - before[1]);
    });
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (event) => { held.delete(event.pointerId); span = wide(); });
    drawing.addEventListener("click", (event) => { if (travelled > 6) { event.preventDefault(); travelled = 0; } });
    drawing.addEventListener("dragstart", (event) => event.preventDefault());
    drawing.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && document.activeElement !== drawing && !drawing.contains(document.activeElement)) return; // the page scrolls over a map that nobody entered
      event.preventDefault();
      zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * (event.deltaMode === 1 ? 16 : 1))) * 0.0022), ...point(event));
    }, { passive: false });
    new ResizeObserver(draw).observe(drawing);
    addEventListener("beforeprint", () => { seen = [...first]; draw(); });
    draw();
  }

  for (const stage of document.querySelectorAll(".geo-stage")) start(stage);
  const fold = document.querySelector(".geo-fold");
  if (fold && matchMedia("(max-width: 62rem)").matches) fold.open = false;
})();
