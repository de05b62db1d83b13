// Knows that frames wait while something is dragged, so that nothing moves away under the finger; what takes notes away ends the dragging.
// @ts-check
import { on, tell } from "./events.js";

/** Notes are hidden: all of them, or those of a step; or one that this page has. Of many, frames tell that are not shown here. */
const URGENT = /data-blank="true"|hx-target="#(?:wall|grouping|section)-/;
const GONE = /hx-target="#((?:grouped-)?note-[^"]*)" hx-swap="delete"/g;
const takesAway = (/** @type {string} */ content) => URGENT.test(content) || Array.from(content.matchAll(GONE)).some(([, id]) => document.getElementById(id));

/** Answers a taker that keeps what comes until the dragging is over. @template {{ message: any }} T @param {(heard: T) => void} take */
export function holding(take) {
  /** @type {T[] | null} */ let waiting = null;
  const letGo = () => {
    const held = waiting ?? [];
    waiting = null;
    held.forEach(take);
  };
  on("dragging", ({ is }) => {
    if (is) waiting ??= [];
    else letGo();
  });
  return (/** @type {T} */ heard) => {
    if (!waiting) return take(heard);
    waiting.push(heard);
    // A page that is fetched anew may have lost notes there.
    if (!heard.message.refresh && !takesAway(heard.message.content ?? "")) return;
    tell("drop");
    letGo();
  };
}
