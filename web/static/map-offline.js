"use strict";
// The map in a file of its own: everything it draws is in the page, nothing is asked of anybody.
(() => {
  const M = window.maillageMap;
  const stage = document.getElementById("map");
  const { doc: whole, words } = JSON.parse(document.getElementById("map-data").textContent);
  const panel = document.getElementById("map-panel");
  const live = document.getElementById("map-live");
  const find = document.getElementById("map-find");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.documentElement.classList.add("map-scripted");
  const said = (name, facts) => words[name].replace(/\{(\w+)\}/g, (_, key) => facts[key]);
  let graph = null, texts = [], selected = -1, colours = M.readColours();

  function look() {
    const near = selected < 0 ? null : new Set([selected, ...graph.around.of(selected)]);
    return { colours, dark: dark.matches, selected, path: [], extras: [], strong: new Set(selected < 0 ? [] : [selected]), near };
  }
  const engine = M.visEngine(stage, look, { tap: (i) => (i < 0 ? close() : select(i)), open: () => {}, moved: () => {} });

  // What the legend leaves: kinds ticked (all when none is), classes ticked.
  function choose() {
    const ticked = (name) => new Set([...document.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));
    const kinds = ticked("type"), classes = ticked("lien"), chosen = selected < 0 ? null : graph.ids[selected];
    const nodes = whole.nodes.filter((n) => !kinds.size || kinds.has(n.kind)), ids = new Set(nodes.map((n) => n.id));
    const edges = whole.edges.filter((e) => classes.has(e.class) && ids.has(e.from) && ids.has(e.to));
    texts = edges.map((e) => e.text);
    graph = M.graphOfDocument({ ...whole, nodes, edges });
    selected = chosen === null ? -1 : graph.index(chosen);
    if (selected < 0) panel.hidden = true;
    engine.show(graph);
  }
  choose();
  engine.moveTo(M.viewOfAll(graph, engine.size()));
  dark.addEventListener("change", () => { colours = M.readColours(); engine.restyle(); });

  function make(tag, text, name) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (name) made.className = name;
    return made;
  }
  function select(i, move = false) {
    selected = i;
    engine.restyle();
    const ring = graph.around.of(i), kind = graph.kinds[graph.kind[i]].label;
    if (move) engine.moveTo({ x: graph.x[i], y: graph.y[i], scale: Math.max(engine.view().scale, 0.9) });
    live.textContent = said(["alone", "one"][ring.length] || "many", { name: graph.names[i], kind, n: ring.length });
    const list = make("ul", "", "map-links");
    for (const other of ring.sort((a, b) => graph.names[a].localeCompare(graph.names[b], "fr"))) {
      const line = make("li", ""), go = make("button", graph.names[other]);
      go.type = "button";
      go.addEventListener("click", () => select(other, true));
      const why = [...graph.around.edgesOf(i)].filter((k) => graph.a[k] === other || graph.b[k] === other).map((k) => texts[k]);
      line.append(go, make("span", [...new Set(why)].join(" ; "), "map-why"));
      list.append(line);
    }
    panel.replaceChildren(make("p", kind, "map-kind"), make("h2", graph.names[i]), list);
    panel.hidden = false;
    panel.parentElement.scrollTop = 0;
  }
  function close() { if (selected >= 0) { selected = -1; panel.hidden = true; engine.restyle(); } }
  function walk(step) { if (graph.n) select((selected + step + graph.n + (selected < 0 && step < 0 ? 1 : 0)) % graph.n, true); }
  function lookFor() {
    const [found] = M.find(graph, find.value);
    if (found !== undefined) select(found, true); else if (find.value.trim()) live.textContent = said("nobody", { text: find.value });
  }
  find.addEventListener("change", lookFor);
  document.getElementById("map-legend").addEventListener("change", choose);
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { x, y, scale } = engine.view();
    const pan = (dx, dy) => engine.moveTo({ x: x + dx / scale, y: y + dy / scale });
    const does = {
      ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
      "+": () => engine.moveTo({ scale: scale * 1.3 }), "-": () => engine.moveTo({ scale: scale / 1.3 }),
      n: () => walk(1), p: () => walk(-1), Escape: () => { close(); engine.moveTo(M.viewOfAll(graph, engine.size())); },
    }[event.key];
    if (does) { event.preventDefault(); does(); }
  });
})();
