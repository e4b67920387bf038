// Menus that slide on a small screen: the entry of this page is brought into view, and the fading edge
// that says "there is more" goes when there is no more.
if (matchMedia("(max-width: 60rem)").matches) {
  for (const strip of document.querySelectorAll(".site-header nav, .beside ul")) {
    const tell = () => strip.toggleAttribute("data-end", strip.scrollLeft + strip.clientWidth > strip.scrollWidth - 2);
    const here = strip.querySelector("[aria-current]");
    if (here) {
      const box = here.getBoundingClientRect(), own = strip.getBoundingClientRect();
      strip.scrollLeft += box.left - own.left - (own.width - box.width) / 2;
    }
    strip.addEventListener("scroll", tell, { passive: true });
    tell();
  }
}
