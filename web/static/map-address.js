"use strict";
// The part of the state the address keeps after the #: where one looks, who is chosen, which groups are folded.
(() => {
  const M = (window.maillageMap ??= {});

  const MOST = 40; // groups named one by one: an address has an end
  const ALL = { true: "replies", false: "ouverts" };

  M.writeHash = ({ graph, view, chosen, wish, proposing }) => {
    const state = new URLSearchParams({ vue: `${Math.round(view.x)},${Math.round(view.y)},${view.scale.toFixed(3)}` });
    if (chosen) state.set("choix", chosen);
    if (proposing) state.set("proposes", "1");
    if (wish.all !== null) state.set("groupes", ALL[wish.all]);
    for (const [k, folded] of [...wish.some].slice(0, MOST)) state.append(folded ? "replie" : "ouvert", graph.discs[k].key);
    history.replaceState(history.state, "", `${location.pathname}${location.search}#${state}`);
  };

  // What can be read of the address; `wrong` holds what cannot.
  M.readHash = (graph) => {
    const state = new URLSearchParams(location.hash.slice(1)), wrong = [], wish = M.noWish();
    const asked = state.get("vue"), [x, y, scale, ...rest] = (asked || "").split(",").map(Number);
    const sound = asked && !rest.length && [x, y, scale].every(Number.isFinite) && Math.abs(x) < 1e6 && Math.abs(y) < 1e6 && scale >= 0.009 && scale < 20;
    if (asked && !sound) wrong.push("view");
    const chosen = state.get("choix") ? graph.index(state.get("choix")) : -1;
    if (state.get("choix") && chosen < 0) wrong.push("chosen");
    const groups = state.get("groupes");
    if (groups === ALL.true || groups === ALL.false) wish.all = groups === ALL.true; else if (groups) wrong.push("group");
    for (const [name, folded] of [["replie", true], ["ouvert", false]]) {
      for (const key of state.getAll(name)) {
        const k = graph.discs.findIndex((d) => d.key === key);
        if (k >= 0) wish.some.set(k, folded); else if (!wrong.includes("group")) wrong.push("group");
      }
    }
    return { view: sound ? { x, y, scale } : null, chosen, wish, proposing: state.get("proposes") === "1", wrong };
  };
})();
