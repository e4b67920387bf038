"use strict";
// Which groups are folded into one bubble, and what becomes of the relations that enter them.
(() => {
  const M = (window.maillageMap ??= {});
  const CROWD = 1500; // actors: up to here nothing is folded by itself
  const READABLE = 12; // pixels between two actors, under which a large network shows bubbles
  const SPACING = 54; // map units between two actors of a disc

  // As the reader wants it: one by one (`wish.some`: disc -> folded or not), else all (`wish.all`), else folded when a
  // crowd would be unreadable.
  M.foldedDiscs = (graph, scale, wish) => {
    const rest = wish.all ?? M.isCrowded(graph, scale);
    return Uint8Array.from(graph.discs, (d, k) => (d.count > 1 && (wish.some.has(k) ? wish.some.get(k) : rest) ? 1 : 0));
  };
  M.isCrowded = (graph, scale) => graph.n > CROWD && SPACING * scale < READABLE;
  M.noWish = () => ({ all: null, some: new Map() });

  // The drawing when these discs are folded: who is hidden, the relations left by style, those of bubbles summed.
  M.routesOf = (graph, folded) => {
    const { n, m, a, b, style, disc } = graph;
    const hidden = new Uint8Array(n), counts = new Int32Array(257);
    const anyFolded = folded.includes(1);
    if (anyFolded) for (let i = 0; i < n; i++) hidden[i] = disc[i] >= 0 ? folded[disc[i]] : 0;
    for (let k = 0; k < m; k++) if (!hidden[a[k]] && !hidden[b[k]]) counts[style[k] + 1]++;
    for (let s = 0; s < 256; s++) counts[s + 1] += counts[s];
    const starts = counts.slice(), edges = new Int32Array(starts[256]);
    for (let k = 0; k < m; k++) if (!hidden[a[k]] && !hidden[b[k]]) edges[counts[style[k]]++] = k;
    return { folded, hidden, edges, starts, bundles: anyFolded ? bundlesOf(graph, hidden) : [] };
  };

  // Relations with an end in a bubble, one line for each pair of ends: [x1, y1, x2, y2, how many, ends].
  function bundlesOf({ n, m, a, b, x, y, disc, discs }, hidden) {
    const size = n + discs.length, sums = new Map();
    for (let k = 0; k < m; k++) {
      if (!hidden[a[k]] && !hidden[b[k]]) continue;
      const p = hidden[a[k]] ? n + disc[a[k]] : a[k], q = hidden[b[k]] ? n + disc[b[k]] : b[k];
      if (p === q) continue;
      const key = p < q ? p * size + q : q * size + p;
      sums.set(key, (sums.get(key) || 0) + 1);
    }
    const at = (end) => (end < n ? [x[end], y[end]] : [discs[end - n].x, discs[end - n].y]);
    return [...sums].map(([key, count]) => {
      const p = Math.floor(key / size), q = key % size;
      return { from: at(p), to: at(q), count, ends: [p, q] };
    }).sort((one, other) => one.count - other.count);
  }

  // Map units: a bubble never leaves its disc; its surface says how many it holds.
  M.bubbleRadius = (disc, scale) => Math.min(disc.r * 0.86, (6 + 2.6 * Math.sqrt(disc.count)) / Math.min(scale, 0.5));

  // How many of each kind a disc holds, the most first: [[kind, count], …].
  M.kindsWithin = (graph) => {
    if (!graph.within) {
      const sums = graph.discs.map(() => new Map());
      for (let i = 0; i < graph.n; i++) if (graph.disc[i] >= 0) sums[graph.disc[i]].set(graph.kind[i], (sums[graph.disc[i]].get(graph.kind[i]) || 0) + 1);
      graph.within = sums.map((one) => [...one].sort((p, q) => q[1] - p[1]));
    }
    return graph.within;
  };
})();
