"use strict";
// A crowd seen from afar: pixel by pixel, how many relations pass. Drawn one over the other, a hundred thousand
// lines are one dark stain; counted, the ways that many of them take stand out. And it costs a third of the time.
(() => {
  const M = (window.maillageMap ??= {});
  const CROWD = 20_000, AFAR = 0.25; // relations, scale: below, a line can be followed, and is drawn as a line
  const ONE = 8; // what a relation in full strength adds to a pixel, shared by the two pixels it passes between
  const FAINTEST = 0.16, DARKEST = 0.82, MANY = 256; // strength of one relation, and of so many on a pixel
  const PORTION = 6000, ROWS = 240;

  M.isCrowd = (routes, view) => routes.edges.length > CROWD && view.scale < AFAR;

  const strengths = new Uint8ClampedArray(MANY * ONE + 1).map((_, sum) => (sum ? 255 * (FAINTEST + (DARKEST - FAINTEST) * Math.log2(1 + sum / ONE) / Math.log2(1 + MANY)) : 0));
  const channels = (colour) => (colour.startsWith("#") ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) : colour.match(/\d+/g).map(Number));

  let layer = null, sums = []; // kept from one drawing to the next: several megabytes
  function clean(width, height) {
    if (!layer || layer.width !== width || layer.height !== height) { layer = new OffscreenCanvas(width, height); sums = []; }
    for (const one of sums) one.fill(0);
  }

  // A generator: each step is a portion.
  M.density = function* (ctx, view, graph, routes, look, strength) {
    const ratio = ctx.getTransform().a, width = Math.round(view.width * ratio), height = Math.round(view.height * ratio);
    clean(width, height);
    const tints = yield* count(view.scale * ratio, view, graph, routes, look, width, height);
    const picture = new ImageData(width, height), pixels = new Uint32Array(picture.data.buffer);
    for (let row = 0; row < height; row += ROWS) { paint(pixels, tints, row * width, Math.min(height, row + ROWS) * width, strength.strokes); yield; }
    if (!routes.bundles.length) { dots(pixels, view, ratio, graph, routes, strength.symbols, width, height); yield; }
    layer.getContext("2d").putImageData(picture, 0, 0);
    ctx.globalAlpha = 1;
    ctx.drawImage(layer, 0, 0, view.width, view.height);
  };

  // Adds each relation to the sums of its colour; returns the colours, as channels.
  function* count(scale, view, graph, routes, look, width, height) {
    const { a, b, x, y } = graph, dx = width / 2 - view.x * scale, dy = height / 2 - view.y * scale, tints = [];
    for (let style = 0; style < 256; style++) {
      const from = routes.starts[style], to = routes.starts[style + 1];
      if (from === to) continue;
      const { colour, alpha } = M.strokeOf(graph, style, look), weight = Math.max(1, Math.round(alpha * ONE));
      let k = tints.indexOf(colour);
      if (k < 0) { k = tints.push(colour) - 1; sums[k] ??= new Uint16Array(width * height); }
      for (let at = from; at < to; at++) {
        const e = routes.edges[at], p = a[e], q = b[e];
        line(sums[k], width, height, x[p] * scale + dx, y[p] * scale + dy, x[q] * scale + dx, y[q] * scale + dy, weight);
        if ((at - from) % PORTION === PORTION - 1) yield;
      }
    }
    yield;
    return tints.map(channels);
  }

  // One pixel a step along the longer side, shared with the pixel beside it, as Xiaolin Wu draws a smooth line (1991).
  function line(sum, width, height, x1, y1, x2, y2, weight) {
    const flat = Math.abs(x2 - x1) >= Math.abs(y2 - y1);
    let u1 = flat ? x1 : y1, v1 = flat ? y1 : x1, u2 = flat ? x2 : y2, v2 = flat ? y2 : x2;
    if (u1 > u2) { let swap = u1; u1 = u2; u2 = swap; swap = v1; v1 = v2; v2 = swap; }
    const along = flat ? width : height, across = (flat ? height : width) - 1, slope = u2 > u1 ? (v2 - v1) / (u2 - u1) : 0;
    let from = Math.max(0, Math.ceil(u1)), to = Math.min(along - 1, Math.floor(u2));
    if (slope > 1e-9 || slope < -1e-9) { // where the line enters and leaves
      const enters = u1 + ((slope > 0 ? 0 : across - 0.001) - v1) / slope, leaves = u1 + ((slope > 0 ? across - 0.001 : 0) - v1) / slope;
      from = Math.max(from, Math.ceil(enters)); to = Math.min(to, Math.floor(leaves));
    } else if (v1 < 0 || v1 >= across) return;
    const step = flat ? 1 : width, beside = flat ? width : 1;
    for (let u = from, v = v1 + (from - u1) * slope, at = from * step; u <= to; u++, v += slope, at += step) {
      const whole = v | 0, here = at + whole * beside, far = (v - whole) * weight + 0.5 | 0;
      sum[here] += weight - far; sum[here + beside] += far;
    }
  }

  // The mean colour of what passes, as strong as there is much of it.
  function paint(pixels, tints, from, to, strength) {
    const most = strengths.length - 1, one = sums[0];
    const [r0, g0, b0] = tints[0] || [0, 0, 0];
    for (let at = from; at < to; at++) {
      let all = one ? one[at] : 0, r = all * r0, g = all * g0, b = all * b0;
      for (let k = 1; k < tints.length; k++) {
        const s = sums[k][at];
        if (s) { const tint = tints[k]; all += s; r += s * tint[0]; g += s * tint[1]; b += s * tint[2]; }
      }
      if (all) pixels[at] = (strengths[all < most ? all : most] * strength << 24) | (b / all << 16) | (g / all << 8) | (r / all);
    }
  }

  // Actors too small to have a shape: some pixels of their colour. M.symbols draws the others, over these.
  function dots(pixels, view, ratio, graph, routes, strength, width, height) {
    const { x, y, kind, flags } = graph, scale = view.scale * ratio, dx = width / 2 - view.x * scale, dy = height / 2 - view.y * scale;
    const tints = graph.kinds.map((one) => { const [r, g, b] = channels(one.color); return (b << 16) | (g << 8) | r; });
    for (let i = 0; i < graph.n; i++) {
      const r = M.radiusOn(graph, i, view.scale);
      if (routes.hidden[i] || r >= M.DOT) continue;
      const side = Math.round(2 * r * ratio), left = Math.round(x[i] * scale + dx - side / 2), top = Math.round(y[i] * scale + dy - side / 2);
      if (left < 0 || top < 0 || left + side > width || top + side > height) continue;
      const colour = (255 * strength * M.strengthOf(flags[i]) << 24) | tints[kind[i]];
      for (let row = top; row < top + side; row++) pixels.fill(colour, row * width + left, row * width + left + side);
    }
  }
})();
