// Knows where a refusal's sentence is shown: beside the form that asked, else in a toast.
// @ts-check
import { words } from "./words.js";

let shown = 0;

/**
 * @param {HTMLFormElement | null} form @param {Element | null} sentence
 * @param {{ kind?: string, field?: string }} [about] the field that it is about
 */
export function showRefusal(form, sentence, { field = "" } = {}) {
  if (!sentence) return toast(words(document.getElementById("toasts"), "failed"));
  const slot = form?.querySelector("[data-refusal]");
  if (!form || !slot || slot.closest("dialog, [popover], form")?.checkVisibility?.() === false) return toast(sentence.textContent ?? "");
  const said = /** @type {Element} */ (document.importNode(sentence, true));
  said.id = `refused-${(shown += 1)}`;
  slot.replaceChildren(said);
  slot.toggleAttribute("hidden", false);
  const culprit = form.querySelector(`[name="${CSS.escape(field || "text")}"]`);
  culprit?.setAttribute("aria-invalid", "true");
  const told = (culprit?.getAttribute("aria-describedby") ?? "").split(" ");
  if (!slot.id || !told.includes(slot.id)) culprit?.setAttribute("aria-describedby", [...told, said.id].join(" ").trim());
}

/** @param {HTMLFormElement} form */
export function clearRefusal(form) {
  const slot = form.querySelector("[data-refusal]");
  if (!slot?.firstElementChild) return;
  const said = slot.firstElementChild.id;
  slot.replaceChildren();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== said);
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}

const READING = 9_000;

/** Shows a sentence for a while; it stays as long as somebody is on it. @param {string} text */
export function toast(text) {
  const host = document.getElementById("toasts");
  const pattern = /** @type {HTMLTemplateElement | null} */ (document.getElementById("toast-row"));
  if (!host || !pattern || !text.trim()) return;
  const row = /** @type {HTMLElement} */ (pattern.content.firstElementChild?.cloneNode(true));
  const place = row.querySelector("[data-toast-text]") ?? row;
  place.textContent = text.trim();
  row.querySelector("[data-dismiss]")?.addEventListener("click", () => row.remove());
  host.append(row);
  const leave = () => { if (row.matches(":hover, :focus-within")) setTimeout(leave, READING); else row.remove(); };
  setTimeout(leave, READING);
}
