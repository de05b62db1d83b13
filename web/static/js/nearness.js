// Knows what notes are near to each other, as the list of suggestions has it: badges, the way to those near, and what it all hangs on.
// @ts-check
import { counted, write } from "./words.js";

const LIT = "data-local-lit";

/** Each note's badge says how many others are about the same subject. @param {Element} board @param {Element | null} list */
export function showBadges(board, list) {
  const near = new Map(Array.from(list?.querySelectorAll("[data-near]") ?? [], (each) => [each.getAttribute("data-near"), Number(each.getAttribute("data-n"))]));
  for (const badge of board.querySelectorAll("[data-alike-badge]")) {
    const n = near.get(badge.getAttribute("data-alike-badge")) ?? 0;
    badge.toggleAttribute("hidden", !n);
    write(badge, n ? counted(list, "near", n) : "");
  }
}

/** From a note to those about the same subject: their suggestion is shown, or the notes are. @param {Element} board @param {HTMLDetailsElement} place @param {string} note */
export function lead(board, place, note) {
  const subject = /** @type {HTMLElement | null} */ (place.querySelector(`.alike-subject[data-notes~="${CSS.escape(note)}"]`));
  const cards = [note, ...others(place.querySelector(`[data-near="${CSS.escape(note)}"]`))].map(card);
  for (const each of board.querySelectorAll(`[${LIT}]`)) each.removeAttribute(LIT);
  for (const each of cards) each?.setAttribute(LIT, "");
  if (subject) place.open = true;
  (subject ?? cards[1])?.scrollIntoView({ block: "center" });
  (subject ?? /** @type {HTMLElement | null} */ (cards[1]?.querySelector("input, button") ?? null))?.focus({ preventScroll: true });
}

/** The notes of a suggestion, where they are grouped. @param {Element | null} subject @returns {Element[]} */
export function notesOf(subject) {
  return (subject?.getAttribute("data-notes")?.split(" ") ?? []).map(card).filter((each) => each !== null);
}

/** What suggestions hang on: which notes lie where in which words, and what was dismissed. @param {Element} place */
export function signature(place) {
  const section = place.closest("section");
  const rows = Array.from(section?.querySelectorAll(".grouped, [data-theme]") ?? [], (row) => ["id", "data-text-seq", "data-key"].map((name) => row.getAttribute(name)).concat(row.querySelector("h2")?.textContent ?? ""));
  return [...rows, section?.querySelector("[data-dismissed]")?.getAttribute("data-dismissed")].join("\n");
}

/** @param {Element | null} near */
function others(near) {
  return near?.getAttribute("data-with")?.split(" ") ?? [];
}

/** @param {string} note */
function card(note) {
  return document.getElementById(`grouped-note-${note}`);
}
