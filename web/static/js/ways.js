// Knows how each method of voting stands in its form: what is chosen there, and how a vote is shown in it.
// @ts-check
import { draw, fieldsOf } from "./dots.js";
import { words, write } from "./words.js";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */
/** @typedef {{ choices: Record<string, number>, reasons?: Record<string, string> }} Vote */

/** @param {HTMLFormElement} form */
export const byDots = (form) => (form.dataset.method || "dots") === "dots";

/** @param {HTMLFormElement} form @param {string} owner @returns {Field[]} */
const named = (form, owner) => Array.from(form.querySelectorAll(`[name^="${owner}."]`));
const ref = (/** @type {Field} */ field) => field.name.replace(/^(choices|reasons)\./, "");
const ticked = (/** @type {Field} */ field) => !(field instanceof HTMLInputElement) || !/^(checkbox|radio)$/.test(field.type) || field.checked;

/** What the form says, as it is sent: names with their values; nothing when nothing is chosen. @param {HTMLFormElement} form @returns {[string, string][]} */
export function chosen(form) {
  const choices = named(form, "choices").filter((field) => ticked(field) && Number(field.value));
  const refused = new Set(choices.filter((field) => Number(field.value) < 0).map(ref));
  const reasons = named(form, "reasons").filter((field) => field.value.trim() && refused.has(ref(field)));
  return [...choices.map((field) => [field.name, String(Number(field.value))]), ...reasons.map((field) => [field.name, field.value])];
}

/** Shows what this voter has cast. @param {HTMLFormElement} form @param {Vote} vote */
export function show(form, vote) {
  for (const field of byDots(form) ? fieldsOf(form) : []) {
    if (document.activeElement !== field || field.value !== "") field.value = String(vote.choices[ref(field)] ?? 0);
  }
  for (const field of byDots(form) ? [] : named(form, "choices")) {
    const said = vote.choices[ref(field)] ?? "";
    if (field instanceof HTMLInputElement) field.checked = field.value === String(said);
    else field.value = String(said);
  }
  for (const field of named(form, "reasons")) if (document.activeElement !== field) field.value = vote.reasons?.[ref(field)] ?? "";
  drawn(form);
}

/** Draws what stands in the form now. @param {HTMLFormElement} form */
export function drawn(form) {
  if (byDots(form)) return draw(form);
  const said = new Set(chosen(form).map(([name]) => name.replace(/^choices\./, "")));
  for (const each of form.querySelectorAll(".candidate")) each.toggleAttribute("data-chosen", said.has(each.getAttribute("data-ref") ?? ""));
}

/** Ranks the choice of this button one higher or lower; from nowhere to the end, from the end to nowhere. @param {Element} button */
export function rank(button) {
  const form = button.closest("form"), field = button.parentElement?.querySelector("select");
  if (!form || !field) return;
  const fields = /** @type {HTMLSelectElement[]} */ (named(form, "choices")), step = button.getAttribute("data-rank") === "up" ? -1 : 1;
  const others = fields.filter((each) => each !== field && Number(each.value)), now = Number(field.value);
  const last = Math.max(0, ...others.map((each) => Number(each.value)));
  if (!now) field.value = step < 0 ? String(last + 1) : "";
  else if (now + step > Math.max(last, now) && step > 0) field.value = "";
  else if (now + step > 0) {
    for (const each of others) if (Number(each.value) === now + step) each.value = String(now);
    field.value = String(now + step);
  }
  const told = form.querySelector("[data-ranked]"), choice = button.closest(".candidate")?.querySelector(".candidate-text");
  told?.setAttribute("data-of", choice?.id ?? "");
  write(told, words(told, field.value ? "now" : "none", { n: field.value, text: choice?.textContent?.trim() ?? "" }));
}
