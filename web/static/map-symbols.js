"use strict";
// Actors as symbols: one path for each kind and strength. Kind = colour and shape.
(() => {
  const M = (window.maillageMap ??= {});
  M.DOT = 2.2; // pixels: under this radius a shape cannot be told from a dot
  const PORTION = 4000;

  const polygon = (...points) => (ctx, x, y, r) => {
    ctx.moveTo(x + points[0] * r, y + points[1] * r);
    for (let k = 2; k < points.length; k += 2) ctx.lineTo(x + points[k] * r, y + points[k + 1] * r);
    ctx.closePath();
  };
  const star = Array.from({ length: 10 }, (_, k) => {
    const reach = k % 2 ? 0.5 : 1.3, angle = (k * Math.PI) / 5 - Math.PI / 2;
    return [reach * Math.cos(angle), reach * Math.sin(angle) + 0.1];
  }).flat();
  // Within a circle of radius r, as vis-network draws them, so that both drawings agree.
  M.SHAPES = {
    dot: (ctx, x, y, r) => { ctx.moveTo(x + r, y); ctx.arc(x, y, r, 0, 2 * Math.PI); },
    square: polygon(-1, -1, 1, -1, 1, 1, -1, 1),
    diamond: polygon(0, -1.2, 1.2, 0, 0, 1.2, -1.2, 0),
    triangle: polygon(0, -1.2, 1.2, 0.9, -1.2, 0.9),
    triangleDown: polygon(0, 1.2, 1.2, -0.9, -1.2, -0.9),
    hexagon: polygon(-1.1, 0, -0.55, -0.96, 0.55, -0.96, 1.1, 0, 0.55, 0.96, -0.55, 0.96),
    star: polygon(...star),
  };

  M.strengthOf = (flags) => (flags & M.CONTEXT ? 0.55 : 1) * (flags & M.ENDED ? 0.75 : 1);
  // In pixels: as the map, but a small network stays readable from afar.
  M.radiusOn = (graph, i, scale) => Math.max(graph.n < 1500 ? 3.4 : 0.8, graph.size[i] * Math.min(scale, 2.2));

  // The order to draw in: by kind then flags, computed once.
  function runs(graph) {
    if (!graph.runs) {
      const { n, kind, flags } = graph, counts = new Int32Array(1025), order = new Int32Array(n);
      for (let i = 0; i < n; i++) counts[kind[i] * 4 + (flags[i] & 3) + 1]++;
      for (let k = 0; k < 1024; k++) counts[k + 1] += counts[k];
      for (let i = 0; i < n; i++) order[counts[kind[i] * 4 + (flags[i] & 3)]++] = i;
      graph.runs = order;
    }
    return graph.runs;
  }

  // Draw the actors in sight that are not folded. A generator: each step is a portion.
  M.symbols = function* (ctx, view, graph, routes, look, strength) {
    const { x, y, kind, flags } = graph, { scale } = view;
    const dx = view.width / 2 - view.x * scale, dy = view.height / 2 - view.y * scale;
    let style = -1, open = false, drawn = 0;
    const dotted = M.isCrowd(routes, view) && !routes.bundles.length; // the dots are there already
    const end = () => { if (open) { if (scale > 0.3) ctx.stroke(); ctx.fill(); open = false; } };
    ctx.strokeStyle = look.colours.halo; ctx.lineWidth = 2; ctx.lineJoin = "round";
    for (const i of runs(graph)) {
      if (routes.hidden[i]) continue;
      const sx = x[i] * scale + dx, sy = y[i] * scale + dy;
      if (sx < -40 || sy < -40 || sx > view.width + 40 || sy > view.height + 40) continue;
      const r = M.radiusOn(graph, i, scale);
      if (dotted && r < M.DOT) continue;
      const own = kind[i] * 4 + (flags[i] & 3);
      if (own !== style || ++drawn % PORTION === 0) {
        end();
        if (drawn % PORTION === 0 && drawn) yield;
        style = own; open = true;
        ctx.fillStyle = graph.kinds[kind[i]].color; ctx.globalAlpha = M.strengthOf(flags[i]) * strength;
        ctx.beginPath();
      }
      if (r < M.DOT) ctx.rect(sx - r, sy - r, 2 * r, 2 * r);
      else M.SHAPES[graph.kinds[kind[i]].shape](ctx, sx, sy, r);
    }
    end();
    ctx.globalAlpha = 1;
  };

  // One actor, over the rest: chosen or near to whom is.
  M.oneSymbol = (ctx, view, graph, i, look, ringed) => {
    const [sx, sy] = M.toScreen(view, graph.x[i], graph.y[i]), r = Math.max(M.radiusOn(graph, i, view.scale), ringed ? 5 : 3);
    const shape = M.SHAPES[graph.kinds[graph.kind[i]].shape];
    ctx.globalAlpha = M.strengthOf(graph.flags[i]);
    ctx.beginPath(); shape(ctx, sx, sy, r);
    ctx.lineWidth = ringed ? 7 : 3; ctx.strokeStyle = ringed ? look.colours.ink : look.colours.halo; ctx.stroke();
    if (ringed) { ctx.lineWidth = 3; ctx.strokeStyle = look.colours.halo; ctx.stroke(); }
    ctx.fillStyle = graph.kinds[graph.kind[i]].color; ctx.fill();
    ctx.globalAlpha = 1;
  };
})();
