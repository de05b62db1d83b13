// Knows how a link is copied, and says so on its button; where there is no clipboard (plain http), it selects the link.
// @ts-check
import { words, write } from "./words.js";

const SAID = 2_000;

export function start() {
  document.addEventListener("click", async (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-copy]"));
    if (!button) return;
    if (await copied(button.dataset.copy ?? "")) say(button);
    else select(button);
  });
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {HTMLElement} button */
function say(button) {
  const place = button.querySelector("[data-copy-words]"), before = place?.textContent ?? "";
  const after = words(button, "copied");
  if (!place || before === after) return;
  write(place, after);
  setTimeout(() => write(place, before), SAID);
}

/** @param {HTMLElement} button */
function select(button) {
  const text = button.parentElement?.querySelector(".link-text") ?? button.closest("section")?.querySelector("[data-copy-source]");
  if (text) getSelection()?.selectAllChildren(text);
}
