// Knows when the pen is needed: its script, and the library with it, is fetched when somebody first goes into a field for it.
// @ts-check

export function start() {
  const fetchIt = (/** @type {Event} */ { target }) => {
    if (!(target instanceof HTMLTextAreaElement) || !target.matches("[data-pen]") || !("WebSocket" in window)) return;
    document.removeEventListener("focusin", fetchIt);
    import("./pen.js").catch(reportError);
  };
  document.addEventListener("focusin", fetchIt);
}
