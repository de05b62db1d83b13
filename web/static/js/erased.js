// Knows what this device still holds of what somebody wrote who is forgotten: drafts, and what was never sent. It goes.
// @ts-check
const board = document.querySelector("[data-erased]")?.getAttribute("data-erased");
try {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`flipchart:${board}:`) || key.startsWith(`draft:${board}:`)) localStorage.removeItem(key);
} catch {
  // Without storage nothing was kept.
}
