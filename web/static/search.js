"use strict";
// Suggestions as one types, after the combobox pattern of the ARIA authoring practices: the focus stays in the
// box, arrows go through the list, Entrée opens the one shown as active or, without one, searches the site.
(() => {
  const WAIT = 130, SHORTEST = 2;

  for (const box of document.querySelectorAll("input[data-suggest]")) attach(box);

  function attach(box) {
    const list = document.createElement("ul");
    const told = document.createElement("span");
    list.id = `${box.id}-suggestions`;
    list.hidden = true;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.list);
    told.className = "unseen";
    told.setAttribute("role", "status");
    box.after(list, told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) box.setAttribute(name, value);

    let active = -1, timer = 0, turn = 0, asked = "";
    const options = () => [...list.children];

    function show(found) {
      list.replaceChildren(...found.map(option));
      active = -1;
      box.removeAttribute("aria-activedescendant");
      list.hidden = !found.length;
      box.setAttribute("aria-expanded", String(found.length > 0));
      told.textContent = found.length ? (found.length === 1 ? box.dataset.one : box.dataset.many.replace("{n}", found.length)) : box.dataset.none;
    }

    function option(found, k) {
      const line = document.createElement("li");
      line.id = `${list.id}-${k}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.dataset.address = found.address;
      const name = document.createElement("span"), sort = document.createElement("span");
      name.textContent = found.name;
      sort.textContent = found.sort;
      sort.className = "sort";
      line.append(name, " ", sort);
      return line;
    }

    function close() {
      clearTimeout(timer);
      turn += 1;
      list.hidden = true;
      active = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    }

    function move(step) {
      const lines = options();
      if (list.hidden || !lines.length) return look(0);
      lines[active]?.setAttribute("aria-selected", "false");
      active = (active + step + lines.length + (active < 0 && step < 0 ? 1 : 0)) % lines.length;
      lines[active].setAttribute("aria-selected", "true");
      lines[active].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", lines[active].id);
    }

    function look(wait = WAIT) {
      clearTimeout(timer);
      timer = setTimeout(ask, wait);
    }

    async function ask() {
      const text = box.value.trim(), mine = ++turn;
      asked = text;
      if (text.length < SHORTEST) { told.textContent = ""; return close(); }
      try {
        const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: text })}`, { headers: { Accept: "application/json" } });
        const found = answer.ok ? await answer.json() : [];
        if (mine === turn && document.activeElement === box) show(found);
      } catch { if (mine === turn) close(); }
    }

    box.addEventListener("input", () => { if (box.value.trim() !== asked) look(); });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
      else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      else if (event.key === "Enter" && active >= 0) { event.preventDefault(); location.assign(options()[active].dataset.address); }
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const line = event.target.closest("[data-address]");
      if (line) location.assign(line.dataset.address);
    });
  }
})();
