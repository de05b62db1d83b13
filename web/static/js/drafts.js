// Knows what was being written and not yet posted, kept in this browser per board and step.
// @ts-check

/** @param {string} board @param {string} person */
export function draftsOf(board, person) {
  const key = (/** @type {string} */ step) => `draft:${board}:${person}:${step}`;
  return {
    /** @param {string} step @param {string} text */
    keep(step, text) {
      try {
        if (text) localStorage.setItem(key(step), text);
        else localStorage.removeItem(key(step));
      } catch {
        // A full or forbidden storage costs the draft, not the writing.
      }
    },
    /** @param {string} step */
    of(step) {
      try {
        return localStorage.getItem(key(step)) ?? "";
      } catch {
        return "";
      }
    },
  };
}
