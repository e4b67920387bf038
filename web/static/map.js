"use strict";
// The network map. Positions come from the server; nothing moves by itself. The page works without this file:
// the form reloads the page, and the table says what the drawing shows.
(() => {
  const M = window.maillageMap;
  const stage = document.getElementById("map"), form = document.getElementById("map-filters");
  if (!stage || !form || !M || (stage.dataset.engine === "vis" && !window.vis)) return;
  const at = (id) => document.getElementById(id);
  const live = at("map-live"), wait = at("map-wait"), find = at("map-find"), notice = at("map-notice");
  const still = matchMedia("(prefers-reduced-motion: reduce)"), dark = matchMedia("(prefers-color-scheme: dark)");
  document.documentElement.classList.add("map-scripted");
  const words = JSON.parse(stage.dataset.words);
  const said = (name, facts = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => facts[key]);
  // On a small screen the map comes first: filters wait behind their title, unless one is in use.
  if (matchMedia("(max-width: 60rem)").matches && !location.search) document.querySelector(".map-fold").open = false;

  let graph = null, selected = -1, path = [], extras = [], proposing = false;
  let colours = M.readColours(), seen = null, requested = 0, lastShown = "", walk = M.walker();
  const motion = () => (still.matches ? 0 : 300);

  // --- how it looks now: made once, until something changes ---

  function look() { return (seen ??= makeLook()); }
  function makeLook() {
    const strong = new Set([...path, ...extras.filter((e) => e.kind === "imagined").flatMap((e) => [e.a, e.b])]), near = new Set(path);
    if (selected >= 0) {
      strong.add(selected);
      for (const i of graph.around.of(selected)) near.add(i);
      for (const e of extras) if (e.kind === "proposed" && (e.a === selected || e.b === selected)) near.add(e.a).add(e.b);
      near.add(selected);
    }
    return { colours, dark: dark.matches, selected, path, extras, strong, near: near.size ? near : null };
  }
  function restyle() { seen = null; engine.restyle(); }

  const engine = M[stage.dataset.engine === "vis" ? "visEngine" : "canvasEngine"](stage, look, {
    tap: (i) => (i < 0 ? close() : choose(i)), open: (i) => location.assign(M.recordPath(graph.ids[i])),
    group: openGroup, moved: keepSoon,
  });

  // --- data ---

  async function load({ keepView = false } = {}) {
    const turn = ++requested;
    wait.hidden = false;
    try {
      const next = await received(stage.dataset.source + location.search);
      if (turn !== requested) return;
      show(next, keepView);
      lastShown = location.search;
      wait.hidden = true;
      at("map-nobody").hidden = next.n > 0;
    } catch (error) {
      if (turn === requested) { wait.textContent = said("failed"); if (error instanceof TypeError && error.stack) console.warn(error.message); }
    }
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(layTheRest)));
  }
  // What is beside and under the drawing waits for its first picture (see map.css), but not for slow data.
  function layTheRest() { document.documentElement.classList.add("map-drawn"); }
  setTimeout(layTheRest, 1000);

  // What map-ahead.js has asked for serves once; if it is there already, no frame passes before it is drawn.
  async function received(address) {
    const { ahead } = M;
    M.ahead = null;
    const bytes = ahead && ahead.address === new URL(address, location).href ? await ahead.bytes : null;
    if (bytes) return M.graphOfBytes(bytes);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    return stage.dataset.engine === "vis" ? M.graphOfDocument(await answer.json()) : M.graphOfBytes(await answer.arrayBuffer());
  }
  function show(next, keepView) {
    const first = !graph, chosen = selected >= 0 ? graph.ids[selected] : null;
    const wish = graph && graph.grouping === next.grouping ? sameWish(graph, next) : M.noWish(), regrouped = graph && graph.grouping !== next.grouping;
    graph = next; seen = null;
    selected = chosen === null ? -1 : graph.index(chosen);
    if (chosen !== null && selected < 0) panel.hide();
    path = graph.path.length === 2 ? M.pathBetween(graph, ...graph.path) : [];
    extras = ["imagined", "proposed"].flatMap((kind) => (graph[kind] || []).map(([a, b]) => ({ a, b, kind, given: true })));
    engine.show(graph);
    document.querySelector(".map-zoom").hidden = false;
    at("map-groups").hidden = !graph.discs.length || stage.dataset.engine === "vis";
    engine.fold(wish);
    if (first) fromHash(); else if (!keepView || regrouped) fit();
    if (path.length) tellPath();
    drawProposed();
    keepSoon();
  }

  // What was folded stays so when the groups are numbered anew.
  function sameWish(before, next) {
    const { all, some } = engine.wish(), at = new Map(next.discs.map((d, k) => [d.key, k]));
    return { all, some: new Map([...some].map(([k, folded]) => [at.get(before.discs[k].key), folded]).filter(([k]) => k !== undefined)) };
  }
  function foldOne(k, folded) { const { all, some } = engine.wish(); engine.fold({ all, some: new Map(some).set(k, folded) }); }

  // --- looking around ---

  function fit(ms = motion()) { if (graph) { engine.moveTo(M.viewOfAll(graph, engine.size()), ms); keepSoon(); } }
  function centreOn(i) { engine.moveTo({ x: graph.x[i], y: graph.y[i], scale: Math.max(engine.view().scale, 0.9) }, motion()); }
  function choose(i, { move = false } = {}) {
    selected = i;
    extras = extras.filter((e) => e.given);
    if (graph.disc[i] >= 0 && engine.isFolded(graph.disc[i])) foldOne(graph.disc[i], false);
    restyle();
    if (move) centreOn(i);
    const count = graph.around.of(i).length;
    live.textContent = said(["alone", "one"][count] || "many", { name: graph.names[i], kind: graph.kinds[graph.kind[i]].label, n: count });
    panel.show(graph.ids[i]);
    keepSoon();
    return true;
  }
  function close() {
    if (selected < 0) return;
    selected = -1; panel.hide();
    extras = extras.filter((e) => e.given);
    restyle(); keepSoon();
  }
  const panel = M.panel({
    stage, said, live, close,
    go: (id) => { const i = graph.index(id); return i >= 0 && choose(i, { move: true }); },
    propose: (on) => { if (on !== undefined) proposing = on; drawProposed(); keepSoon(); },
  });
  function drawProposed() {
    const others = extras.filter((e) => e.given);
    const found = proposing && selected >= 0 ? panel.proposed().map((id) => graph.index(id)).filter((j) => j >= 0) : [];
    const changed = found.length || others.length !== extras.length;
    extras = [...others, ...found.map((b) => ({ a: selected, b, kind: "proposed" }))];
    panel.proposing(proposing, found.length);
    if (changed) restyle();
  }
  function tellPath() {
    const names = path.map((i) => graph.names[i]);
    live.textContent = said(path.length === 2 ? "path_direct" : "path", { start: names[0], goal: names.at(-1), n: path.length - 1, through: names.slice(1, -1).join(", ") });
  }

  // A bubble opens where one taps it; the title of an open group folds it.
  function openGroup(k) {
    const d = graph.discs[k], folded = engine.isFolded(k);
    foldOne(k, !folded);
    live.textContent = said(folded ? "unfolded" : "folded", { title: d.title, n: d.count });
    if (folded) { const { width, height } = engine.size(); engine.moveTo({ x: d.x, y: d.y, scale: Math.max(engine.view().scale, Math.min(width, height) / (2.3 * d.r)) }, motion()); }
    keepSoon();
  }
  at("map-groups").addEventListener("click", (event) => {
    const wish = event.target.closest("[data-fold]")?.dataset.fold;
    if (!wish || !graph) return;
    engine.fold({ all: wish === "all", some: new Map() });
    live.textContent = said(wish === "all" ? "all_folded" : "all_unfolded", { n: graph.discs.length });
    keepSoon();
  });

  function step(by) {
    const found = graph && walk.step(graph, selected, path, by);
    if (!found) return;
    choose(found[0], { move: true });
    live.textContent += ` ${said("place", { at: found[1], n: found[2] })}`;
  }
  function pan(dx, dy) { const { x, y, scale } = engine.view(); engine.moveTo({ x: x + dx / scale, y: y + dy / scale }); keepSoon(); }
  function zoom(factor) { engine.moveTo({ scale: engine.view().scale * factor }, motion() / 2); keepSoon(); }

  stage.addEventListener("keydown", (event) => {
    if (!graph || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = {
      ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
      "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => fit(),
      n: () => step(1), p: () => step(-1), " ": () => walk.setOut(selected),
      g: () => selected >= 0 && graph.disc[selected] >= 0 && openGroup(graph.disc[selected]),
      Enter: () => selected >= 0 && location.assign(M.recordPath(graph.ids[selected])), Escape: () => { walk.reset(); close(); fit(); },
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
    if (!graph || !find.value.trim()) return;
    const [i] = M.find(graph, find.value);
    if (i !== undefined) { walk.reset(); choose(i, { move: true }); } else live.textContent = said("nobody", { text: find.value });
  }
  find.addEventListener("change", lookFor);
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); lookFor(); } });
  for (const field of [find, form.elements.de, form.elements.vers]) if (field) M.offerNames(field, () => graph);

  // --- the address holds the whole state ---

  let keeping = 0;
  function keepSoon() { clearTimeout(keeping); keeping = setTimeout(keep, 200); }
  function keep() {
    if (!graph) return;
    const { all } = engine.wish(); // what the exports draw: as wished, or as a crowd is folded by itself
    stage.dataset.groups = (all ?? engine.foldsByItself()) ? "replies" : "ouverts";
    M.writeHash({ graph, view: engine.view(), chosen: selected >= 0 ? graph.ids[selected] : null, wish: engine.wish(), proposing });
  }
  function fromHash() {
    const found = M.readHash(graph);
    proposing = found.proposing;
    engine.fold(found.wish);
    if (found.view) engine.moveTo(found.view); else fit(0);
    if (found.chosen >= 0) choose(found.chosen, { move: !found.view });
    for (const what of found.wrong) tell(said(`wrong_${what}`));
  }
  function tell(text, button) {
    const line = document.createElement("p");
    line.textContent = text;
    if (button) line.append(" ", button);
    notice.append(line);
    notice.hidden = false;
    return line;
  }

  async function filtersChanged(keepView = false) {
    const query = M.queryOf(form);
    history.pushState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
    notice.replaceChildren();
    followYear();
    await refresh({ keepView });
  }
  async function refresh(options) { await Promise.all([load(options), M.tellAgain(live)]); }
  const followYear = M.slideYears(form, () => filtersChanged(true));
  form.addEventListener("change", (event) => { if (event.target !== find) filtersChanged(["annee", "comparer", "de", "vers"].includes(event.target.name)); });
  form.addEventListener("submit", (event) => { event.preventDefault(); filtersChanged(); });
  addEventListener("popstate", () => { if (location.search !== lastShown) location.reload(); });
  dark.addEventListener("change", () => { colours = M.readColours(); if (graph) restyle(); });

  M.watchRevision(stage, () => graph?.revision, (revision) => {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = said("reload");
    const line = tell(said("changed"), button);
    button.addEventListener("click", async () => { line.remove(); stage.focus(); await refresh({ keepView: true }); });
    return revision;
  });
  load();
})();
