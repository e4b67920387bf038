"use strict";
// The map in a file of its own: everything it draws is in the page, nothing is asked of anybody.
(() => {
  const stage = document.getElementById("map");
  const { doc: whole, words } = JSON.parse(document.getElementById("map-data").textContent);
  const panel = document.getElementById("map-panel");
  const live = document.getElementById("map-live");
  const find = document.getElementById("map-find");
  document.documentElement.classList.add("map-scripted");
  const style = getComputedStyle(document.querySelector(".map-page"));
  const one = (name) => style.getPropertyValue(`--map-${name}`).trim();
  const colours = { ground: one("ground"), disc: one("disc"), discRim: one("disc-rim"), band: one("band"), cell: one("cell"), bandRim: one("band-rim"), tray: one("tray"), trayRim: one("tray-rim"), ink: one("ink"), halo: one("halo"), soft: one("soft") };
  const said = (name, facts) => words[name].replace(/\{(\w+)\}/g, (_, key) => facts[key]);
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/œ/gi, "oe").toLowerCase().trim();
  let doc = whole, byId = new Map(), around = new Map(), selected = null, hovered = null;

  function choose() {
    const kinds = new Set([...document.querySelectorAll("[name=type]:checked")].map((box) => box.value));
    const classes = new Set([...document.querySelectorAll("[name=lien]:checked")].map((box) => box.value));
    const nodes = whole.nodes.filter((n) => !kinds.size || kinds.has(n.kind));
    byId = new Map(nodes.map((n) => [n.id, n]));
    const edges = whole.edges.filter((e) => classes.has(e.class) && byId.has(e.from) && byId.has(e.to));
    around = new Map(nodes.map((n) => [n.id, new Map()]));
    for (const e of edges) { around.get(e.from).set(e.to, e); around.get(e.to).set(e.from, e); }
    doc = { ...whole, nodes, edges };
    if (selected && !byId.has(selected)) close();
  }
  function nodeStyle(n) {
    const near = !selected || n.id === selected || around.get(selected).has(n.id);
    return { id: n.id, x: n.x, y: n.y, shape: n.shape, size: n.size, opacity: (near ? 1 : 0.12) * (n.ended ? 0.75 : 1), color: { background: n.color, border: n.id === selected ? colours.ink : n.color }, borderWidth: n.id === selected ? 3 : 1 };
  }
  function edgeStyle(e) {
    const touches = e.from === selected || e.to === selected;
    const opacity = selected ? (touches ? 0.85 : 0.04) : e.live ? (e.fresh ? 0.9 : 0.4) : 0.28;
    return { id: e.id, from: e.from, to: e.to, width: e.width, dashes: e.live ? e.dashes : [3, 6], color: { color: e.color, opacity, inherit: false }, smooth: false, hoverWidth: 0, selectionWidth: 0, chosen: false };
  }

  choose();
  const nodes = new vis.DataSet(doc.nodes.map(nodeStyle)), edges = new vis.DataSet(doc.edges.map(edgeStyle));
  const network = new vis.Network(stage, { nodes, edges }, {
    physics: false, layout: { improvedLayout: false }, nodes: { fixed: true, chosen: false },
    interaction: { dragNodes: false, hover: true, keyboard: false, selectConnectedEdges: false, zoomSpeed: 0.8 },
  });
  const paint = window.mapPaint(stage, network, () => ({ doc, around, selected, hovered, colours }));
  network.on("beforeDrawing", paint.ground);
  network.on("afterDrawing", paint.labels);
  network.on("click", (event) => (event.nodes.length ? select(event.nodes[0]) : close()));
  network.on("hoverNode", ({ node }) => { hovered = node; network.redraw(); });
  network.on("blurNode", () => { hovered = null; network.redraw(); });
  network.fit();

  function redraw() {
    nodes.clear(); edges.clear();
    nodes.add(doc.nodes.map(nodeStyle)); edges.add(doc.edges.map(edgeStyle));
  }
  function make(tag, text, name) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (name) made.className = name;
    return made;
  }
  function select(id, move = false) {
    selected = id;
    redraw();
    const n = byId.get(id), ring = around.get(id);
    if (move) network.moveTo({ position: { x: n.x, y: n.y }, scale: Math.max(network.getScale(), 0.9) });
    live.textContent = said(["alone", "one"][ring.size] || "many", { name: n.name, kind: n.kind_label, n: ring.size });
    const list = make("ul", "", "map-links");
    for (const [other, edge] of [...ring].sort((a, b) => byId.get(a[0]).name.localeCompare(byId.get(b[0]).name, "fr"))) {
      const line = make("li", ""), go = make("button", byId.get(other).name);
      go.type = "button";
      go.addEventListener("click", () => select(other, true));
      line.append(go, make("span", edge.text, "map-why"));
      list.append(line);
    }
    panel.replaceChildren(make("p", n.kind_label, "map-kind"), make("h2", n.name), list);
    panel.hidden = false;
    panel.parentElement.scrollTop = 0;
  }
  function close() { if (selected) { selected = null; panel.hidden = true; redraw(); } }
  function walk(step) {
    const ring = doc.nodes.map((n) => n.id), at = ring.indexOf(selected);
    if (ring.length) select(ring[(at + step + ring.length) % ring.length], true);
  }
  function lookFor() {
    const wish = fold(find.value);
    const found = wish && (doc.nodes.find((n) => fold(n.name) === wish || fold(n.short) === wish) || doc.nodes.find((n) => fold(n.name).includes(wish)));
    if (found) select(found.id, true); else if (wish) live.textContent = said("nobody", { text: find.value });
  }
  find.addEventListener("change", lookFor);
  document.getElementById("map-legend").addEventListener("change", () => { choose(); redraw(); });
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const view = network.getViewPosition(), scale = network.getScale();
    const pan = (dx, dy) => network.moveTo({ position: { x: view.x + dx / scale, y: view.y + dy / scale } });
    const does = {
      ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
      "+": () => network.moveTo({ scale: scale * 1.3 }), "-": () => network.moveTo({ scale: scale / 1.3 }),
      n: () => walk(1), p: () => walk(-1), Escape: () => { close(); network.fit(); },
    }[event.key];
    if (does) { event.preventDefault(); does(); }
  });
})();
