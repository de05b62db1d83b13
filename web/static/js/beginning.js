// Knows a version in a further language from its first letter on: it is claimed, and once it stands, its own field and pen go on with it.
// @ts-check
import { on } from "./events.js";
import { merged } from "./pen-merging.js";

/** The language that a form's writer chose, also when it is no longer on offer. @type {Map<HTMLFormElement, string>} */
const begun = new Map();
let composing = false;

const base = (/** @type {string} */ tag) => tag.split("-")[0].toLowerCase();

/** @param {HTMLFormElement} form */
function begin(form) {
  const language = /** @type {HTMLSelectElement} */ (form.elements.namedItem("language")).value;
  if (begun.get(form) === language) return;
  begun.set(form, language);
  const claim = /** @type {HTMLFormElement | null | undefined} */ (form.closest(".other")?.querySelector("[data-begin]"));
  const field = /** @type {HTMLInputElement | null} */ (claim?.elements.namedItem("language") ?? null);
  if (field) field.value = language;
  claim?.requestSubmit();
}

/** To the version's own field, with the caret, and with whatever others wrote there meanwhile. @param {HTMLTextAreaElement} from @param {HTMLTextAreaElement} to */
function handOver(from, to) {
  const { selectionStart, selectionEnd, value } = from, focused = document.activeElement === from;
  const around = /** @type {HTMLDetailsElement} */ (to.closest("details")), before = /** @type {HTMLDetailsElement} */ (from.closest("details"));
  around.open = true;
  to.value = merged("", value, to.value);
  to.dispatchEvent(new Event("input", { bubbles: true }));
  if (focused) {
    to.focus();
    to.setSelectionRange(selectionStart, selectionEnd);
  }
  from.form?.reset();
  before.open = false;
}

function settle() {
  for (const [form, language] of begun) {
    const from = form.querySelector("textarea"), card = form.closest(".headline");
    if (!card || !from?.value.trim()) begun.delete(form);
    else if (!composing) {
      const fields = /** @type {HTMLTextAreaElement[]} */ (Array.from(card.querySelectorAll(".version-edit:not(.shut) textarea[data-pen]")));
      const to = fields.find(({ lang }) => base(lang) === base(language));
      if (to) begun.delete(form);
      if (to) handOver(from, to);
    }
  }
}

document.addEventListener("input", ({ target }) => {
  if (!(target instanceof HTMLTextAreaElement) || !target.form || !target.matches(".other .version-input")) return;
  if (target.value.trim() && !begun.has(target.form)) begin(target.form);
});
document.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLSelectElement && target.form && begun.has(target.form)) begin(target.form);
});
for (const name of ["compositionstart", "compositionend"]) {
  document.addEventListener(name, () => {
    composing = name === "compositionstart";
    if (!composing) setTimeout(settle);
  });
}
on("applied", settle);
