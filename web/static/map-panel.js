"use strict";
// Beside the drawing: the record of the chosen actor, its relations, whom it might meet; and what is said aloud.
(() => {
  const M = (window.maillageMap ??= {});

  M.panel = ({ stage, said, live, close, go, propose }) => {
    const panel = document.getElementById("map-panel");
    let asked = "";

    async function show(id) {
      asked = id;
      try {
        const answer = await fetch(stage.dataset.panel + encodeURIComponent(id).replaceAll("%2F", "/"));
        if (!answer.ok || id !== asked) return;
        const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (id !== asked) return;
        panel.replaceChildren(...parsed.body.childNodes);
        panel.hidden = false;
        panel.scrollTop = 0;
        panel.parentElement.scrollTop = 0;
        propose();
      } catch { /* the record's own page says the same */ }
    }
    panel.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]")) { close(); stage.focus(); return; }
      const button = event.target.closest("[data-propose]");
      if (button) { propose(button.getAttribute("aria-pressed") !== "true"); return; }
      const other = event.target.closest("[data-go]");
      if (other && !go(other.dataset.go)) location.assign(M.recordPath(other.dataset.go));
    });
    return {
      show,
      hide() { asked = ""; panel.hidden = true; },
      // Whom the site proposes to the chosen actor, by id.
      proposed: () => [...panel.querySelectorAll("[data-suggested] [data-go]")].map((one) => one.dataset.go),
      proposing(on, count) {
        const button = panel.querySelector("[data-propose]");
        if (button) button.setAttribute("aria-pressed", String(on));
        if (on && button) live.textContent = said(count === 1 ? "proposed_one" : "proposed", { n: count });
      },
    };
  };
  M.recordPath = (id) => `${document.getElementById("map").dataset.record}${encodeURIComponent(id).replaceAll("%2F", "/")}`;

  // Names offered as one types, from the actors of the map: a list of twelve, not of fifty thousand.
  M.offerNames = (field, graph) => {
    const list = document.getElementById(field.getAttribute("list"));
    field.addEventListener("input", () => {
      const found = graph() ? M.find(graph(), field.value, 12) : [];
      list.replaceChildren(...found.map((i) => { const option = document.createElement("option"); option.value = graph().names[i]; return option; }));
    });
  };

  // From neighbour to neighbour with n and p; along the path when there is one. Returns where one is: [actor, rank, how many].
  M.walker = () => {
    let from = -1, ring = [], at = -1;
    return {
      reset() { from = -1; },
      setOut(i) { from = i; },
      step(graph, selected, path, by) {
        const next = path.length && (selected < 0 || path.includes(selected)) ? path : around(graph, selected);
        if (!next.length) return null;
        const same = next.length === ring.length && next.every((one, k) => one === ring[k]);
        if (next === path) at = path.includes(selected) ? (path.indexOf(selected) + by + path.length) % path.length : by > 0 ? 0 : path.length - 1;
        else at = same ? (at + by + next.length) % next.length : by > 0 ? 0 : next.length - 1;
        ring = next;
        return [ring[at], at + 1, ring.length];
      },
    };
    // Those round the actor one set out from, by name; nobody chosen: everybody, in the order of the data.
    function around(graph, selected) {
      if (selected < 0) return graph.everybody ??= Array.from({ length: graph.n }, (_, i) => i);
      if (from < 0 || from >= graph.n || (selected !== from && !graph.around.of(from).includes(selected))) from = selected;
      return graph.around.of(from).sort((i, j) => graph.names[i].localeCompare(graph.names[j], "fr"));
    }
  };
})();
