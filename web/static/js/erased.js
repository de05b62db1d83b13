// Knows what this device still holds of what somebody wrote who is forgotten: drafts, and what was never sent. It goes.
// @ts-check
const board = document.querySelector("[data-erased]")?.getAttribute("data-erased");
try {
  for (const kept of [localStorage, sessionStorage]) {
    const theirs = (/** @type {string} */ key) => key.startsWith(`flipchart:${board}:`) || key.startsWith(`draft:${board}:`);
    for (const key of Object.keys(kept).filter(theirs)) kept.removeItem(key);
  }
} catch {
  // Without storage nothing was kept.
}
