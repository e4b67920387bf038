"use strict";
// Where one looks: a middle in map units and a scale, between the stage's pixels and the map.
(() => {
  const M = (window.maillageMap ??= {});
  const LEAST = 0.01, MOST = 8;

  M.clampScale = (scale) => Math.max(LEAST, Math.min(MOST, scale));
  M.toScreen = (view, x, y) => [(x - view.x) * view.scale + view.width / 2, (y - view.y) * view.scale + view.height / 2];
  M.toMap = (view, sx, sy) => [(sx - view.width / 2) / view.scale + view.x, (sy - view.height / 2) / view.scale + view.y];

  // The view in which all is seen; upright on a telephone the whole width would be too small to read: as high
  // as it goes, the rest by a finger.
  M.viewOfAll = (graph, { width, height }) => {
    const frame = M.bounds(graph);
    const room = graph.band ? Math.min(90, width / 6) : 0; // for the names beside the last stars
    const wide = (width - room) / (frame.x2 - frame.x1), high = height / (frame.y2 - frame.y1);
    const upright = width < 760 && wide < high * 0.7;
    const scale = Math.min(upright ? high : Math.min(wide, high), 1.6);
    const x = upright ? frame.x1 + width / scale / 2 : (frame.x1 + frame.x2 + room / scale) / 2;
    return { x, y: (frame.y1 + frame.y2) / 2, scale };
  };

  M.bounds = ({ n, x, y, discs, band, tray, inventory }) => {
    const f = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
    const add = (x1, y1, x2, y2) => { f.x1 = Math.min(f.x1, x1); f.y1 = Math.min(f.y1, y1); f.x2 = Math.max(f.x2, x2); f.y2 = Math.max(f.y2, y2); };
    for (let i = 0; i < n; i++) add(x[i] - 70, y[i] - 40, x[i] + 70, y[i] + 50);
    for (const d of discs) add(d.x - d.r, d.y - d.r, d.x + d.r, d.y + d.r);
    for (const b of [band, tray, inventory]) if (b) add(b.x, b.y - 30, b.x + b.width, b.y + b.height);
    if (f.x1 === Infinity) add(-100, -100, 100, 100);
    return { x1: f.x1 - 20, y1: f.y1 - 30, x2: f.x2 + 20, y2: f.y2 + 20 };
  };

  // From one view to another in `ms`; each step is handed to `set`. Returns what stops it.
  M.glide = (from, to, ms, set) => {
    let handle = 0;
    const began = performance.now();
    const step = () => {
      const t = Math.min(1, (performance.now() - began) / ms), k = t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t);
      const scale = from.scale * (to.scale / from.scale) ** k;
      // The middle goes as the scale does, so that what one flies to stays in sight.
      const part = to.scale === from.scale ? k : (scale / from.scale - 1) / (to.scale / from.scale - 1) * (from.scale / scale) * (to.scale / from.scale);
      set({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part, scale });
      if (t < 1) handle = requestAnimationFrame(step);
    };
    handle = requestAnimationFrame(step);
    return () => cancelAnimationFrame(handle);
  };
})();
