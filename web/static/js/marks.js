// Knows what on the page is this person's own, and marks it: markup is drawn once for everybody, #mine says what is mine.
// @ts-check
import { on } from "./events.js";
import { mine } from "./own.js";
import { isPressing } from "./reacting.js";
import { showVotes } from "./voting.js";
import { yes } from "./words.js";

/** @param {HTMLElement} board */
export function start(board) {
  const mark = () => {
    const own = mine();
    markNotes(board, own.notes);
    markReactions(board.querySelectorAll(".note [data-react]"), own.reactions);
    for (const form of board.querySelectorAll("form[data-ballot]")) {
      const ballot = form.getAttribute("data-ballot") ?? "";
      showVotes(ballot, own.votes[ballot] ?? { choices: {}, done: false });
    }
    for (const hand of board.querySelectorAll("button[data-hand]")) markHand(hand, yes(own.hand));
    document.documentElement.dataset.role = own.role;
  };
  /** What came is marked, and nothing else: what is one's own is as it was. @param {Element[]} roots */
  const markThese = (roots) => {
    const { notes, reactions } = mine();
    for (const note of roots.filter((root) => root.id.startsWith("note-"))) {
      const is = notes.includes(note.id.slice("note-".length));
      if (is || note.matches(".is-mine")) own(note, is);
      markReactions(note.querySelectorAll("[data-react]"), reactions);
    }
  };
  on("applied", ({ roots, plain }) => plain ? markThese(roots) : mark());
  on("refused", mark);
  mark();
}

/** @param {HTMLElement} board @param {string[]} notes */
function markNotes(board, notes) {
  const ids = new Set(notes.map((note) => `note-${note}`));
  for (const note of board.querySelectorAll(".note.is-mine")) if (!ids.has(note.id)) own(note, false);
  for (const id of ids) {
    const note = document.getElementById(id);
    if (note) own(note, true);
  }
}

/** @param {Element} note @param {boolean} is */
function own(note, is) {
  note.classList.toggle("is-mine", is);
  note.toggleAttribute("data-own", is);
  for (const part of note.querySelectorAll("[data-own]")) part.toggleAttribute("hidden", !is);
}

/** @param {Iterable<Element>} buttons @param {Record<string, string[]>} reactions */
function markReactions(buttons, reactions) {
  for (const button of buttons) {
    const note = button.closest(".note")?.id.replace(/^note-/, "") ?? "", emoji = button.getAttribute("data-react") ?? "";
    const pressed = isPressing(note, emoji) ?? reactions[note]?.includes(emoji) ?? false;
    if (button.getAttribute("aria-pressed") !== String(pressed)) button.setAttribute("aria-pressed", String(pressed));
  }
}

/** @param {Element} hand @param {boolean} up */
function markHand(hand, up) {
  hand.setAttribute("aria-pressed", String(up));
  const field = /** @type {HTMLInputElement | null} */ (hand.closest("form")?.querySelector("input[name=up]") ?? null);
  if (field) field.value = String(!up);
}
