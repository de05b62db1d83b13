// Knows menus that fold (details): Escape and a press elsewhere close them, and so does what is done in them. What unfolds in a row closes by Escape alone.
// @ts-check

const MENU = "details.menu-holder[open]";

export function start() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    for (const menu of document.querySelectorAll(MENU)) {
      if (!menu.contains(target) || target.closest("[data-open], a[href]")) menu.removeAttribute("open");
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(MENU)) {
      menu.removeAttribute("open");
      if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
    }
    const inner = document.activeElement?.closest("details[data-menu][open]");
    inner?.removeAttribute("open");
    inner?.querySelector("summary")?.focus();
  });
}
