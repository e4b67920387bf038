"use strict";
// The tour without leaving the full screen: steps replace one another in the page. Links alone do it too.
(() => {
  const tour = document.getElementById("tour");
  if (!tour) return;
  let asked = 0;

  async function go(address, push = true) {
    const turn = ++asked;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("tour");
      if (turn !== asked) return;
      if (!answer.ok || !fresh) return void location.assign(address);
      tour.replaceChildren(...fresh.childNodes);
      document.title = page.title;
      if (push) history.pushState(null, "", address);
      prepare();
      tour.focus();
      scrollTo(0, 0);
    } catch { location.assign(address); }
  }

  function prepare() {
    const wide = tour.querySelector("[data-full-screen]");
    if (wide && document.fullscreenEnabled) wide.hidden = false;
    const keys = tour.querySelector("[data-tour-keys]");
    if (keys) keys.hidden = false;
  }

  const toggle = () => (document.fullscreenElement ? document.exitFullscreen() : tour.requestFullscreen?.());

  tour.addEventListener("click", (event) => {
    if (event.target.closest("[data-full-screen]")) return void toggle();
    const link = event.target.closest(".tour-steps a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !/\/visite(\/\d+)?$/.test(link.pathname)) return;
    event.preventDefault();
    go(link.href);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, .tour-scroll")) return;
    const side = { ArrowLeft: "prev", PageUp: "prev", ArrowRight: "next", PageDown: "next" }[event.key];
    const link = side && tour.querySelector(`.tour-steps [rel="${side}"]`);
    if (link) { event.preventDefault(); go(link.href); }
    if (event.key === "f") toggle();
  });
  addEventListener("popstate", () => go(location.href, false));
  prepare();
})();
