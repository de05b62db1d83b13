// Knows what was typed at a board's door on this device, for whoever must come in again because the board was put back.
// @ts-check
import { keep, kept } from "./kept.js";

/**
 * `person` is whom this became, "" for whoever comes in next; `was`, with what they had typed, whom the board no longer knew.
 * @typedef {{ person: string, name?: string, place?: string, place_id?: string, was?: Typed }} Typed
 */
const FIELDS = /** @type {const} */ (["name", "place", "place_id"]);

/** @param {HTMLElement} door */
export function start(door) {
  const { door: board = "", was = "", newcomer = "" } = door.dataset, name = `${board}:door`;
  const last = typedAt(board), known = [last, last?.was].find((each) => was && each?.person === was);
  const form = /** @type {HTMLFormElement | null} */ (door.querySelector("form[method=post]"));
  const field = (/** @type {string} */ named) => /** @type {HTMLInputElement | null} */ (form?.elements.namedItem(named) ?? null);

  for (const each of FIELDS) {
    const empty = field(each);
    if (empty && !empty.value) empty.value = known?.[each] ?? "";
  }
  if (was && holds(board, was)) door.querySelector("[data-kept]")?.removeAttribute("hidden");
  const former = was && { was: { ...known, person: was, was: undefined } };
  // Who goes back to a link of their own becomes a person whom nobody knows yet.
  if (!form && was && holds(board, was)) keep(name, JSON.stringify({ person: "", ...former }));
  form?.addEventListener("submit", () => {
    const typed = Object.fromEntries(FIELDS.map((each) => [each, field(each)?.value.trim() ?? ""]));
    comesAnew(board);
    keep(name, JSON.stringify({ person: newcomer, ...typed, ...former }));
  });
}

/** The board's page loads itself anew once in a while only: whoever comes in by a press starts from nothing. @param {string} board */
function comesAnew(board) {
  try {
    sessionStorage.removeItem(`flipchart:reloaded:/b/${board}`);
  } catch {
    // Without storage it counted nothing.
  }
}

/** What was typed last at the door of that board. @param {string} board @returns {Typed | null} */
export function typedAt(board) {
  try {
    return JSON.parse(kept(`${board}:door`) || "null");
  } catch {
    return null;
  }
}

/** Is there anything here that they had not sent? @param {string} board @param {string} person */
function holds(board, person) {
  try {
    return Object.entries(localStorage).some(([key, text]) => text && [`flipchart:${board}:${person}:`, `draft:${board}:${person}:`].some((start) => key.startsWith(start)));
  } catch {
    return false;
  }
}
