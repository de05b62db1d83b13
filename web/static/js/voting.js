// Knows how votes are placed: − and + within the limits, sent shortly after the last press, never undone under the finger.
// @ts-check
import { fieldBeside, formOf, mostOn, sayWho } from "./dots.js";
import { on } from "./events.js";
import { mine } from "./own.js";
import { byDots, chosen, drawn, rank, show } from "./ways.js";

const PAUSE = 250;
/** @type {Map<string, { seq: number, timer?: number, command?: string }>} ballots on which #mine does not yet show what was placed */
const pending = new Map();

/** Shows what this voter has placed, unless they are placing. @param {string} ballot @param {{ choices: Record<string, number>, reasons?: Record<string, string>, done: boolean, by?: string }} vote */
export function showVotes(ballot, vote) {
  const form = formOf(ballot);
  if (!form) return;
  pending.has(ballot) ? drawn(form) : show(form, vote);
  for (const button of document.querySelectorAll(`[data-done="${CSS.escape(ballot)}"]`)) button.setAttribute("aria-pressed", String(vote.done));
  sayWho(form, vote.by ?? "");
}

/** @param {HTMLElement} board @param {{ keep: (command: any) => string }} asking */
export function start(board, { keep }) {
  const ask = (/** @type {HTMLFormElement} */ form, /** @type {URLSearchParams} */ body, slot = "") =>
    keep({ to: board.dataset.ask ?? "", body, form: form.getAttribute("id") ?? "", slot });

  /** Sends all that stands in the form: it replaces what was cast before. */
  const cast = (/** @type {HTMLFormElement} */ form) => {
    const ballot = form.dataset.ballot ?? "", placed = chosen(form);
    clearTimeout(pending.get(ballot)?.timer);
    const body = new URLSearchParams([["do", placed.length ? "ballot.cast" : "ballot.retract"], ["ballot", ballot], ...placed]);
    pending.set(ballot, { seq: Infinity, command: ask(form, body, `vote ${ballot}`) });
  };

  const chooses = (/** @type {HTMLFormElement} */ form) => {
    const ballot = form.dataset.ballot ?? "";
    drawn(form);
    clearTimeout(pending.get(ballot)?.timer);
    pending.set(ballot, { seq: Infinity, timer: setTimeout(() => cast(form), PAUSE) });
  };
  const place = (/** @type {HTMLInputElement} */ field, /** @type {number} */ wanted) => {
    const form = /** @type {HTMLFormElement} */ (field.form);
    field.value = String(Math.max(0, Math.min(wanted, mostOn(form, field)))), chooses(form);
  };

  board.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-plus], [data-minus], [data-rank]");
    if (button?.hasAttribute("data-rank")) return rank(button), chooses(/** @type {HTMLFormElement} */ (button.closest("form")));
    const field = button && fieldBeside(button);
    if (!field || button.getAttribute("aria-disabled") === "true") return;
    place(field, Number(field.value) + (button.hasAttribute("data-plus") ? 1 : -1));
  });
  board.addEventListener("change", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (!field.form?.dataset.ballot || !/^(choices|reasons)\./.test(field.name)) return;
    byDots(field.form) ? place(field, Math.trunc(Number(field.value)) || 0) : chooses(field.form);
  });
  board.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target), done = event.submitter?.dataset.done;
    const ballot = form.dataset.ballot || done, dots = ballot && formOf(ballot);
    if (!dots) return;
    event.preventDefault();
    // Whoever says that they have finished means what stands in the form now: that goes first.
    if (!done || pending.get(ballot)?.timer) cast(dots);
    if (done) ask(dots, new URLSearchParams({ do: "ballot.done", ballot }), `done ${ballot}`);
  });

  /** The answer may come before the frame that brings it into #mine: until then the fields stay as they were left. */
  const answered = (/** @type {any} */ entry, /** @type {number} */ seq) => {
    for (const each of pending.values()) if (entry && each.command === entry.id) each.seq = seq;
    settle();
  }, settle = () => {
    const before = pending.size;
    for (const [ballot, { seq }] of pending) if (Number(board.dataset.seq) >= seq) pending.delete(ballot);
    if (pending.size < before) for (const [ballot, vote] of Object.entries(mine().votes)) showVotes(ballot, vote);
  };
  on("accepted", ({ entry, seq }) => answered(entry, seq));
  on("refused", ({ entry }) => answered(entry, 0));
  on("applied", settle);
}
