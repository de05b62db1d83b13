// Knows how large headlines stand on the screen: the first size in which all of them fit; else the newest are in view.
// @ts-check
import { on } from "./events.js";

/** Sizes smaller than the first, as the style sheet has them. */
const SMALLEST = 4;

/** @param {HTMLElement} board @param {HTMLElement} region the section #headlines */
export function start(board, region) {
  const fits = () => region.scrollHeight <= region.clientHeight + 1;
  const fit = () => {
    const count = region.querySelectorAll(".headline").length;
    let size = -1;
    do board.setAttribute("data-local-fit", String(++size));
    while (count && region.checkVisibility() && !fits() && size < SMALLEST);
    const over = size === SMALLEST && !fits();
    board.toggleAttribute("data-local-over", over);
    region.scrollTop = over ? region.scrollHeight : 0;
  };
  on("applied", () => requestAnimationFrame(fit));
  addEventListener("resize", fit);
  document.fonts?.ready.then(fit);
  fit();
}
