"use strict";
// The drawing on a canvas of our own. While one moves, a bitmap is shifted; a sharp one is made in portions, so
// that no frame waits for it; the first at once, as there is nothing else to see.
(() => {
  const M = (window.maillageMap ??= {});
  const BESIDE = 160; // pixels drawn beyond the stage, seen when one pans
  const QUICK = 9; // ms: a drawing made in less is made anew at each frame
  const PORTION = { moving: 9, still: 22 }; // ms a frame given to the sharp drawing
  const FAINT = { symbols: 0.12, strokes: 0.06 }; // what is not near the chosen actor

  // `look()` says how it should look now; `on` is told of taps and moves.
  M.canvasEngine = (stage, look, on) => {
    const canvas = document.createElement("canvas"), ctx = canvas.getContext("2d", { alpha: false });
    canvas.setAttribute("aria-hidden", "true");
    stage.append(canvas);
    let front = document.createElement("canvas"), back = document.createElement("canvas");
    let view = { x: 0, y: 0, scale: 1, width: 1, height: 1 };
    let graph = null, grid = null, routes = null, wish = M.noWish();
    let painted = null, job = null, stale = false, cost = Infinity, asked = 0, hovered = -1, moved = 0, stop = () => {};
    const ratio = () => Math.min(2, window.devicePixelRatio || 1);

    // --- the sharp drawing, in portions ---

    function* drawing(pen, wide) {
      const now = look();
      const folded = M.foldedDiscs(graph, view.scale, wish);
      if (!routes || routes.folded.some((one, k) => one !== folded[k])) { routes = M.routesOf(graph, folded); yield; }
      const strength = now.near ? FAINT : { symbols: 1, strokes: 1 }, mine = routes;
      pen.fillStyle = now.colours.ground; pen.globalAlpha = 1; pen.fillRect(0, 0, wide.width, wide.height);
      M.ground(pen, wide, graph, mine.folded, now);
      yield;
      yield* M.isCrowd(mine, wide) ? M.density(pen, wide, graph, mine, now, strength) : M.strokes(pen, wide, graph, mine, now, strength.strokes);
      yield* M.bundleStrokes(pen, wide, mine, now, strength.strokes * 2);
      yield* M.symbols(pen, wide, graph, mine, now, strength.symbols);
      M.bubbles(pen, wide, graph, mine.folded, now);
      yield;
      M.over(pen, wide, graph, mine, now);
      yield;
      yield* M.names(pen, wide, graph, mine, now);
    }

    function begin() {
      const wide = { ...view, beside: BESIDE, width: view.width + 2 * BESIDE, height: view.height + 2 * BESIDE }, r = ratio();
      if (back.width !== Math.round(wide.width * r) || back.height !== Math.round(wide.height * r)) { back.width = Math.round(wide.width * r); back.height = Math.round(wide.height * r); }
      const pen = back.getContext("2d", { alpha: false, willReadFrequently: true });
      pen.setTransform(r, 0, 0, r, 0, 0);
      stale = false;
      job = { pen, steps: drawing(pen, wide), view: wide, began: performance.now(), spent: 0 };
    }

    function advance(portion) {
      const began = performance.now();
      let over = false;
      // Reading a pixel makes the browser draw now what it would else keep for one long frame.
      do { over = job.steps.next().done; if (painted) job.pen.getImageData(0, 0, 1, 1); } while (!over && performance.now() - began < portion);
      job.spent += performance.now() - began;
      if (!over) return;
      [front, back] = [back, front];
      painted = job.view; cost = job.spent;
      stage.dispatchEvent(new CustomEvent("map:sharp", { detail: { took: performance.now() - job.began, spent: job.spent } }));
      job = null;
    }

    // --- frames ---

    function frame() {
      asked = 0;
      if (!graph || view.width < 2) return;
      const moving = performance.now() - moved < 150;
      if (!job && (stale || !fits())) begin();
      if (job) advance(!painted || (cost < QUICK && moving) ? Infinity : moving ? PORTION.moving : PORTION.still);
      present();
      if (job || stale || !fits()) ask();
    }
    function ask() { asked ||= requestAnimationFrame(frame); }
    const fits = () => painted && painted.x === view.x && painted.y === view.y && painted.scale === view.scale && painted.width === view.width + 2 * BESIDE && painted.height === view.height + 2 * BESIDE;

    function present() {
      if (!painted) return;
      const r = ratio(), now = look(), factor = view.scale / painted.scale, [cx, cy] = M.toScreen(view, painted.x, painted.y);
      ctx.setTransform(r, 0, 0, r, 0, 0);
      const wide = painted.width * factor, high = painted.height * factor, left = cx - wide / 2, top = cy - high / 2;
      if (left > 0 || top > 0 || left + wide < view.width || top + high < view.height) { ctx.fillStyle = now.colours.ground; ctx.fillRect(0, 0, view.width, view.height); }
      ctx.imageSmoothingEnabled = factor !== 1;
      ctx.drawImage(front, left, top, wide, high);
      if (hovered >= 0 && routes && !routes.hidden[hovered]) M.hover(ctx, view, graph, hovered, now);
    }

    // --- the reader ---

    function set(next) { view = { ...view, ...next, scale: M.clampScale(next.scale ?? view.scale) }; moved = performance.now(); ask(); }
    function under([sx, sy]) {
      if (!graph || !routes) return { actor: -1, disc: -1 };
      grid ??= M.gridOf(graph);
      const [mx, my] = M.toMap(view, sx, sy), visible = (i) => !routes.hidden[i];
      const actor = grid(mx, my, 7 / view.scale, (i) => M.radiusOn(graph, i, view.scale) / view.scale, visible);
      if (actor >= 0 && (view.scale > 0.05 || graph.n < 2000)) return { actor, disc: -1 };
      const disc = M.bubbleAt(view, graph, routes.folded, sx, sy);
      const title = disc < 0 ? (graph.handles || []).find(([, l, t, right, b]) => sx + BESIDE >= l && sx + BESIDE <= right && sy + BESIDE >= t && sy + BESIDE <= b) : null;
      return { actor: disc < 0 ? actor : -1, disc: title ? title[0] : disc };
    }
    function zoomAbout(factor, [sx, sy]) {
      const [mx, my] = M.toMap(view, sx, sy), scale = M.clampScale(view.scale * factor);
      set({ scale, x: mx - (sx - view.width / 2) / scale, y: my - (sy - view.height / 2) / scale });
    }
    M.listenToGestures(stage, {
      pan: (dx, dy) => { stop(); hovered = -1; set({ x: view.x - dx / view.scale, y: view.y - dy / view.scale }); stage.classList.add("map-grabbed"); },
      zoom: (factor, at) => { stop(); zoomAbout(factor, at); },
      tap: (at) => { const { actor, disc } = under(at); if (actor < 0 && disc >= 0) on.group(disc); else on.tap(actor); },
      open: (at) => { const { actor } = under(at); if (actor >= 0) on.open(actor); },
      rest: () => { stage.classList.remove("map-grabbed"); on.moved(); },
      hover: (at) => {
        const { actor, disc } = at ? under(at) : { actor: -1, disc: -1 };
        stage.classList.toggle("map-pointed", actor >= 0 || disc >= 0);
        if (actor !== hovered) { hovered = actor; ask(); }
      },
    });
    new ResizeObserver(() => {
      const width = stage.clientWidth, height = stage.clientHeight, r = ratio();
      if (!width || !height) return;
      if (canvas.width !== Math.round(width * r) || canvas.height !== Math.round(height * r)) { canvas.width = Math.round(width * r); canvas.height = Math.round(height * r); }
      view = { ...view, width, height };
      if (graph) frame();
    }).observe(stage);

    return {
      show(next) { graph = next; grid = routes = painted = job = null; wish = M.noWish(); stale = true; cost = Infinity; ask(); },
      restyle() { stale = true; job = null; ask(); },
      view: () => ({ x: view.x, y: view.y, scale: view.scale }),
      size: () => ({ width: stage.clientWidth, height: stage.clientHeight }),
      moveTo(next, ms = 0) {
        stop();
        const goal = { x: next.x ?? view.x, y: next.y ?? view.y, scale: M.clampScale(next.scale ?? view.scale) };
        if (ms) stop = M.glide(view, goal, ms, set); else set(goal);
      },
      // Which groups are folded: as the reader wishes (see map-bubbles.js), and whether one is now.
      wish: () => wish,
      fold(next) { wish = next; stale = true; job = null; ask(); },
      foldsByItself: () => M.isCrowded(graph, view.scale),
      isFolded: (k) => Boolean(M.foldedDiscs(graph, view.scale, wish)[k]),
    };
  };
})();
