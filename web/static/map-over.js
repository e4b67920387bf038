"use strict";
// What is drawn over the network: the chosen actor and its relations, a path, links proposed or imagined.
(() => {
  const M = (window.maillageMap ??= {});
  const EXTRA = { proposed: [[7, 6], 2.4], imagined: [[12, 5], 4] }; // dash and width: told apart without colour

  M.over = (ctx, view, graph, routes, look) => {
    const line = (p, q) => { ctx.beginPath(); ctx.moveTo(...spot(p)); ctx.lineTo(...spot(q)); ctx.stroke(); };
    const spot = (i) => (routes.hidden[i] ? M.toScreen(view, graph.discs[graph.disc[i]].x, graph.discs[graph.disc[i]].y) : M.toScreen(view, graph.x[i], graph.y[i]));
    ctx.save();
    if (look.selected >= 0) {
      for (const k of graph.around.edgesOf(look.selected)) {
        const { colour, width, dash, alpha } = M.strokeOf(graph, graph.style[k], look);
        ctx.strokeStyle = colour; ctx.lineWidth = Math.max(1.2, Math.min(width * 1.8, width * 1.6 * Math.sqrt(view.scale) + 0.6)); ctx.setLineDash(dash); ctx.globalAlpha = Math.max(alpha, 0.75);
        line(graph.a[k], graph.b[k]);
      }
    }
    ctx.globalAlpha = 1; ctx.lineCap = "round";
    for (let k = 1; k < look.path.length; k++) {
      ctx.setLineDash([]); ctx.lineWidth = 9; ctx.strokeStyle = look.colours.halo; line(look.path[k - 1], look.path[k]);
      ctx.lineWidth = 5; ctx.strokeStyle = look.colours.path; line(look.path[k - 1], look.path[k]);
    }
    ctx.lineCap = "butt";
    for (const { a, b, kind } of look.extras) {
      const [dash, width] = EXTRA[kind];
      ctx.setLineDash([]); ctx.lineWidth = width + 3; ctx.strokeStyle = look.colours.halo; ctx.globalAlpha = 0.8; line(a, b);
      ctx.setLineDash(dash); ctx.lineWidth = width; ctx.strokeStyle = look.colours[kind]; ctx.globalAlpha = 1; line(a, b);
    }
    ctx.setLineDash([]);
    for (const i of look.near || []) if (!routes.hidden[i] && i !== look.selected) M.oneSymbol(ctx, view, graph, i, look, false);
    for (const i of look.strong) M.oneSymbol(ctx, view, graph, i, look, i === look.selected);
    ctx.restore();
  };

  // Whom the pointer is on: drawn at each frame, over all, so that it costs nothing.
  M.hover = (ctx, view, graph, i, look) => {
    ctx.save();
    M.oneSymbol(ctx, view, graph, i, look, true);
    const [x, y] = M.toScreen(view, graph.x[i], graph.y[i]), r = Math.max(5, M.radiusOn(graph, i, view.scale));
    ctx.font = "700 13px system-ui, sans-serif"; ctx.textBaseline = "top"; ctx.lineJoin = "round";
    const w = ctx.measureText(graph.names[i]).width, left = Math.max(4, Math.min(view.width - w - 4, x - w / 2));
    const top = y + r + 24 > view.height ? y - r - 20 : y + r + 4;
    ctx.fillStyle = look.colours.halo; ctx.globalAlpha = 0.92; ctx.beginPath(); ctx.roundRect(left - 5, top - 3, w + 10, 20, 4); ctx.fill();
    ctx.globalAlpha = 1; ctx.fillStyle = look.colours.ink; ctx.fillText(graph.names[i], left, top);
    ctx.restore();
  };
})();
