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
    /** What another tab had too and has posted, or given up, is no draft of this one any more. @param {HTMLTextAreaElement} text @param {() => string} part what is written there now */
    follow(text, part) {
      addEventListener("storage", ({ key: changed, oldValue, newValue }) => {
        if (!changed?.startsWith(key("")) || newValue !== null || !oldValue) return;
        if (changed === key(part()) && text.value === oldValue) {
          text.value = "";
          text.dispatchEvent(new Event("input", { bubbles: true }));
        } else if (read("sessionStorage", changed) === oldValue) write("sessionStorage", changed, "");
      });
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
