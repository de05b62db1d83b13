// Knows how one element of a frame takes its place: morphed where it is, moved when its parent changed, else inserted by key.
// @ts-check
import { keepingTyped } from "./typing.js";

/** @type {any} */
let htmxOwn = null;

/** Lends us htmx's morph, and lets what the server says about a box or a choice be seen after a person used it. */
export function install() {
  htmx.registerExtension("keyed", {
    init: (/** @type {any} */ own) => { htmxOwn = own; },
    htmx_before_morph_node: (/** @type {Element} */ element) => !isOpenPopover(element),
    htmx_before_morph_attr: (/** @type {any} */ element, /** @type {any} */ { attrName, newValue }) => {
      if (element === document.activeElement) return;
      if (attrName === "checked" && "checked" in element) element.checked = newValue !== null;
      if (attrName === "selected" && "selected" in element) element.selected = newValue !== null;
    },
  });
}

/** @param {Element} old @param {Element} fresh */
export function morph(old, fresh) {
  gather(old, fresh);
  const fragment = document.createDocumentFragment();
  fragment.append(fresh);
  keepingTyped(old, () => htmxOwn.morph(old, fragment, false));
}

/** Morphs only what is inside. @param {Element} old @param {Element} fresh */
export function morphInside(old, fresh) {
  const fragment = document.createDocumentFragment();
  gather(old, fresh);
  fragment.append(...fresh.childNodes);
  keepingTyped(old, () => htmxOwn.morph(old, fragment, true));
}

/** A morph knows what it finds in `old` alone: what comes inside and stands elsewhere on the page goes there first, or it would be there twice. @param {Element} old @param {Element} fresh */
function gather(old, fresh) {
  for (const each of fresh.querySelectorAll("[id]")) {
    const there = document.getElementById(each.id);
    if (!there || old.contains(there)) continue;
    const around = each.parentElement?.closest("[id]")?.id;
    const container = around ? document.getElementById(around) : null;
    if (container && old.contains(container)) move(container, there, null);
    else there.remove();
  }
}

/**
 * Puts `fresh` into its container; answers the element that is now on the page, and whether it is new there.
 * @param {Element} fresh @param {Element} container @returns {[Element, boolean]}
 */
export function place(fresh, container) {
  const old = document.getElementById(fresh.id);
  if (!old) {
    container.insertBefore(fresh, spot(container, fresh));
    return [fresh, true];
  }
  const moves = old.parentElement !== container || old.getAttribute("data-key") !== fresh.getAttribute("data-key");
  morph(old, fresh);
  if (moves) move(container, old, spot(container, old));
  return [old, false];
}

/** The child before which an element of this key belongs: after all that sort before it or like it. @param {Element} container @param {Element} element */
function spot(container, element) {
  const key = element.getAttribute("data-key") ?? "";
  let before = null;
  for (let child = container.lastElementChild; child; child = child.previousElementSibling) {
    const other = child.getAttribute("data-key");
    if (other === null || child === element) continue;
    if (!sortsBefore(key, other)) break;
    before = child;
  }
  return before;
}

/** By the bytes of UTF-8, which is the order of code points, never a locale's. @param {string} a @param {string} b */
export function sortsBefore(a, b) {
  const left = Array.from(a), right = Array.from(b);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = /** @type {number} */ (left[at].codePointAt(0)) - /** @type {number} */ (right[at].codePointAt(0));
    if (difference) return difference < 0;
  }
  return left.length < right.length;
}

/** moveBefore keeps focus, popovers and media alive; where it does not exist the caller's hold on the focus does. @param {any} parent @param {Element} element @param {Element | null} before */
function move(parent, element, before) {
  if (parent.moveBefore) parent.moveBefore(element, before);
  else parent.insertBefore(element, before);
}

/** @param {Element} element */
function isOpenPopover(element) {
  return element.hasAttribute?.("popover") && element.matches(":popover-open");
}
