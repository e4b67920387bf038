"use strict";
// The links of the export menu follow the filters of the address and the part of the map that is seen.
// Without this file they export the map of the address, whole.
(() => {
  const menu = document.getElementById("map-export");
  const stage = document.getElementById("map");
  // The way to the geographic map: the filters of now, and the actor chosen.
  for (const link of document.querySelectorAll("[data-map-elsewhere]")) {
    const keepUp = () => {
      const query = new URLSearchParams(location.search), chosen = new URLSearchParams(location.hash.slice(1)).get("choix");
      if (chosen && !query.has("acteur")) query.set("acteur", chosen);
      link.search = query.toString();
    };
    for (const happening of ["focusin", "pointerdown", "click", "keydown"]) link.addEventListener(happening, keepUp, true);
  }
  if (!menu) return;

  function frame() {
    const [x, y, scale] = (new URLSearchParams(location.hash.slice(1)).get("vue") || "").split(",").map(Number);
    if (!stage || !(scale > 0) || !Number.isFinite(x) || !Number.isFinite(y)) return null;
    const [w, h] = [stage.clientWidth / scale / 2, stage.clientHeight / scale / 2];
    return [x - w, y - h, x + w, y + h].map((side) => side.toFixed(1)).join(",");
  }

  function follow() {
    for (const link of menu.querySelectorAll("[data-map-sheet], [data-map-filtered]")) {
      const query = new URLSearchParams(location.search);
      if ("mapSheet" in link.dataset) {
        const seen = frame(), state = new URLSearchParams(location.hash.slice(1));
        if (seen) query.set("cadre", seen);
        for (const name of ["choix", "proposes", "replie", "ouvert"]) for (const value of state.getAll(name)) query.append(name, value);
        if (stage?.dataset.groups === "replies") query.set("groupes", "replies");
      }
      link.search = query.toString();
    }
  }

  menu.addEventListener("toggle", follow);
  for (const happening of ["focusin", "pointerdown", "click", "keydown"]) menu.addEventListener(happening, follow, true);
  document.addEventListener("click", (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  });
})();
