// Knows what was being written and not yet posted, per board and step: what this tab has, else what another one left.
// @ts-check

/** @param {string} board @param {string} person */
export function draftsOf(board, person) {
  const key = (/** @type {string} */ step) => `draft:${board}:${person}:${step}`;
  return {
    /** @param {string} step @param {string} text */
    keep(step, text) {
      const own = read("sessionStorage", key(step));
      write("sessionStorage", key(step), text);
      // A tab that has posted its words takes none of another tab's away.
      if (text) write("localStorage", key(step), text);
      else if (own === null || read("localStorage", key(step)) === own) write("localStorage", key(step), null);
    },
    /** A tab looks for what others left once: afterwards it has its own, be it nothing. @param {string} step */
    of(step) {
      const own = read("sessionStorage", key(step));
      if (own !== null) return own;
      const left = read("localStorage", key(step)) ?? "";
      write("sessionStorage", key(step), left);
      return left;
    },
    /** Has another tab, with which this one had the same words, posted them or given them up? @param {string} step @param {StorageEvent} event */
    areGone(step, { key: changed, oldValue, newValue }) {
      return changed === key(step) && newValue === null && Boolean(oldValue) && oldValue === read("sessionStorage", key(step));
    },
  };
}

/** @param {"sessionStorage" | "localStorage"} storage @param {string} key */
function read(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

/** @param {"sessionStorage" | "localStorage"} storage @param {string} key @param {string | null} text */
function write(storage, key, text) {
  try {
    if (text === null) window[storage].removeItem(key);
    else window[storage].setItem(key, text);
  } catch {
    // A full or forbidden storage costs the draft, not the writing.
  }
}
