// Knows what a person typed into a version that is no longer on the page: hidden, or gone. The words stay, and say why.
// @ts-check
import { on } from "./events.js";

/** Fields that somebody wrote in, and has neither sent nor given up. @type {Set<HTMLTextAreaElement>} */
const typed = new Set();

const settled = (/** @type {HTMLFormElement | null} */ form) => { for (const field of typed) if (field.form === form) typed.delete(field); };

/** @param {HTMLTextAreaElement} field */
function leave({ value, lang }) {
  const host = document.getElementById("headline-left"), pattern = host?.querySelector("template");
  const row = /** @type {HTMLElement | undefined} */ (pattern?.content.firstElementChild?.cloneNode(true));
  const words = row?.querySelector("textarea");
  if (!row || !words) return;
  Object.assign(words, { value, lang });
  row.querySelector("[data-discard]")?.addEventListener("click", () => row.remove());
  host?.append(row);
  words.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLTextAreaElement && target.matches("#headline-cards .version-input")) typed.add(target);
});
document.addEventListener("reset", ({ target }) => settled(/** @type {HTMLFormElement} */ (target)));
on("accepted", ({ form }) => settled(form));
on("applied", () => {
  for (const field of typed) {
    if (field.isConnected) continue;
    typed.delete(field);
    if (field.value.trim()) leave(field);
  }
});
