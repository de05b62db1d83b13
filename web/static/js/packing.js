// Packs the notes of a wall like masonry, in reading order, where CSS cannot do it by itself.
// @ts-check
import { on } from "./events.js";

const ROW = 4;
const WALLS = ":is(#steps, #own) .wall:not([data-packed])";

/** @param {HTMLElement} board */
export function start(board) {
  if (CSS.supports("display", "grid-lanes")) return;
  const gap = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.75;
  /** @type {Set<Element>} */ const stale = new Set();
  let frame = 0;

  const pack = () => {
    frame = 0;
    const space = gap();
    const heights = [...stale].map((note) => /** @type {const} */ ([note, note.getBoundingClientRect().height]));
    stale.clear();
    for (const [note, height] of heights) {
      if (height) /** @type {HTMLElement} */ (note).style.setProperty("--rows", String(Math.ceil((height + space) / ROW)));
    }
  };
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) stale.add(target);
    frame ||= requestAnimationFrame(pack);
  });
  const watch = (/** @type {ParentNode} */ root) => {
    for (const note of root.querySelectorAll(".wall > .note")) sizes.observe(note);
  };
  const spread = () => {
    for (const wall of board.querySelectorAll(WALLS)) wall.toggleAttribute("data-packed", true);
  };
  on("applied", ({ roots, plain }) => {
    if (!plain) spread();
    for (const root of roots) {
      if (root.matches(".wall > .note")) {
        sizes.observe(root);
        stale.add(root);
        frame ||= requestAnimationFrame(pack);
      }
      watch(root);
    }
  });
  spread();
  watch(board);
}
