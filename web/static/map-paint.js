"use strict";
// What is painted under the network (discs, band, trays) and over it (names), at each frame.
window.mapPaint = (stage, network, look) => {

  function drawGround(ctx) {
    const { doc, colours } = look();
    const scale = network.getScale();
    ctx.save();
    ctx.lineWidth = 1 / scale;
    ctx.fillStyle = colours.disc; ctx.strokeStyle = colours.discRim;
    for (const d of doc.discs) { ctx.beginPath(); ctx.arc(d.x, d.y, d.r, 0, 2 * Math.PI); ctx.fill(); ctx.stroke(); }
    if (doc.band) box(ctx, doc.band, colours.band, colours.bandRim, [], scale, `${doc.band.title} (${doc.band.count})`, true);
    for (const tray of [doc.tray, doc.inventory]) if (tray) box(ctx, tray, colours.tray, colours.trayRim, [6 / scale, 5 / scale], scale, `${tray.title} (${tray.count})`, false);
    ctx.restore();
  }

  function box(ctx, b, fill, rim, dash, scale, title, above) {
    const { colours } = look();
    ctx.fillStyle = fill; ctx.strokeStyle = rim; ctx.setLineDash(dash);
    ctx.beginPath(); ctx.roundRect(b.x, b.y, b.width, b.height, 12); ctx.fill(); ctx.stroke(); ctx.setLineDash([]);
    ctx.fillStyle = colours.ink; ctx.textAlign = "left"; ctx.textBaseline = "alphabetic";
    ctx.font = `700 ${Math.max(17, Math.min(15 / scale, 46))}px system-ui, sans-serif`;
    ctx.fillText(title, b.x + 12, above ? b.y - 10 : b.y + 24);
  }

  const widths = new Map();

  function drawLabels(ctx) {
    const { doc, around, selected, hovered, colours } = look();
    const scale = network.getScale();
    const px = 13 / scale;
    const seen = new Set();
    const taken = new Map(); // cell -> rectangles, in screen pixels
    const order = doc.nodes.filter((n) => inView(n)).sort((a, b) => rank(b, look()) - rank(a, look()));
    ctx.save();
    ctx.textBaseline = "top"; ctx.lineJoin = "round";
    if (doc.band) drawCountries(ctx, scale, taken);
    for (const n of order) {
      if (seen.size > 260) break;
      const strong = n.id === selected || n.id === hovered;
      if (selected && !strong && !around.get(selected)?.has(n.id)) continue;
      const bold = strong || n.partners > 5;
      const text = strong ? n.name : n.short;
      const key = (bold ? "b" : "n") + text;
      ctx.font = `${bold ? 700 : 500} 13px system-ui, sans-serif`;
      if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
      const w = widths.get(key);
      const at = network.canvasToDOM({ x: n.x, y: n.y });
      const beside = doc.band && n.kind === "partner_territory" && n.x > doc.band.x; // in the band names stand beside
      const top = beside ? at.y - 8 : at.y + n.size * scale + 3;
      const left = beside ? at.x + n.size * scale + 4 : at.x - w / 2;
      const rect = [left - 3, top, left + w + 3, top + 14];
      if (!strong && collides(taken, rect)) continue;
      hold(taken, rect);
      seen.add(n.id);
      ctx.font = `${bold ? 700 : 500} ${px}px system-ui, sans-serif`;
      const x = beside ? n.x + n.size + 4 / scale : n.x;
      const y = beside ? n.y - 7 / scale : n.y + n.size + 3 / scale;
      ctx.textAlign = beside ? "left" : "center";
      ctx.globalAlpha = n.context && !strong ? 0.7 : 1;
      ctx.strokeStyle = colours.halo; ctx.lineWidth = 4 / scale; ctx.strokeText(text, x, y);
      ctx.fillStyle = colours.ink; ctx.fillText(text, x, y);
    }
    ctx.restore();
  }

  // The names of countries come first: they say what a column of stars is.
  function drawCountries(ctx, scale, taken) {
    const { doc, colours } = look();
    ctx.textAlign = "left"; ctx.fillStyle = colours.soft;
    for (const c of doc.countries) {
      const text = c.name.toUpperCase();
      ctx.font = "700 11px system-ui, sans-serif";
      const w = ctx.measureText(text).width;
      const at = network.canvasToDOM({ x: c.x + 14, y: c.y + 8 });
      const rect = [at.x - 2, at.y - 2, at.x + w + 4, at.y + 14];
      if (collides(taken, rect)) continue;
      hold(taken, rect);
      ctx.font = `700 ${11 / scale}px system-ui, sans-serif`;
      ctx.fillText(text, c.x + 14, c.y + 8);
    }
  }

  const rank = (n, { around, selected, hovered }) => (n.id === selected ? 1e6 : 0) + (n.id === hovered ? 1e5 : 0) + (selected && around.get(selected)?.has(n.id) ? 1e4 : 0) + (n.context ? -50 : 0) + n.partners * 8 + (around.get(n.id)?.size || 0) * 4 + (n.kind === "commune" ? 2 : 0);

  function inView(n) {
    const p = network.canvasToDOM({ x: n.x, y: n.y });
    return p.x > -80 && p.y > -40 && p.x < stage.clientWidth + 80 && p.y < stage.clientHeight + 40;
  }

  const CELL = 80;
  function* cells([x1, y1, x2, y2]) {
    for (let cx = Math.floor(x1 / CELL); cx <= Math.floor(x2 / CELL); cx++) for (let cy = Math.floor(y1 / CELL); cy <= Math.floor(y2 / CELL); cy++) yield `${cx},${cy}`;
  }
  function collides(taken, r) {
    for (const c of cells(r)) for (const o of taken.get(c) || []) if (r[0] < o[2] && r[2] > o[0] && r[1] < o[3] && r[3] > o[1]) return true;
    return false;
  }
  function hold(taken, r) {
    for (const c of cells(r)) { if (!taken.has(c)) taken.set(c, []); taken.get(c).push(r); }
  }

  return { ground: drawGround, labels: drawLabels };
};
