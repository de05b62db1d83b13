// Knows a ballot's dots as they stand in its form: how many are left, how many may go on one, and how that is drawn.
// @ts-check
import { counted, words, write } from "./words.js";

/** @param {string} ballot @returns {HTMLFormElement | null} */
export function formOf(ballot) {
  return document.querySelector(`form[data-ballot="${CSS.escape(ballot)}"]`);
}

/** @param {HTMLFormElement} form @returns {HTMLInputElement[]} */
export function fieldsOf(form) {
  return Array.from(form.querySelectorAll("input[name^='choices.']"));
}

/** The field that a − or + stands beside. @param {Element} button @returns {HTMLInputElement | null} */
export function fieldBeside(button) {
  return (button.closest(".dots") ?? button.parentElement)?.querySelector("input[name^='choices.']") ?? null;
}

/** How many dots may stand on this one, those on it included. @param {HTMLFormElement} form @param {HTMLInputElement} field */
export function mostOn(form, field) {
  const elsewhere = placedIn(form) - dotsOn(field);
  return Math.max(0, Math.min(Number(form.dataset.perCandidate || Infinity), Number(form.dataset.dots ?? 0) - elsewhere));
}

/** Draws what stands in the fields: chosen candidates, dots left, and which buttons have nothing more to do. @param {HTMLFormElement} form */
export function draw(form) {
  for (const field of fieldsOf(form)) {
    const placed = dotsOn(field), most = mostOn(form, field);
    const row = field.closest(".dots") ?? field.parentElement, candidate = field.closest(".candidate");
    field.max = String(most);
    row?.toggleAttribute("data-ready", true);
    row?.querySelector("[data-minus]")?.setAttribute("aria-disabled", String(placed <= 0));
    row?.querySelector("[data-plus]")?.setAttribute("aria-disabled", String(placed >= most));
    candidate?.toggleAttribute("data-chosen", placed > 0);
    paint(candidate?.querySelector(".drawn-dots"), placed);
  }
  const host = form.closest("[id^=ballot-]") ?? form, placed = placedIn(form);
  for (const place of host.querySelectorAll("[data-left]")) {
    write(place, counted(place, "left", Number(form.dataset.dots ?? 0) - placed));
  }
  paint(host.querySelector("[data-left-dots]"), placed);
}

/** @param {HTMLInputElement} field */
function dotsOn(field) {
  return Math.max(0, Math.trunc(Number(field.value)) || 0);
}

/** @param {HTMLFormElement} form */
function placedIn(form) {
  return fieldsOf(form).reduce((sum, field) => sum + dotsOn(field), 0);
}

/** @param {Element | null | undefined} dots @param {number} placed */
function paint(dots, placed) {
  Array.from(dots?.children ?? []).forEach((dot, at) => dot.toggleAttribute("data-placed", at < placed));
}

/** Says who of the voter's place changed its one ballot last; "" for nobody else. @param {HTMLFormElement} form @param {string} name */
export function sayWho(form, name) {
  const place = form.querySelector("[data-vote-by]");
  write(place, name && words(place, "by", { name }));
  place?.toggleAttribute("hidden", !name);
}
