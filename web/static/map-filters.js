"use strict";
// The filters: the address follows the form, and with it the words, the table and the counts of the legend.
(() => {
  const M = (window.maillageMap ??= {});
  const TOLD = ["map-count", "map-path", "map-notes", "map-told", "map-table"];
  const USUAL = ["cooperation", "resource", "structural"]; // the classes shown when none is asked for

  M.queryOf = (form) => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
    const classes = new Set(query.getAll("lien"));
    if (classes.size === USUAL.length && USUAL.every((c) => classes.has(c))) query.delete("lien");
    if (query.get("grouper") === "communaute") query.delete("grouper");
    return query;
  };

  // The same page, asked again: its words take the place of those shown.
  M.tellAgain = async (live) => {
    const wanted = location.search;
    try {
      const answer = await fetch(location.pathname + wanted);
      if (!answer.ok || wanted !== location.search) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of TOLD) {
        const fresh = page.getElementById(id), own = document.getElementById(id);
        if (fresh && own) own.replaceChildren(...fresh.childNodes);
      }
      const counts = new Map([...page.querySelectorAll("#map-legend label")].map((l) => [keyOf(l), l.querySelector(".map-n").textContent]));
      for (const l of document.querySelectorAll("#map-legend label")) l.querySelector(".map-n").textContent = counts.get(keyOf(l)) || "0";
      live.textContent = document.getElementById("map-count").textContent;
    } catch { /* the drawing says it too */ }
  };
  const keyOf = (label) => label.querySelector("input").name + label.querySelector("input").value;

  // A slider for the year: its last notch is "today", the number beside it says the same to a keyboard.
  M.slideYears = (form, changed) => {
    const slider = document.getElementById("map-slider"), box = document.getElementById("map-years"), field = form.elements.annee;
    if (!slider || !field) return () => {};
    let waiting = 0;
    const said = document.getElementById("map-slider-said");
    const tell = () => { said.textContent = slider.value === slider.max ? slider.dataset.now : slider.value; slider.setAttribute("aria-valuetext", said.textContent); };
    const follow = () => { slider.value = field.value || slider.max; tell(); };
    box.hidden = false;
    slider.addEventListener("input", (event) => {
      event.stopPropagation();
      field.value = slider.value === slider.max ? "" : slider.value;
      tell();
      clearTimeout(waiting);
      waiting = setTimeout(changed, 250);
    });
    slider.addEventListener("change", (event) => event.stopPropagation());
    follow();
    return follow;
  };
})();
