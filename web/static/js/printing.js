// Knows how a sheet is printed: its button is there only where a script can press it.
// @ts-check

export function start() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.toggleAttribute("hidden", false);
    button.addEventListener("click", () => print());
  }
}
