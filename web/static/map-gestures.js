"use strict";
// Mouse, wheel, finger and two fingers, said as: pan, zoom about a point, tap, double tap, hover.
(() => {
  const M = (window.maillageMap ??= {});
  const STILL = 6; // pixels a finger may tremble and still tap

  M.listenToGestures = (stage, on) => {
    const held = new Map(); // pointers that are down
    let travelled = 0, span = 0;
    const at = (event) => { const box = stage.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    const middle = () => { const all = [...held.values()]; return [0, 1].map((k) => all.reduce((sum, p) => sum + p[k], 0) / all.length); };
    const spread = () => { const [p, q] = [...held.values()]; return q ? Math.hypot(p[0] - q[0], p[1] - q[1]) : 0; };

    stage.addEventListener("pointerdown", (event) => {
      if (event.button > 0 || event.target.closest("button, a")) return;
      if (!held.size) travelled = 0;
      held.set(event.pointerId, at(event));
      span = spread();
      stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener("pointermove", (event) => {
      const now = at(event);
      if (!held.has(event.pointerId)) { if (event.pointerType === "mouse") on.hover(now); return; }
      const before = middle();
      held.set(event.pointerId, now);
      const after = middle();
      travelled += Math.hypot(after[0] - before[0], after[1] - before[1]);
      if (held.size > 1) { const wide = spread(); if (span) on.zoom(wide / span, after); span = wide; travelled = STILL + 1; }
      if (travelled > STILL) on.pan(after[0] - before[0], after[1] - before[1]);
    });
    const release = (event) => {
      if (!held.delete(event.pointerId)) return;
      span = spread();
      if (!held.size && event.type === "pointerup" && travelled <= STILL) on.tap(at(event));
      if (!held.size) on.rest();
    };
    stage.addEventListener("pointerup", release);
    stage.addEventListener("pointercancel", release);
    stage.addEventListener("pointerleave", () => on.hover(null));
    stage.addEventListener("dblclick", (event) => on.open(at(event)));
    stage.addEventListener("wheel", (event) => {
      if (event.target.closest("button, a")) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
      on.zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * unit)) * 0.0022), at(event));
      on.rest();
    }, { passive: false });
  };

  // Who stands under a point: a grid of cells, each with the actors inside.
  M.gridOf = ({ n, x, y }) => {
    const CELL = 64;
    const cells = new Map();
    const key = (cx, cy) => cx * 65_536 + cy;
    for (let i = 0; i < n; i++) {
      const k = key(Math.floor(x[i] / CELL), Math.floor(y[i] / CELL));
      const inside = cells.get(k);
      if (inside) inside.push(i); else cells.set(k, [i]);
    }
    // The nearest actor whose symbol (at least `reach` map units wide) holds the point, -1 if none.
    return (mx, my, reach, radius, allowed) => {
      let best = -1, least = Infinity;
      const far = Math.max(reach, 32);
      for (let cx = Math.floor((mx - far) / CELL); cx <= Math.floor((mx + far) / CELL); cx++) {
        for (let cy = Math.floor((my - far) / CELL); cy <= Math.floor((my + far) / CELL); cy++) {
          for (const i of cells.get(key(cx, cy)) || []) {
            const d = Math.hypot(x[i] - mx, y[i] - my);
            if (d < least && d <= Math.max(reach, radius(i)) && allowed(i)) { least = d; best = i; }
          }
        }
      }
      return best;
    };
  };
})();
