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
    // A lighter cell for each country of which something is shown.
    if (doc.band) for (const c of doc.countries) { ctx.fillStyle = colours.cell; ctx.beginPath(); ctx.roundRect(c.x + 2, c.y - 2, c.width - 6, c.height, 8); ctx.fill(); }
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
    for (const tray of [doc.tray, doc.inventory]) if (tray) hold(taken, titleOf(tray, scale));
    const symbols = new Map(); // where symbols stand: only the names that matter most may cover one
    for (const n of order) hold(symbols, spot(n, scale));
    let place = 0;
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
      const inBand = doc.band && n.kind === "partner_territory" && n.x > doc.band.x; // in the band names stand beside
      const places = around4(at, n.size * scale, w, inBand, inTray(n));
      const clear = (grid) => places.find(([x, y]) => room(taken, grid, [x - 2, y, x + w + 2, y + 14]));
      const free = clear(symbols) || ((strong || place++ < MATTER) && clear(null));
      if (!free && !strong) continue;
      const [left, top] = free || places[0];
      hold(taken, [left - 2, top, left + w + 2, top + 14]);
      seen.add(n.id);
      ctx.font = `${bold ? 700 : 500} ${px}px system-ui, sans-serif`;
      const { x, y } = network.DOMtoCanvas({ x: left, y: top });
      ctx.textAlign = "left";
      ctx.globalAlpha = n.context && !strong ? 0.7 : 1;
      ctx.strokeStyle = colours.halo; ctx.lineWidth = 4 / scale; ctx.strokeText(text, x, y);
      ctx.fillStyle = colours.ink; ctx.fillText(text, x, y);
    }
    ctx.restore();
  }

  // Where a name may stand, best first, as [left, top] on screen: under, beside, over.
  function around4(at, r, w, inBand, inTray) {
    const right = [at.x + r + 4, at.y - 7], under = [at.x - w / 2, at.y + r + 3];
    if (inBand || inTray) return [inBand ? right : under];
    return [under, right, [at.x - r - 4 - w, at.y - 7], [at.x - w / 2, at.y - r - 16]];
  }
  const room = (taken, symbols, r) => r[0] > 0 && r[2] < stage.clientWidth && !collides(taken, r) && !(symbols && collides(symbols, r));
  const inTray = (n) => [look().doc.tray, look().doc.inventory].some((b) => b && n.y > b.y && n.y < b.y + b.height && n.x > b.x);
  function titleOf(tray, scale) {
    const at = network.canvasToDOM({ x: tray.x + 12, y: tray.y + 24 });
    return [at.x, at.y - 15, at.x + 11 * tray.title.length * Math.max(17 * scale, 15) / 15, at.y + 4];
  }
  function spot(n, scale) {
    const at = network.canvasToDOM({ x: n.x, y: n.y });
    const r = Math.max(2, n.size * scale * 0.8);
    return [at.x - r, at.y - r, at.x + r, at.y + r];
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
      if (w > c.width * scale * 1.9 || collides(taken, rect)) continue; // too far zoomed out to be read beside the others
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

  const MATTER = 14;
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
