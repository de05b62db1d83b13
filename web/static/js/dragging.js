// Knows how notes and themes are dragged: a note to a theme or onto another note, a theme among the others. Loaded only for who may group, in a grouping step.
// @ts-check
import { on, tell } from "./events.js";
import "../vendor/sortable-1.15.7.min.js";

const ONTO = "data-local-onto", EDGE = 0.15;

/** @param {HTMLElement} list all themes of a step with their notes, in one row, or its notes of no theme @param {(notes: Element[], others: Element[], back: Element | null) => void} merge */
export function start(list, merge) {
  // A board that was blank has another one afterwards.
  const form = () => /** @type {HTMLFormElement | null} */ (list.closest(".grouping")?.querySelector("form[data-dragged]") ?? null);
  /** @type {Element | null} */ let onto = null;
  /** @type {(() => void) | null} */ let back = null;
  let held = false, dropped = false;

  /** What is outlined is what is meant, and how: on a theme's head, in the middle of a note, or at its edge, that is beside it. */
  const aim = (/** @type {Element | null} */ target, how = "") => {
    if (target !== onto) onto?.removeAttribute(ONTO);
    onto = target;
    onto?.setAttribute(ONTO, how);
  };

  const follow = (/** @type {PointerEvent} */ event) => {
    const how = onto && over(onto, event);
    aim(how ? onto : null, how || "");
  };

  new (/** @type {any} */ (globalThis)).Sortable(list, {
    group: { name: "grouped", put: (/** @type {any} */ _to, /** @type {any} */ _from, /** @type {Element} */ item) => item.matches(".grouped") },
    draggable: ":is(.grouped, .theme-head):not([hidden])",
    filter: ".ungrouped, a, button, input, label, select, summary, details[open]",
    preventOnFilter: false,
    delay: 150,
    delayOnTouchOnly: true,
    touchStartThreshold: 5,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    forceFallback: true,
    fallbackTolerance: 4,
    ghostClass: "drag-place",
    onStart: ({ item }) => {
      const next = item.nextElementSibling;
      held = true;
      dropped = false;
      back = () => { if (!next || next.parentElement === list) list.insertBefore(item, next); };
      document.addEventListener("pointermove", follow);
      tell("dragging", { is: true });
    },
    onMove: ({ dragged, related }, event) => {
      if (!dragged.matches(".grouped")) return !related.matches(".ungrouped");
      aim(related, over(related, event) || "beside");
      return false;
    },
    onEnd: ({ item }) => {
      const target = onto, how = target?.getAttribute(ONTO);
      aim(null);
      held = false;
      document.removeEventListener("pointermove", follow);
      const merges = !dropped && how === "onto" && target?.matches(".grouped");
      if (dropped) back?.();
      const said = dropped ? null : item.matches(".grouped") ? (merges ? null : moved(item, target)) : reordered(item);
      tell("dragging", { is: false });
      const asks = form();
      if (said && asks) ask(asks, said);
      // Whoever may not group any more finds no form for it.
      else if (said) back?.();
      if (merges) merge([target, item], [], null);
    },
  });
  // Notes were taken away meanwhile: what is under the finger goes back where it was, and nothing is asked.
  on("drop", () => {
    if (!held) return;
    dropped = true;
    for (const end of ["pointercancel", "touchcancel", "mouseup"]) document.dispatchEvent(new Event(end));
  });
  on("declined", ({ form: asked }) => { if (asked && asked === form()) back?.(); });
  // A note that comes meanwhile changes nothing of where the themes stand.
  on("applied", ({ roots }) => {
    if (roots.some((/** @type {Element} */ root) => root.contains(list) || (list.contains(root) && root.matches(".theme-head")))) back = null;
  });
}

/** Where on it the pointer is: a head is all middle. @param {Element} target @param {any} event @returns {"onto" | "beside" | ""} */
function over(target, event) {
  const { clientX: x, clientY: y } = event.changedTouches?.[0] ?? event.touches?.[0] ?? event;
  const { left, right, top, bottom, width, height } = target.getBoundingClientRect();
  const inside = (/** @type {number} */ part) => x > left + width * part && x < right - width * part && y > top + height * part && y < bottom - height * part;
  if (!inside(0)) return "";
  return target.matches(".theme-head") || inside(EDGE) ? "onto" : "beside";
}

/** Into the theme on whose head, or beside whose note, it was let go; null where it was. @param {HTMLElement} note @param {Element | null} target @returns {Record<string, string> | null} */
function moved(note, target) {
  const theme = target?.getAttribute("data-theme") ?? note.dataset.theme ?? "";
  return theme === note.dataset.theme ? null : { do: "note.move", note: note.id.replace(/^grouped-note-/, ""), theme };
}

/** @param {HTMLElement} head @returns {Record<string, string>} */
function reordered(head) {
  let before = head.previousElementSibling;
  while (before && !before.matches(".theme-head:not(.ungrouped)")) before = before.previousElementSibling;
  return { do: "theme.move", theme: head.dataset.theme ?? "", after: before?.getAttribute("data-theme") ?? "" };
}

/** @param {HTMLFormElement} form @param {Record<string, string>} said */
function ask(form, said) {
  form.replaceChildren(...Object.entries(said).map(([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value })));
  form.requestSubmit();
}
