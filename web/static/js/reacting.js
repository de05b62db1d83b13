// Knows how a person reacts to a note: a press shows at once, is sent by the outbox, and stands until the board has answered.
// @ts-check
import { on } from "./events.js";

/** @type {Map<string, boolean>} what was pressed and is not yet in #mine, by "note emoji" */
const pressing = new Map();

/** What this person has just pressed, or undefined when the board knows it already. @param {string} note @param {string} emoji */
export function isPressing(note, emoji) {
  return pressing.get(`${note} ${emoji}`);
}

/** @param {HTMLElement} board @param {{ keep: (command: any) => string }} asking */
export function start(board, { keep }) {
  /** @type {Map<string, string>} the newest command, by "note emoji" */
  const newest = new Map();

  board.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-react]");
    const note = button?.closest("[id^=note-]")?.id.slice("note-".length);
    if (!button || !note || button.getAttribute("aria-disabled") === "true") return;
    event.preventDefault();
    const emoji = button.getAttribute("data-react") ?? "", wanted = button.getAttribute("aria-pressed") !== "true";
    const slot = `${note} ${emoji}`;
    button.setAttribute("aria-pressed", String(wanted));
    pressing.set(slot, wanted);
    const body = new URLSearchParams({ do: "note.react", note, emoji, on: String(wanted) });
    newest.set(slot, keep({ to: board.dataset.ask ?? "", body, slot: `react ${slot}` }));
  });

  const done = (/** @type {any} */ entry, seq = 0) => {
    const slot = entry?.slot.replace(/^react /, "");
    if (!entry || newest.get(slot) !== entry.id) return;
    newest.delete(slot);
    const settle = () => { if (!newest.has(slot)) pressing.delete(slot); };
    // The answer may come before the frame that puts the reaction into #mine.
    if (Number(board.dataset.seq) >= seq) settle();
    else awaiting.push({ seq, settle });
  };
  /** @type {{ seq: number, settle: () => void }[]} */ let awaiting = [];
  on("accepted", ({ entry, seq }) => done(entry, seq));
  on("refused", ({ entry }) => done(entry));
  on("applied", () => {
    awaiting.filter(({ seq }) => Number(board.dataset.seq) >= seq).forEach(({ settle }) => settle());
    awaiting = awaiting.filter(({ seq }) => Number(board.dataset.seq) < seq);
  });
}
