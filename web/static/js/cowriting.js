// Knows when the pen is needed: its script, and the library with it, is fetched when somebody first goes into a field for it.
// @ts-check

export function start() {
  const fetchIt = (/** @type {Event} */ { target }) => {
    if (!(target instanceof HTMLTextAreaElement) || !target.matches(".versions .version-input")) return;
    document.removeEventListener("focusin", fetchIt);
    const needed = [import("./leaving.js"), import("./beginning.js")];
    if ("WebSocket" in window) needed.push(import("./pen.js"));
    Promise.all(needed).catch(reportError);
  };
  document.addEventListener("focusin", fetchIt);
}
