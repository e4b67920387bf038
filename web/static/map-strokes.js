"use strict";
// Relations as strokes: one path a style, in portions short enough to let the reader move meanwhile.
(() => {
  const M = (window.maillageMap ??= {});
  const PORTION = 2500; // relations in one path
  const DASHED = 6000; // relations in sight beyond which dashes, which cost most, are given up

  const BUNDLED = 100; // bundles in one portion: they are wide and let what is under them through, the dearest of strokes
  const STRONGEST = 1500; // bundles between bubbles: the others would only darken the whole

  // Colour, width, dash and strength of a style; a comparison has three styles of its own.
  M.strokeOf = (graph, style, look) => {
    const { colours, dark } = look;
    if (graph.compared) {
      if (style & M.APPEARED) return { colour: colours.appeared, width: 2.6, dash: [], alpha: 0.95 };
      if (style & M.GONE) return { colour: colours.gone, width: 2.2, dash: [3, 5], alpha: 0.95 };
      return { colour: colours.kept, width: 1, dash: [], alpha: 0.45 };
    }
    const given = graph.classes[style & 3], live = style & M.LIVE, fresh = style & M.FRESH;
    return {
      colour: dark ? lighter(given.color) : given.color, width: given.width, dash: live ? given.dashes || [] : [3, 6],
      alpha: live ? (fresh ? 0.9 : dark ? 0.5 : 0.4) : dark ? 0.45 : 0.28,
    };
  };

  function lighter(hex) {
    const value = parseInt(hex.slice(1), 16), mix = (c) => Math.round(c + (255 - c) * 0.45);
    return `rgb(${mix(value >> 16)}, ${mix((value >> 8) & 255)}, ${mix(value & 255)})`;
  }

  // Width on screen: as given, thinner from afar, a hair (the quickest to draw) when there are many.
  const widthAt = (width, scale) => Math.max(0.5, Math.min(width * 1.4, width * Math.sqrt(scale) * 0.95));

  // Draw the relations that pass through the view. A generator: each step is a portion.
  M.strokes = function* (ctx, view, graph, routes, look, strength) {
    const { a, b, x, y } = graph, { scale } = view;
    const dx = view.width / 2 - view.x * scale, dy = view.height / 2 - view.y * scale;
    const left = -dx / scale, right = (view.width - dx) / scale, top = -dy / scale, bottom = (view.height - dy) / scale;
    const many = routes.edges.length > DASHED && scale < 0.6;
    for (let style = 255; style >= 0; style--) {
      const from = routes.starts[style], to = routes.starts[style + 1];
      if (from === to) continue;
      const { colour, width, dash, alpha } = M.strokeOf(graph, style, look);
      ctx.strokeStyle = colour; ctx.globalAlpha = alpha * strength;
      ctx.lineWidth = many ? Math.min(1, widthAt(width, scale)) : widthAt(width, scale);
      ctx.setLineDash(many ? [] : dash.map((d) => d * Math.max(0.5, Math.min(1, scale))));
      let drawn = 0;
      ctx.beginPath();
      for (let at = from; at < to; at++) {
        const k = routes.edges[at], p = a[k], q = b[k];
        const x1 = x[p], y1 = y[p], x2 = x[q], y2 = y[q];
        if ((x1 < left && x2 < left) || (x1 > right && x2 > right) || (y1 < top && y2 < top) || (y1 > bottom && y2 > bottom)) continue;
        ctx.moveTo(x1 * scale + dx, y1 * scale + dy);
        ctx.lineTo(x2 * scale + dx, y2 * scale + dy);
        if (++drawn % PORTION === 0) { ctx.stroke(); yield; ctx.beginPath(); }
      }
      ctx.stroke();
      if (drawn > PORTION / 4) yield;
    }
    ctx.setLineDash([]); ctx.globalAlpha = 1;
  };

  // Relations between bubbles: the more, the wider.
  M.bundleStrokes = function* (ctx, view, routes, look, strength) {
    ctx.strokeStyle = look.colours.bundle; ctx.lineCap = "round";
    const most = routes.bundles.length ? routes.bundles.at(-1).count : 1, shown = routes.bundles.slice(-STRONGEST);
    let drawn = 0;
    for (const { from, to, count } of shown) {
      const [x1, y1] = M.toScreen(view, ...from), [x2, y2] = M.toScreen(view, ...to);
      if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > view.width || Math.max(y1, y2) < 0 || Math.min(y1, y2) > view.height) continue;
      const share = Math.sqrt(count / most);
      ctx.globalAlpha = (0.04 + 0.45 * share * share) * strength; ctx.lineWidth = 0.5 + 6 * share;
      ctx.beginPath(); ctx.moveTo(x1, y1); ctx.lineTo(x2, y2); ctx.stroke();
      if (++drawn % BUNDLED === 0) yield;
    }
    ctx.globalAlpha = 1; ctx.lineCap = "butt";
  };
})();
