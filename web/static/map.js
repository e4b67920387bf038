"use strict";
// The network map. Positions come from the server; nothing moves by itself. The page works without this file:
// the form reloads the page, and the table says what the drawing shows.
(() => {
  const stage = document.getElementById("map");
  const form = document.getElementById("map-filters");
  if (!stage || !form || !window.vis) return;
  const panel = document.getElementById("map-panel");
  const live = document.getElementById("map-live");
  const wait = document.getElementById("map-wait");
  const find = document.getElementById("map-find");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  document.documentElement.classList.add("map-scripted");
  const words = JSON.parse(stage.dataset.words);
  const said = (name, facts = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => facts[key]);
  // On a small screen the map comes first: filters wait behind their title, unless one is in use.
  if (window.matchMedia("(max-width: 60rem)").matches && !location.search) document.querySelector(".map-fold").open = false;

  const FAINT = 0.12;
  let doc = null; // what the server sent
  let byId = new Map();
  let around = new Map(); // id -> Map(neighbour id -> edge)
  let selected = null;
  let hovered = null;
  let network = null;
  let nodes = null;
  let edges = null;
  let colours = readColours();
  let requested = 0;
  let lastShown = ""; // filters of the drawing on screen

  function readColours() {
    const style = getComputedStyle(document.querySelector(".map-page"));
    const one = (name) => style.getPropertyValue(`--map-${name}`).trim();
    return { ground: one("ground"), disc: one("disc"), discRim: one("disc-rim"), band: one("band"), cell: one("cell"), bandRim: one("band-rim"), tray: one("tray"), trayRim: one("tray-rim"), ink: one("ink"), halo: one("halo"), soft: one("soft") };
  }

  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/œ/gi, "oe").toLowerCase().trim();

  // --- data -------------------------------------------------------------------------------------------

  async function load({ keepView = false } = {}) {
    const turn = ++requested;
    wait.hidden = false;
    try {
      const answer = await fetch(stage.dataset.source + location.search, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const received = await answer.json();
      if (turn !== requested) return;
      doc = received;
      lastShown = location.search;
      draw(keepView);
      wait.hidden = true;
    } catch {
      if (turn === requested) wait.textContent = said("failed");
    }
  }

  function index() {
    byId = new Map(doc.nodes.map((n) => [n.id, n]));
    around = new Map(doc.nodes.map((n) => [n.id, new Map()]));
    for (const e of doc.edges) {
      around.get(e.from).set(e.to, e);
      around.get(e.to).set(e.from, e);
    }
  }

  function nodeStyle(n) {
    const near = !selected || n.id === selected || around.get(selected)?.has(n.id);
    const strength = near ? (n.context ? 0.55 : 1) : FAINT;
    return {
      id: n.id, x: n.x, y: n.y, shape: n.shape, size: n.size, opacity: n.ended ? strength * 0.75 : strength,
      color: { background: n.color, border: n.id === selected ? colours.ink : n.color, hover: { background: n.color, border: colours.ink }, highlight: { background: n.color, border: colours.ink } },
      borderWidth: n.id === selected ? 3 : 1, borderWidthSelected: 3,
    };
  }

  function edgeStyle(e) {
    const touches = e.from === selected || e.to === selected;
    let opacity = e.live ? (e.fresh ? 0.9 : dark.matches ? 0.5 : 0.4) : dark.matches ? 0.45 : 0.28;
    if (selected) opacity = touches ? Math.max(opacity, 0.75) : 0.04;
    return {
      id: e.id, from: e.from, to: e.to, width: touches ? e.width * 1.6 : e.width, dashes: e.live ? e.dashes : [3, 6],
      color: { color: dark.matches ? lighter(e.color) : e.color, opacity, inherit: false }, smooth: false, hoverWidth: 0, selectionWidth: 0, chosen: false,
    };
  }

  function lighter(hex) {
    const value = parseInt(hex.slice(1), 16);
    const mix = (c) => Math.round(c + (255 - c) * 0.45);
    return `rgb(${mix(value >> 16)}, ${mix((value >> 8) & 255)}, ${mix(value & 255)})`;
  }

  function draw(keepView) {
    index();
    if (selected && !byId.has(selected)) close();
    if (!network) {
      nodes = new vis.DataSet(doc.nodes.map(nodeStyle));
      edges = new vis.DataSet(doc.edges.map(edgeStyle));
      network = new vis.Network(stage, { nodes, edges }, {
        physics: false, autoResize: true, layout: { improvedLayout: false },
        nodes: { fixed: true, chosen: false },
        interaction: { dragNodes: false, hover: true, keyboard: false, selectConnectedEdges: false, tooltipDelay: 150, zoomSpeed: 0.8 },
      });
      const paint = window.mapPaint(stage, network, () => ({ doc, around, selected, hovered, colours }));
      network.on("beforeDrawing", paint.ground);
      network.on("afterDrawing", paint.labels);
      network.on("click", (event) => (event.nodes.length ? select(event.nodes[0]) : close()));
      network.on("doubleClick", (event) => event.nodes.length && open(event.nodes[0]));
      network.on("hoverNode", ({ node }) => { hovered = node; stage.style.cursor = "pointer"; network.redraw(); });
      network.on("blurNode", () => { hovered = null; stage.style.cursor = ""; network.redraw(); });
      network.on("dragEnd", keep);
      network.on("zoom", keepSoon);
      document.querySelector(".map-zoom").hidden = false;
      stage.querySelector("canvas")?.setAttribute("aria-hidden", "true");
      stage.querySelector(".vis-network")?.setAttribute("tabindex", "-1"); // the stage itself is the one stop
      fromHash() || fit(false);
    } else {
      nodes.clear(); edges.clear();
      nodes.add(doc.nodes.map(nodeStyle));
      edges.add(doc.edges.map(edgeStyle));
      if (!keepView) fit();
    }
  }

  function restyle() {
    nodes.update(doc.nodes.map(nodeStyle));
    edges.update(doc.edges.map(edgeStyle));
  }

  // --- looking around -----------------------------------------------------------------------------------

  const motion = () => (still.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" });

  function fit(animated = true) {
    if (!doc.nodes.length) return;
    const frame = bounds();
    const room = doc.band ? Math.min(90, stage.clientWidth / 6) : 0; // for the names beside the last stars
    const wide = (stage.clientWidth - room) / (frame.x2 - frame.x1);
    const high = stage.clientHeight / (frame.y2 - frame.y1);
    // Upright on a telephone the whole width would be too small to read: as high as it goes, the rest by a finger.
    const upright = stage.clientWidth < 760 && wide < high * 0.7;
    const scale = Math.min(upright ? high : Math.min(wide, high), 1.6);
    const x = upright ? frame.x1 + stage.clientWidth / scale / 2 : (frame.x1 + frame.x2 + room / scale) / 2;
    network.moveTo({ position: { x, y: (frame.y1 + frame.y2) / 2 }, scale, animation: animated ? motion() : false });
    keepSoon();
  }

  function bounds() {
    const f = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
    const add = (x1, y1, x2, y2) => { f.x1 = Math.min(f.x1, x1); f.y1 = Math.min(f.y1, y1); f.x2 = Math.max(f.x2, x2); f.y2 = Math.max(f.y2, y2); };
    for (const n of doc.nodes) add(n.x - 70, n.y - 40, n.x + 70, n.y + 50);
    for (const d of doc.discs) add(d.x - d.r, d.y - d.r, d.x + d.r, d.y + d.r);
    for (const b of [doc.band, doc.tray, doc.inventory]) if (b) add(b.x, b.y - 30, b.x + b.width, b.y + b.height);
    return { x1: f.x1 - 20, y1: f.y1 - 30, x2: f.x2 + 20, y2: f.y2 + 20 };
  }

  function centreOn(id) {
    const n = byId.get(id);
    network.moveTo({ position: { x: n.x, y: n.y }, scale: Math.max(network.getScale(), 0.9), animation: motion() });
  }

  function select(id, { move = false } = {}) {
    if (!byId.has(id)) return false;
    selected = id;
    restyle();
    if (move) centreOn(id);
    say(id);
    showPanel(id);
    keep();
    return true;
  }

  function close() {
    if (!selected) return;
    selected = null;
    panel.hidden = true;
    restyle();
    keep();
  }

  function open(id) { location.assign(byId.get(id).url); }

  function say(id) {
    const n = byId.get(id);
    const count = around.get(id).size;
    live.textContent = said(["alone", "one"][count] || "many", { name: n.name, kind: n.kind_label, n: count });
  }

  async function showPanel(id) {
    try {
      const answer = await fetch(stage.dataset.panel + encodeURIComponent(id).replaceAll("%2F", "/"));
      if (!answer.ok || id !== selected) return;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (id !== selected) return;
      panel.replaceChildren(...parsed.body.childNodes);
      panel.hidden = false;
      panel.scrollTop = 0;
      panel.parentElement.scrollTop = 0;
    } catch { /* the record's own page says the same */ }
  }

  panel.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) { close(); stage.focus(); return; }
    const go = event.target.closest("[data-go]");
    if (go && !select(go.dataset.go, { move: true })) location.assign(`/acteurs/${encodeURIComponent(go.dataset.go).replaceAll("%2F", "/")}`);
  });

  function walk(step) {
    const ring = selected ? walking(selected) : doc.nodes.map((n) => n.id);
    if (!ring.length) return;
    walk.at = walk.ring === ring.join() ? (walk.at + step + ring.length) % ring.length : step > 0 ? 0 : ring.length - 1;
    walk.ring = ring.join();
    const id = ring[walk.at];
    const from = walk.from;
    select(id, { move: true });
    walk.from = from;
    live.textContent += ` ${said("place", { at: walk.at + 1, n: ring.length })}`;
  }
  // The neighbours of the actor one set out from: n and p go round them, Espace sets out from the present one.
  function walking(id) {
    if (!walk.from || !byId.has(walk.from) || (id !== walk.from && !around.get(walk.from).has(id))) walk.from = id;
    return [...around.get(walk.from).keys()].sort((a, b) => byId.get(a).name.localeCompare(byId.get(b).name, "fr"));
  }

  function pan(dx, dy) {
    const view = network.getViewPosition();
    const scale = network.getScale();
    network.moveTo({ position: { x: view.x + dx / scale, y: view.y + dy / scale } });
    keepSoon();
  }
  function zoom(factor) {
    network.moveTo({ scale: Math.max(0.05, Math.min(5, network.getScale() * factor)), animation: motion() });
    keepSoon();
  }

  stage.addEventListener("keydown", (event) => {
    if (!network || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = {
      ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
      "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => fit(),
      n: () => walk(1), p: () => walk(-1), " ": () => { walk.from = selected; },
      Enter: () => selected && open(selected), Escape: () => { walk.from = null; close(); fit(); },
    }[event.key];
    if (does) { event.preventDefault(); does(); }
  });
  document.querySelector(".map-zoom").addEventListener("click", (event) => {
    const kind = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (kind === "in") zoom(1.4);
    if (kind === "out") zoom(1 / 1.4);
    if (kind === "fit") fit();
  });

  function lookFor() {
    const wish = fold(find.value);
    if (!wish || !doc) return;
    const exact = doc.nodes.find((n) => fold(n.name) === wish || fold(n.short) === wish);
    const found = exact || doc.nodes.find((n) => fold(n.name).startsWith(wish)) || doc.nodes.find((n) => fold(n.name).includes(wish));
    if (found) { walk.from = null; select(found.id, { move: true }); } else live.textContent = wait.textContent = "";
    if (!found) { live.textContent = said("nobody", { text: find.value }); }
  }
  find.addEventListener("change", lookFor);
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); lookFor(); } });

  // --- the address holds the whole state ------------------------------------------------------------------

  let keeping = 0;
  function keepSoon() { clearTimeout(keeping); keeping = setTimeout(keep, 400); }
  function keep() {
    if (!network) return;
    const view = network.getViewPosition();
    const state = new URLSearchParams({ vue: `${Math.round(view.x)},${Math.round(view.y)},${network.getScale().toFixed(3)}` });
    if (selected) state.set("choix", selected);
    history.replaceState(null, "", `${location.pathname}${location.search}#${state}`);
  }
  function fromHash() {
    const state = new URLSearchParams(location.hash.slice(1));
    const view = (state.get("vue") || "").split(",").map(Number);
    const good = view.length === 3 && view.every(Number.isFinite) && view[2] > 0.01 && view[2] < 20;
    if (good) network.moveTo({ position: { x: view[0], y: view[1] }, scale: view[2] });
    if (state.get("choix")) select(state.get("choix"), { move: !good });
    return good;
  }

  async function filtersChanged() {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
    if (new Set(query.getAll("lien")).size === 3 && !query.getAll("lien").includes("contact")) query.delete("lien");
    history.pushState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
    await refresh();
  }
  async function refresh() {
    const wanted = location.search;
    const told = fetch(location.pathname + wanted).then(async (answer) => {
      if (!answer.ok || wanted !== location.search) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["map-count", "map-told", "map-table"]) {
        const fresh = page.getElementById(id);
        if (fresh) document.getElementById(id).replaceChildren(...fresh.childNodes);
      }
      const counts = new Map([...page.querySelectorAll("#map-legend label")].map((l) => [l.querySelector("input").name + l.querySelector("input").value, l.querySelector(".map-n").textContent]));
      for (const l of document.querySelectorAll("#map-legend label")) {
        const input = l.querySelector("input");
        l.querySelector(".map-n").textContent = counts.get(input.name + input.value) || "0";
      }
      live.textContent = document.getElementById("map-count").textContent;
    }).catch(() => {});
    await Promise.all([load(), told]);
  }
  form.addEventListener("change", (event) => { if (event.target !== find) filtersChanged(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); filtersChanged(); });
  addEventListener("popstate", () => { if (location.search !== lastShown) location.reload(); });
  dark.addEventListener("change", () => { colours = readColours(); if (network) { restyle(); network.redraw(); } });

  load();
})();
