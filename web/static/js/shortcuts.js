// Knows what a key does: the sheet that tells people (#keys) is the table that is read here. A press is never taken from who types.
// @ts-check
import { kept, keep } from "./kept.js";
import { act } from "./menu.js";

const TYPING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
const NOTE = "#steps .note";
/** The note that keys are about: the one in focus, or the last one that was. @type {Element | null} */ let current = null;

/** @param {HTMLElement} sheet the dialog #keys, with [data-shortcut] rows and input[data-shortcuts-on] */
export function start(sheet) {
  const rows = () => Array.from(sheet.querySelectorAll("[data-shortcut]"));
  const box = /** @type {HTMLInputElement | null} */ (sheet.querySelector("input[data-shortcuts-on]"));
  if (box) box.checked = kept("keys") !== "off";
  box?.addEventListener("change", () => keep("keys", box.checked ? "" : "off"));
  document.addEventListener("focusin", ({ target }) => { current = /** @type {Element} */ (target).closest(NOTE) ?? current; });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || kept("keys") === "off") return;
    const focused = /** @type {Element} */ (event.target);
    if (focused.closest(TYPING) || document.querySelector("dialog[open], :popover-open")) return;
    // Enter belongs to whatever is in focus, unless that is a note.
    if (event.key === "Enter" && !focused.matches(NOTE)) return;
    const row = rows().find((each) => (each.getAttribute("data-shortcut") ?? "").split(" ").includes(event.key));
    const { how = "", what = "" } = /** @type {HTMLElement | undefined} */ (row)?.dataset ?? {};
    if (!row || (event.repeat && how !== "step")) return;
    event.preventDefault();
    HOW[how]?.(what);
  });
}

/** @type {Record<string, (what: string) => void>} */
const HOW = {
  press: (what) => /** @type {HTMLElement | null} */ (document.querySelector(what))?.click(),
  focus: (what) => reach(document.querySelector(what)),
  step: (what) => {
    const notes = Array.from(document.querySelectorAll(NOTE)).filter((note) => note.checkVisibility());
    const at = current ? notes.indexOf(current) : -1;
    const next = notes[at < 0 ? (Number(what) > 0 ? 0 : notes.length - 1) : at + Number(what)];
    if (next) reach(next);
  },
  note: (what) => {
    if (current?.checkVisibility()) /** @type {HTMLElement | null} */ (current.querySelector(what))?.click();
  },
  menu: (what) => {
    if (current?.checkVisibility()) act(current, what);
  },
};

/** Opens what it is folded into, and gives it the focus. @param {Element | null} element */
function reach(element) {
  if (!(element instanceof HTMLElement)) return;
  for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  const popover = /** @type {HTMLElement | null} */ (element.closest("[popover]"));
  if (popover && !element.checkVisibility()) popover.showPopover();
  if (element.matches(NOTE)) element.tabIndex = -1;
  element.focus();
  element.scrollIntoView({ block: "nearest" });
}
