// Knows how a projected wall follows the newest notes without jumping.
// @ts-check
import { on } from "./events.js";
import { scrollerOf } from "./scrolling.js";

/** @param {HTMLElement} board */
export function start(board) {
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** @type {number} */ let frame = 0;

  const follow = () => {
    frame = 0;
    const wall = /** @type {HTMLElement | null} */ (board.querySelector("#steps > section:not([hidden]) .wall"));
    const pane = wall && scrollerOf(wall);
    if (pane) pane.scrollTo({ top: pane.scrollHeight, behavior: calm() ? "instant" : "smooth" });
  };
  const soon = () => { frame ||= requestAnimationFrame(follow); };
  on("applied", ({ added }) => { if (added.some((/** @type {Element} */ each) => each.matches(".note"))) soon(); });
  on("stepped", soon);
  const sizes = new ResizeObserver(soon);
  for (const wall of board.querySelectorAll("#steps .wall")) sizes.observe(wall);
  soon();
}
