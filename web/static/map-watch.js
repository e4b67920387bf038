"use strict";
// The colours of the page, and whether the data have changed since they were drawn.
(() => {
  const M = (window.maillageMap ??= {});
  const EVERY = 60_000; // ms

  M.readColours = () => {
    const style = getComputedStyle(document.querySelector(".map-page"));
    const names = { ground: "ground", disc: "disc", discRim: "disc-rim", band: "band", cell: "cell", bandRim: "band-rim", tray: "tray", trayRim: "tray-rim", ink: "ink", halo: "halo", soft: "soft", title: "title", bubble: "bubble", bundle: "bundle", path: "path", proposed: "proposed", imagined: "imagined", appeared: "appeared", gone: "gone", kept: "kept" };
    return Object.fromEntries(Object.entries(names).map(([key, name]) => [key, style.getPropertyValue(`--map-${name}`).trim()]));
  };

  // Ask now and then, while the page is looked at; say it once for each new revision.
  M.watchRevision = (stage, drawn, changed) => {
    let told = 0;
    async function ask() {
      if (document.hidden || drawn() === undefined) return;
      try {
        const answer = await fetch(stage.dataset.revision);
        if (!answer.ok) return;
        const { revision } = await answer.json();
        if (revision > drawn() && revision !== told) told = changed(revision);
      } catch { /* asked again later */ }
    }
    setInterval(ask, EVERY);
    document.addEventListener("visibilitychange", ask);
    addEventListener("focus", ask);
  };
})();
