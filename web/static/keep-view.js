"use strict";
// The part of the map that is seen is behind the # of the address, which the server does not get by itself.
for (const form of document.querySelectorAll("[data-keep-view]")) {
  form.addEventListener("submit", () => {
    const kept = form.elements.adresse;
    if (location.hash || location.search) kept.value = kept.value.split(/[?#]/)[0] + location.search + location.hash;
  });
}
