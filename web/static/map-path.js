"use strict";
// The shortest way between two actors over the relations shown.
(() => {
  const M = (window.maillageMap ??= {});

  // Actors from one end to the other, both included; [] when nothing joins them. Among ways of the same length,
  // the one through the actors that come first, as the server tells it.
  M.pathBetween = (graph, from, to) => {
    const { ptr, ids } = graph.around, before = new Int32Array(graph.n).fill(-1);
    before[from] = from;
    for (let ring = [from]; ring.length && before[to] < 0;) {
      const next = [];
      for (const i of ring) for (const j of ids.subarray(ptr[i], ptr[i + 1]).slice().sort()) if (before[j] < 0) { before[j] = i; next.push(j); }
      ring = next;
    }
    if (before[to] < 0) return [];
    const path = [to];
    while (path[0] !== from) path.unshift(before[path[0]]);
    return path;
  };
})();
