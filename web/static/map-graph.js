"use strict";
// The network of the map as columns: one array a property, so that fifty thousand actors cost little.
(() => {
  const M = (window.maillageMap ??= {});

  // From the bytes the server sends: columns are read where they lie (see web/maps/packed.py), texts when asked for.
  const TYPES = { uint8: Uint8Array, int8: Int8Array, uint16: Uint16Array, int16: Int16Array, int32: Int32Array };
  M.graphOfBytes = (buffer) => {
    const long = new DataView(buffer).getUint32(0, true), decoder = new TextDecoder();
    const { columns, texts, ...head } = JSON.parse(decoder.decode(new Uint8Array(buffer, 4, long))), doc = head;
    for (const [name, [type, from, count]] of Object.entries(columns)) doc[name] = new TYPES[type](buffer, 4 + long + from, count);
    for (const [name, [from, size]] of Object.entries(texts)) {
      let read = null;
      Object.defineProperty(doc, name, { enumerable: true, get: () => (read ??= doc.x.length ? decoder.decode(new Uint8Array(buffer, 4 + long + from, size)).split("\n") : []) });
    }
    return M.graphOfColumns(doc);
  };

  // From columns: one list a property, actors and relations by position.
  M.graphOfColumns = (graph) => {
    graph.n = graph.x.length; graph.m = graph.a.length;
    graph.size = new Float32Array(graph.n);
    for (let i = 0; i < graph.n; i++) graph.size[i] = 7 + 3.4 * Math.sqrt(Math.min(graph.partners[i], 40));
    let index = null, around = null;
    Object.defineProperty(graph, "around", { get: () => (around ??= neighbours(graph)) }); // the first picture does without
    graph.index = (id) => (index ??= new Map(graph.ids.map((one, i) => [one, i]))).get(id) ?? -1;
    graph.short = (i) => graph.acronyms[i] || cut(graph.names[i]);
    return graph;
  };

  // From the document pyvis makes: nodes and edges one by one, as vis-network takes them.
  M.graphOfDocument = (doc) => {
    const at = new Map(doc.nodes.map((n, i) => [n.id, i]));
    const kinds = [...new Map(doc.nodes.map((n) => [n.kind, { code: n.kind, label: n.kind_label, shape: n.shape, color: n.color }])).values()];
    const classes = [...new Map(doc.edges.map((e) => [e.class, { code: e.class, color: e.color, width: e.width, dashes: e.dashes || [] }])).values()];
    const rank = (list, code) => list.findIndex((one) => one.code === code);
    return M.graphOfColumns({
      ...doc, kinds, classes,
      ids: doc.nodes.map((n) => n.id), names: doc.nodes.map((n) => n.name),
      acronyms: Object.fromEntries(doc.nodes.map((n, i) => [i, n.short])),
      x: doc.nodes.map((n) => n.x), y: doc.nodes.map((n) => n.y), kind: doc.nodes.map((n) => rank(kinds, n.kind)),
      partners: doc.nodes.map((n) => n.partners), flags: doc.nodes.map((n) => (n.context ? 1 : 0) | (n.ended ? 2 : 0)),
      disc: doc.nodes.map(() => -1), discs: doc.discs.map((d) => ({ ...d, title: "", key: "", count: 0 })),
      a: doc.edges.map((e) => at.get(e.from)), b: doc.edges.map((e) => at.get(e.to)),
      style: doc.edges.map((e) => rank(classes, e.class) | (e.live ? 4 : 0) | (e.fresh ? 8 : 0)),
      path: doc.path || [], imagined: doc.imagined || [],
    });
  };

  // Bits of `flags` and of `style`.
  M.CONTEXT = 1; M.ENDED = 2;
  M.LIVE = 4; M.FRESH = 8; M.APPEARED = 16; M.GONE = 32;

  // How many relations each actor has.
  M.relationCounts = ({ n, m, a, b }) => {
    const counts = new Int32Array(n);
    for (let k = 0; k < m; k++) { counts[a[k]]++; counts[b[k]]++; }
    return counts;
  };

  const cut = (name) => (name.length <= 34 ? name : `${name.slice(0, 33).trimEnd()}…`);

  // For each actor its neighbours and the relations that lead there: of(i) gives [from, to) in `ids` and `edges`.
  function neighbours(graph) {
    const { n, m, a, b } = graph, counts = M.relationCounts(graph), ptr = new Int32Array(n + 1);
    for (let i = 0; i < n; i++) ptr[i + 1] = ptr[i] + counts[i];
    const fill = ptr.slice(0, n), ids = new Int32Array(2 * m), edges = new Int32Array(2 * m);
    for (let k = 0; k < m; k++) {
      ids[fill[a[k]]] = b[k]; edges[fill[a[k]]++] = k;
      ids[fill[b[k]]] = a[k]; edges[fill[b[k]]++] = k;
    }
    const of = (i) => [...new Set(ids.subarray(ptr[i], ptr[i + 1]))].filter((j) => j !== i);
    const edgesOf = (i) => edges.subarray(ptr[i], ptr[i + 1]);
    return { ptr, ids, edges, of, edgesOf };
  }

  // What a name or an acronym typed by hand means: the same, else one that begins so, else one that holds it.
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/œ/gi, "oe").toLowerCase().trim();
  M.find = (graph, text, most = 1) => {
    const wish = fold(text);
    if (!wish) return [];
    graph.folded ??= graph.names.map(fold);
    const same = [], begins = [], holds = [];
    for (let i = 0; i < graph.n; i++) {
      const name = graph.folded[i], acronym = graph.acronyms[i];
      if (name === wish || (acronym && fold(acronym) === wish)) same.push(i);
      else if (name.startsWith(wish) || (acronym && fold(acronym).startsWith(wish))) begins.push(i);
      else if (holds.length < most && name.includes(wish)) holds.push(i);
    }
    return [...same, ...begins, ...holds].slice(0, most);
  };
})();
