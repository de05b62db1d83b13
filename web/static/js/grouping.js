// Knows which notes are chosen in a grouping step, and fetches what only grouping needs: the merge dialog, and dragging.
// @ts-check
import { on } from "./events.js";
import { now } from "./own.js";
import { counted, write } from "./words.js";

/** @param {HTMLElement} board */
export function start(board) {
  /** @type {Element | null} */ let fresh = null;
  let merged = false;
  /** To the note that notes became, whichever comes first: the answer or the frame. */
  const settle = () => {
    if (merged && fresh) /** @type {HTMLElement | null} */ (fresh.querySelector(".grouped-choose input"))?.focus({ preventScroll: true });
    if (merged && fresh) fresh = null, merged = false;
  };
  const tell = () => {
    for (const form of board.querySelectorAll("form[data-chosen]")) {
      const n = chosen(form).length;
      form.toggleAttribute("data-local-none", n === 0);
      form.querySelector("[data-merge]")?.toggleAttribute("hidden", n < 2);
      const count = form.querySelector("[data-chosen-one]");
      write(count, n ? counted(count, "chosen", n) : "");
    }
  };

  board.addEventListener("change", (event) => {
    if (/** @type {Element} */ (event.target).matches(".grouped-choose input")) tell();
  });
  board.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-merge]"), form = button?.closest("form[data-chosen]");
    if (!button) return;
    fresh = null;
    if (form) merge(chosen(form).map((box) => /** @type {Element} */ (box.closest(".note"))), [], button);
    else ofTheMenu(/** @type {HTMLElement} */ (button.closest("[popover]")));
  });
  on("accepted", ({ form, body }) => {
    if (!form?.matches("form[data-chosen], #note-merge-form")) return;
    if (form.contains(document.activeElement)) lead(body?.get("theme"));
    for (const box of chosen(form.matches("[data-chosen]") ? form : null)) box.checked = false;
    merged = form.matches("#note-merge-form");
    settle();
    tell();
  });
  on("applied", ({ added = [], plain }) => {
    if (plain) return;
    fresh = added.find((/** @type {Element} */ each) => each.matches(".grouped[data-joined]")) ?? fresh;
    settle();
    tell();
    drag(board);
  });
  on("shown", () => drag(board));
  tell();
  drag(board);
}

/** Chosen notes were moved, and what moved them folds away: on to the theme that they are in. @param {string | null | undefined} theme */
function lead(theme) {
  const head = /** @type {HTMLElement | null} */ (document.querySelector(`section:not([hidden]) .theme-head[data-theme="${CSS.escape(theme ?? "")}"]:not([hidden])`));
  if (!head) return;
  head.tabIndex = -1;
  head.focus();
}

/** @param {Element | null} form all of them without one @returns {HTMLInputElement[]} */
function chosen(form) {
  const of = form ? `[form="${CSS.escape(form.id)}"]` : "";
  return Array.from(document.querySelectorAll(`.grouped-choose input${of}:checked`));
}

/** @param {Element[]} notes @param {Element[]} others @param {Element | null} back */
async function merge(notes, others, back) {
  const { open } = await import("./merging.js");
  open(notes, others, back);
}

/** From the wall: the note, and all that stand beside it. @param {HTMLElement} menu */
function ofTheMenu(menu) {
  const note = document.getElementById(menu.dataset.note ?? "");
  menu.hidePopover();
  if (note) merge([note], Array.from(note.parentElement?.querySelectorAll(".note:not([data-state=hidden])") ?? []).filter((each) => each !== note), note.querySelector("[data-note-menu]"));
}

/** Notes are dragged where they may be grouped, once the session is there. @param {HTMLElement} board */
async function drag(board) {
  const lists = now().kind === "group" ? board.querySelectorAll("section:not([hidden]) [data-grouping] .grouped-all:not([data-local-dragged])") : [];
  for (const list of lists) list.toggleAttribute("data-local-dragged", true);
  for (const list of lists) {
    const { start: startDragging } = await import("./dragging.js");
    startDragging(/** @type {HTMLElement} */ (list), merge);
    list.toggleAttribute("data-local-ready", true);
  }
}
