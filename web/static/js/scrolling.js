// Knows what scrolls: a pane where the page has one, else the page itself.
// @ts-check

/** @param {Element} inside */
export function scrollerOf(inside) {
  for (let up = /** @type {Element | null} */ (inside); up; up = up.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(up).overflowY)) return up;
  }
  return document.scrollingElement;
}
