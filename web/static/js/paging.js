// Knows the pages on the stage: keys turn them for who may, the next one is fetched ahead, and one can be looked at large.
// @ts-check
import { on } from "./events.js";

const TURNS = { ArrowRight: "on", PageDown: "on", ArrowLeft: "back", PageUp: "back" };
/** A whole room fetches the next page: not all at the same moment. */
const SPREAD = 2_000;

export function start() {
  /** @type {HTMLImageElement | null} */ let ahead = null;
  /** @type {number | undefined} */ let timer;

  const fetchAhead = () => {
    const page = shown(), next = page?.dataset.next, picture = page?.querySelector("img");
    if (!next || !picture || ahead?.dataset.of === next) return;
    ahead = new Image();
    ahead.dataset.of = next;
    ahead.sizes = picture.sizes;
    ahead.srcset = `${next}/small 960w, ${next} 1920w`;
  };
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(fetchAhead, SPREAD * Math.random());
    follow();
  };

  document.addEventListener("keydown", (event) => {
    const held = /** @type {HTMLElement} */ (event.target);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (held.closest("input, textarea, select, [contenteditable], dialog, [role=menu], [role=radiogroup]")) return;
    const turn = TURNS[/** @type {keyof typeof TURNS} */ (event.key)];
    const button = turn && shown()?.querySelector(`[data-turn="${event.key.startsWith("Arrow") ? mirrored(turn) : turn}"]`);
    if (!(button instanceof HTMLElement)) return;
    event.preventDefault();
    button.click();
  });
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.("a[data-enlarge]");
    const dialog = link && document.querySelector(link.getAttribute("data-enlarge") ?? "");
    if (!(dialog instanceof HTMLDialogElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
    follow();
  });
  on("applied", ({ plain }) => { if (!plain) look(); });
  on("shown", look);
  look();
}

/** The page of the step that is on view. @returns {HTMLElement | null} */
function shown() {
  return document.querySelector(".step:not([hidden]) > .staged > .staged-page:not([hidden])");
}

/** The way that an arrow points in this page's direction of reading. @param {string} turn */
function mirrored(turn) {
  return document.documentElement.dir === "rtl" ? (turn === "on" ? "back" : "on") : turn;
}

/** What is open large is in step, too. */
function follow() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[open][data-enlarged]"));
  const from = shown()?.querySelector("img"), into = dialog?.querySelector("img");
  if (dialog && !from) dialog.close();
  if (!from || !into || into.getAttribute("src") === from.getAttribute("src")) return;
  into.setAttribute("src", from.getAttribute("src") ?? "");
  into.alt = from.alt;
}
