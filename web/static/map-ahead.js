"use strict";
// Asks for the data of the drawing while the page is still being read: with luck they are there when the drawing
// begins, and it is on screen with the page's first picture instead of after it. Without this file map.js asks.
(() => {
  const M = (window.maillageMap ??= {}), link = document.querySelector("link[rel=preload][as=fetch]");
  if (!link) return;
  M.ahead = { address: link.href, bytes: fetch(link.href).then((answer) => (answer.ok ? answer.arrayBuffer() : null)).catch(() => null) };
})();
