"use strict";
// The drawing by vis-network, for small maps: the same commands as our own canvas, the same ground and names.
(() => {
  const M = (window.maillageMap ??= {});
  const FAINT = 0.12;

  M.visEngine = (stage, look, on) => {
    let graph = null, routes = null, hovered = -1, nodes = null, edges = null, network = null, wished = null;
    const size = () => ({ width: stage.clientWidth, height: stage.clientHeight });

    function node(i, now) {
      const kind = graph.kinds[graph.kind[i]], chosen = i === now.selected;
      const strength = (now.near && !now.near.has(i) && !now.strong.has(i) ? FAINT : graph.flags[i] & M.CONTEXT ? 0.55 : 1) * (graph.flags[i] & M.ENDED ? 0.75 : 1);
      return { id: i, x: graph.x[i], y: graph.y[i], shape: kind.shape, size: graph.size[i], opacity: strength, borderWidth: chosen ? 3 : 1, color: { background: kind.color, border: chosen ? now.colours.ink : kind.color } };
    }
    function edge(k, now) {
      const { colour, width, dash, alpha } = M.strokeOf(graph, graph.style[k], now);
      const opacity = now.near ? 0.04 : alpha; // those of the chosen actor are drawn over the rest
      return { id: k, from: graph.a[k], to: graph.b[k], width, dashes: dash.length ? dash : false, color: { color: colour, opacity, inherit: false }, smooth: false, hoverWidth: 0, selectionWidth: 0, chosen: false };
    }
    const range = (n) => Array.from({ length: n }, (_, i) => i);
    function put() {
      const now = look();
      nodes.clear(); edges.clear();
      nodes.add(range(graph.n).map((i) => node(i, now))); edges.add(range(graph.m).map((k) => edge(k, now)));
    }
    const view = () => ({ ...network.getViewPosition(), scale: network.getScale(), ...size() });
    // vis-network draws in map units; ours in pixels of the screen.
    function onScreen(pen, paint) {
      const r = stage.querySelector("canvas").width / stage.clientWidth;
      pen.save(); pen.setTransform(r, 0, 0, r, 0, 0); paint(view()); pen.restore();
    }

    function open() {
      nodes = new vis.DataSet(); edges = new vis.DataSet();
      network = new vis.Network(stage, { nodes, edges }, {
        physics: false, autoResize: true, layout: { improvedLayout: false }, nodes: { fixed: true, chosen: false },
        interaction: { dragNodes: false, hover: true, keyboard: false, selectConnectedEdges: false, zoomSpeed: 0.8 },
      });
      network.on("beforeDrawing", (pen) => onScreen(pen, (now) => M.ground(pen, now, graph, routes.folded, look())));
      network.on("afterDrawing", (pen) => onScreen(pen, (now) => {
        M.over(pen, now, graph, routes, look());
        for (const _ of M.names(pen, now, graph, routes, look()));
        if (hovered >= 0) M.hover(pen, now, graph, hovered, look());
      }));
      network.on("click", (event) => on.tap(event.nodes.length ? event.nodes[0] : -1));
      network.on("doubleClick", (event) => event.nodes.length && on.open(event.nodes[0]));
      network.on("hoverNode", (event) => { hovered = event.node; stage.classList.add("map-pointed"); network.redraw(); });
      network.on("blurNode", () => { hovered = -1; stage.classList.remove("map-pointed"); network.redraw(); });
      network.on("dragEnd", on.moved);
      network.on("zoom", on.moved);
      stage.querySelector("canvas").setAttribute("aria-hidden", "true");
      stage.querySelector(".vis-network").setAttribute("tabindex", "-1"); // the stage itself is the one stop
    }

    return {
      show(next) {
        graph = next; routes = M.routesOf(graph, new Uint8Array(graph.discs.length));
        if (!network) open();
        put();
        if (wished) network.moveTo(wished);
      },
      restyle() { const now = look(); nodes.update(range(graph.n).map((i) => node(i, now))); edges.update(range(graph.m).map((k) => edge(k, now))); network.redraw(); },
      view: () => { const { x, y, scale } = view(); return { x, y, scale }; },
      size,
      moveTo(next, ms = 0) {
        const from = network ? view() : { x: 0, y: 0, scale: 1 };
        const goal = { position: { x: next.x ?? from.x, y: next.y ?? from.y }, scale: M.clampScale(next.scale ?? from.scale), animation: ms ? { duration: ms, easingFunction: "easeInOutQuad" } : false };
        if (network) network.moveTo(goal); else wished = goal;
      },
      wish: M.noWish, fold() {}, isFolded: () => false, foldsByItself: () => false, // an ego map has no groups
    };
  };
})();
