"use strict";
// What lies under the network: discs of groups, the band, the trays; and the bubbles of folded groups.
(() => {
  const M = (window.maillageMap ??= {});

  M.ground = (ctx, view, graph, folded, look) => {
    const { colours } = look;
    ctx.lineWidth = 1; ctx.setLineDash([]); ctx.globalAlpha = 1;
    graph.discs.forEach((d, k) => {
      const [x, y] = M.toScreen(view, d.x, d.y), r = d.r * view.scale;
      if (folded[k] || d.cell || outside(view, x, y, r)) return; // a country has its cell in the band
      const unknown = d.named && !d.key; // those of whom the data do not say the group: no group, as a tray
      ctx.fillStyle = unknown ? colours.tray : colours.disc; ctx.strokeStyle = unknown ? colours.trayRim : colours.discRim;
      ctx.setLineDash(unknown ? [6, 5] : []);
      ctx.beginPath(); ctx.arc(x, y, r, 0, 2 * Math.PI); ctx.fill(); ctx.stroke();
    });
    ctx.setLineDash([]);
    if (graph.band) box(ctx, view, graph.band, colours.band, colours.bandRim, [], look, true);
    if (graph.band) {
      ctx.fillStyle = colours.cell; // a lighter cell for each country of which something is shown
      for (const c of graph.countries) {
        const [x, y] = M.toScreen(view, c.x + 2, c.y - 2);
        ctx.beginPath(); ctx.roundRect(x, y, Math.max(1, (c.width - 6) * view.scale), c.height * view.scale, 8 * view.scale); ctx.fill();
      }
    }
    for (const tray of [graph.tray, graph.inventory]) if (tray) box(ctx, view, tray, colours.tray, colours.trayRim, [6, 5], look, false);
  };

  const outside = (view, x, y, r) => x + r < 0 || y + r < 0 || x - r > view.width || y - r > view.height;

  function box(ctx, view, b, fill, rim, dash, { colours }, above) {
    const [x, y] = M.toScreen(view, b.x, b.y), wide = b.width * view.scale, high = b.height * view.scale;
    ctx.fillStyle = fill; ctx.strokeStyle = rim; ctx.lineWidth = 1; ctx.setLineDash(dash);
    ctx.beginPath(); ctx.roundRect(x, y, wide, high, 12 * view.scale); ctx.fill(); ctx.stroke(); ctx.setLineDash([]);
    ctx.fillStyle = colours.ink; ctx.textAlign = "left"; ctx.textBaseline = "alphabetic";
    ctx.font = `700 ${M.titleSize(view.scale)}px system-ui, sans-serif`;
    ctx.fillText(`${b.title} (${b.count})`, x + 12 * Math.min(1, view.scale), above ? y - 10 * Math.min(1, view.scale) : y + 24 * Math.min(1.5, view.scale) + 6);
  }
  M.titleSize = (scale) => Math.max(13, Math.min(17 * scale, 28));

  // Folded groups: a ring that shows of which kinds, the number inside.
  M.bubbles = (ctx, view, graph, folded, look) => {
    const within = folded.includes(1) ? M.kindsWithin(graph) : [];
    graph.discs.forEach((d, k) => {
      if (!folded[k]) return;
      const [x, y] = M.toScreen(view, d.x, d.y), r = M.bubbleRadius(d, view.scale) * view.scale;
      if (outside(view, x, y, r)) return;
      const rim = Math.max(2, Math.min(9, r * 0.22));
      ctx.globalAlpha = 1; ctx.beginPath(); ctx.arc(x, y, r, 0, 2 * Math.PI); ctx.fillStyle = look.colours.bubble; ctx.fill();
      ctx.lineWidth = rim;
      let angle = -Math.PI / 2;
      for (const [kind, count] of within[k]) {
        const next = angle + (count / d.count) * 2 * Math.PI;
        ctx.beginPath(); ctx.arc(x, y, r - rim / 2, angle, next); ctx.strokeStyle = graph.kinds[kind].color; ctx.stroke();
        angle = next;
      }
      ctx.beginPath(); ctx.arc(x, y, r, 0, 2 * Math.PI); ctx.lineWidth = 1; ctx.strokeStyle = look.colours.halo; ctx.stroke();
      if (r < 9) return;
      const text = String(d.count), size = Math.min(20, Math.max(10, r * 0.55));
      ctx.font = `700 ${size}px system-ui, sans-serif`; ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.fillStyle = look.colours.ink;
      ctx.fillText(text, x, y + 1);
    });
    ctx.textAlign = "left";
  };

  // Which folded group, else which group's title, lies under a point of the screen; -1 if none.
  M.bubbleAt = (view, graph, folded, sx, sy) => graph.discs.findIndex((d, k) => {
    const [x, y] = M.toScreen(view, d.x, d.y);
    return folded[k] && Math.hypot(x - sx, y - sy) <= M.bubbleRadius(d, view.scale) * view.scale;
  });
})();
