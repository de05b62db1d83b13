// Knows the one menu that all notes share: it opens beside its note, shows what can be done to it, and follows the arrow keys.
// @ts-check
import { tellOf } from "./dialogs.js";
import { on } from "./events.js";

const GAP = 4;

/** @param {HTMLElement} menu the popover #note-menu */
export function start(menu) {
  const opener = () => document.getElementById(menu.dataset.note ?? "")?.querySelector("[data-note-menu]") ?? null;
  const items = () => Array.from(menu.querySelectorAll("button, a[href]")).filter((item) => item.checkVisibility?.() ?? true);

  const open = (/** @type {HTMLElement} */ button, /** @type {Element} */ note) => {
    menu.dataset.note = note.id;
    tellOf(note, menu);
    fit(note, menu);
    menu.showPopover();
    beside(menu, button);
    button.setAttribute("aria-expanded", "true");
    /** @type {HTMLElement | undefined} */ (items()[0])?.focus();
  };

  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-note-menu]");
    const note = button?.closest("[data-key]");
    if (!(button instanceof HTMLElement) || !note) return;
    event.preventDefault();
    if (menu.matches(":popover-open") && menu.dataset.note === note.id) menu.hidePopover();
    else open(button, note);
  });
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = items();
    if (!step && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    const at = all.indexOf(/** @type {Element} */ (document.activeElement));
    const next = step ? (at + step + all.length) % all.length : event.key === "Home" ? 0 : all.length - 1;
    /** @type {HTMLElement | undefined} */ (all[next])?.focus();
  });
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
    const button = opener();
    button?.setAttribute("aria-expanded", "false");
    const lost = !document.activeElement || document.activeElement === document.body || menu.contains(document.activeElement);
    if (lost && button instanceof HTMLElement) button.focus();
  });
  on("applied", () => {
    if (!menu.matches(":popover-open")) return;
    const note = document.getElementById(menu.dataset.note ?? "");
    if (note) fit(note, menu);
    else menu.hidePopover();
  });
}

/** Does what an entry of the menu does, without opening it: the first of these commands that fits the note. @param {Element} note @param {string} commands */
export function act(note, commands) {
  const menu = document.getElementById("note-menu");
  if (!menu) return;
  tellOf(note, menu);
  fit(note, menu);
  const forms = Array.from(menu.querySelectorAll("form:not([hidden])"));
  const asks = (/** @type {Element} */ form) => commands.split(" ").includes(/** @type {HTMLInputElement | null} */ (form.querySelector("input[name=do]"))?.value ?? "");
  /** @type {HTMLFormElement | undefined} */ (forms.find(asks))?.requestSubmit();
}

/** Shows the entries that fit the note's state: data-when="mine !locked, facilitator". @param {Element} note @param {Element} menu */
function fit(note, menu) {
  const holds = new Set([note.getAttribute("data-state") || "shown"]);
  for (const mark of ["pinned", "locked", "spotlit", "joined"]) if (note.hasAttribute(`data-${mark}`)) holds.add(mark);
  if (note.classList.contains("is-mine")) holds.add("mine");
  if (document.querySelector("#headlines-head[data-drafting]")) holds.add("drafting");
  if (document.getElementById("board")?.dataset.audience === "facilitators") holds.add("facilitator");
  const roadmap = document.querySelector("#steps > [data-kind=roadmap]"), on = document.querySelector("#now[data-kind=roadmap]");
  if (holds.has("facilitator") ? roadmap : on) holds.add("roadmap");
  const all = (/** @type {string} */ group) => group.trim().split(/\s+/)
    .every((word) => (word.startsWith("!") ? !holds.has(word.slice(1)) : holds.has(word)));
  for (const entry of menu.querySelectorAll("[data-when]")) {
    entry.toggleAttribute("hidden", !(entry.getAttribute("data-when") ?? "").split(",").some(all));
  }
}

/** Under the button and within the window, from whichever side the language begins. @param {HTMLElement} menu @param {Element} button */
function beside(menu, button) {
  const around = button.getBoundingClientRect(), { width, height } = menu.getBoundingClientRect();
  const rtl = getComputedStyle(menu).direction === "rtl";
  const left = rtl ? around.left : around.right - width;
  const below = around.bottom + GAP + height <= innerHeight ? around.bottom + GAP : around.top - GAP - height;
  Object.assign(menu.style, { position: "fixed", inset: "auto", margin: "0" });
  menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  menu.style.top = `${Math.max(GAP, Math.min(below, innerHeight - height - GAP))}px`;
}
