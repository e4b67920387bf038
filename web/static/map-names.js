"use strict";
// Names, the most useful first, each where nothing stands yet, with a halo.
(() => {
  const M = (window.maillageMap ??= {});
  const MOST = 260, MATTER = 14; // names on screen; of these, how many may cover a symbol
  const CELL = 4; // pixels
  const NARROWEST = 2.5; // pixels: no letter of these names is narrower

  // Where something stands already: one byte a cell of the screen.
  function board(width, height) {
    const wide = Math.ceil(width / CELL) + 1, high = Math.ceil(height / CELL) + 1, cells = new Uint8Array(wide * high);
    const span = (x1, y1, x2, y2) => [Math.max(0, Math.floor(x1 / CELL)), Math.max(0, Math.floor(y1 / CELL)), Math.min(wide - 1, Math.floor(x2 / CELL)), Math.min(high - 1, Math.floor(y2 / CELL))];
    return {
      hold(x1, y1, x2, y2) { const [l, t, r, b] = span(x1, y1, x2, y2); for (let row = t; row <= b; row++) cells.fill(1, row * wide + l, row * wide + Math.max(l, r + 1)); },
      free(x1, y1, x2, y2) { const [l, t, r, b] = span(x1, y1, x2, y2); for (let row = t; row <= b; row++) for (let c = l; c <= r; c++) if (cells[row * wide + c]) return false; return true; },
    };
  }

  // Actors in the order their names matter, computed once: many partners, many relations, communes.
  function ranked(graph) {
    if (!graph.ranked) {
      const { n, partners, kind, flags } = graph, commune = graph.kinds.findIndex((k) => k.code === "commune"), counts = M.relationCounts(graph);
      const worth = new Float64Array(n), order = new Int32Array(n);
      for (let i = 0; i < n; i++) {
        const score = partners[i] * 8 + counts[i] * 4 + (kind[i] === commune ? 2 : 0) - (flags[i] & M.CONTEXT ? 50 : 0);
        worth[i] = -score * 2 ** 21 + i; // sorted as numbers: the score first, then the order of the columns
      }
      worth.sort();
      for (let k = 0; k < n; k++) order[k] = worth[k] - Math.floor(worth[k] / 2 ** 21) * 2 ** 21;
      graph.ranked = order;
    }
    return graph.ranked;
  }

  const widths = new Map();
  function widthOf(ctx, text, weight, size) {
    const key = `${weight}/${size}/${text}`;
    if (!widths.has(key)) {
      if (widths.size > 20_000) widths.clear();
      ctx.font = `${weight} ${size}px system-ui, sans-serif`;
      widths.set(key, ctx.measureText(text).width);
    }
    return widths.get(key);
  }

  // A generator: each step is a few names.
  M.names = function* (ctx, view, graph, routes, look) {
    const { colours, strong, near } = look, { scale, width, height, beside = 0 } = view;
    const taken = board(width, height), symbols = board(width, height);
    ctx.save();
    ctx.setLineDash([]); ctx.textBaseline = "top"; ctx.textAlign = "left"; ctx.lineJoin = "round";
    if (graph.band) countries(ctx, view, graph, routes, taken, colours);
    for (const tray of [graph.tray, graph.inventory]) if (tray) holdTitle(view, tray, taken);
    discTitles(ctx, view, graph, routes, look, taken);
    yield;
    const shown = inSight(graph, view, routes, look);
    if (scale > 0.25) for (const i of shown) { // from afar symbols are smaller than letters
      const [sx, sy] = M.toScreen(view, graph.x[i], graph.y[i]), r = Math.max(2, M.radiusOn(graph, i, scale) * 0.8);
      symbols.hold(sx - r, sy - r, sx + r, sy + r);
    }
    let place = 0, written = 0, refused = 0;
    for (const i of shown) {
      if (written > MOST || refused > 900) break;
      const first = strong.has(i);
      if (near && !first && !near.has(i)) continue;
      const weight = first || graph.partners[i] > 5 ? 700 : 500, text = first ? graph.names[i] : graph.short(i);
      const [sx, sy] = M.toScreen(view, graph.x[i], graph.y[i]), r = M.radiusOn(graph, i, scale);
      const open = (w, [x, y]) => taken.free(x - 2, y, x + w + 2, y + 14);
      // To measure a name costs more than to see that not even its shortest possible form has room.
      const least = text.length * NARROWEST;
      if (!first && !around(sx, sy, r, least, graph, i).some((at) => open(least, at))) { place++; refused++; continue; }
      const w = widthOf(ctx, text, weight, 13), places = around(sx, sy, r, w, graph, i);
      // Who is on the stage has their name on it too, whole.
      const edge = sx >= beside && sx <= width - beside ? beside + 3 : 0;
      const fits = (grid) => places.find(([x, y]) => x > edge && x + w < width - edge && open(w, [x, y]) && (!grid || grid.free(x, y + 2, x + w, y + 12)));
      const free = fits(symbols) || ((first || place++ < MATTER) && fits(null));
      if (!free && !first) { refused++; continue; }
      const [wished, top] = free || places[0];
      const left = free || !edge ? wished : Math.max(edge, Math.min(width - edge - w, wished));
      taken.hold(left - 2, top, left + w + 2, top + 14);
      written++;
      ctx.globalAlpha = graph.flags[i] & M.CONTEXT && !first ? 0.7 : 1;
      write(ctx, text, left, top, `${weight} 13px system-ui, sans-serif`, colours);
      if (written % 12 === 0) yield;
    }
    ctx.restore();
  };

  function write(ctx, text, left, top, font, colours) {
    ctx.font = font;
    ctx.strokeStyle = colours.halo; ctx.lineWidth = 4; ctx.strokeText(text, left, top);
    ctx.fillStyle = colours.ink; ctx.fillText(text, left, top);
  }

  // Those in the window: first whom the reader asked for, then the others by worth. Far away only a few can be named.
  function inSight(graph, view, routes, look) {
    const asked = new Set([...look.strong, ...(look.near || [])].filter((i) => !routes.hidden[i])), found = [...asked], few = view.scale < 0.12 ? 1200 : Infinity;
    for (const i of ranked(graph)) {
      if (routes.hidden[i] || asked.has(i)) continue;
      const sx = (graph.x[i] - view.x) * view.scale + view.width / 2, sy = (graph.y[i] - view.y) * view.scale + view.height / 2;
      if (sx > -80 && sy > -40 && sx < view.width + 80 && sy < view.height + 40) found.push(i);
      if (found.length > few) break;
    }
    return found;
  }

  // Where a name may stand, best first: under, beside, over; in the band beside only, in a tray under only.
  function around(x, y, r, w, graph, i) {
    const right = [x + r + 4, y - 7], under = [x - w / 2, y + r + 3];
    if (graph.band && within(graph.band, graph, i)) return [right];
    if ([graph.tray, graph.inventory].some((b) => b && within(b, graph, i))) return [under];
    return [under, right, [x - r - 4 - w, y - 7], [x - w / 2, y - r - 16]];
  }
  const within = (b, graph, i) => graph.y[i] > b.y && graph.y[i] < b.y + b.height && graph.x[i] > b.x && graph.x[i] < b.x + b.width;

  function holdTitle(view, tray, taken) {
    const [x, y] = M.toScreen(view, tray.x, tray.y), size = M.titleSize(view.scale);
    taken.hold(x, y, x + size * 0.62 * (tray.title.length + 8), y + 30 * Math.min(1.5, view.scale) + 6);
  }

  // The name of a group: over its disc, under its bubble.
  function discTitles(ctx, view, graph, routes, look, taken) {
    const order = graph.discs.map((_, k) => k).filter((k) => graph.discs[k].title).sort((p, q) => graph.discs[q].count - graph.discs[p].count);
    graph.handles = [];
    for (const k of order) {
      if (!routes.folded[k]) continue;
      const d = graph.discs[k], [x, y] = M.toScreen(view, d.x, d.y), r = M.bubbleRadius(d, view.scale) * view.scale * 0.7;
      taken.hold(x - r, y - r, x + r, y + r); // the number inside
    }
    for (const k of order) {
      const d = graph.discs[k], folded = routes.folded[k], [x, y] = M.toScreen(view, d.x, d.y);
      const r = (folded ? M.bubbleRadius(d, view.scale) : d.r) * view.scale;
      if (!folded && (!d.named || d.cell)) continue; // a community nobody named is told by its bubble only
      if (x + r < 0 || y + r < 0 || x - r > view.width || y - r > view.height || (!folded && r < 18)) continue;
      const text = folded ? d.title : `${d.title} (${d.count})`, w = widthOf(ctx, text, 700, 13);
      const beside = view.beside || 0, onStage = x >= beside && x <= view.width - beside;
      const left = onStage ? Math.max(beside + 3, Math.min(view.width - beside - w - 3, x - w / 2)) : x - w / 2, tops = folded ? [y + r + 3, y - r - 16] : [y - r - 6, y + r - 6];
      const top = tops.find((t) => taken.free(left, t, left + w, t + 14));
      if (top === undefined) continue;
      taken.hold(left - 2, top, left + w + 2, top + 15);
      ctx.globalAlpha = 1;
      write(ctx, text, left, top, "700 13px system-ui, sans-serif", { halo: look.colours.halo, ink: look.colours.title });
      graph.handles.push([k, left, top, left + w, top + 15]);
    }
  }

  // The names of countries come first: they say what a column of stars is.
  function countries(ctx, view, graph, routes, taken, colours) {
    ctx.fillStyle = colours.soft;
    const folded = new Set(graph.discs.filter((d, k) => d.cell && routes.folded[k]).map((d) => d.title)); // their bubble says it
    for (const c of graph.countries) {
      if (folded.has(c.name)) continue;
      const text = c.name.toUpperCase(), w = widthOf(ctx, text, 700, 11);
      const [x, y] = M.toScreen(view, c.x + 14, c.y + 8);
      if (x > view.width || y > view.height || w > c.width * view.scale * 1.9 || !taken.free(x - 2, y - 2, x + w + 4, y + 14)) continue;
      taken.hold(x - 2, y - 2, x + w + 4, y + 14);
      ctx.font = "700 11px system-ui, sans-serif";
      ctx.fillText(text, x, y);
    }
  }
})();
