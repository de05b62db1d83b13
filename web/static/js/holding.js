// Knows that frames wait while something is dragged, so that nothing moves away under the finger; what takes notes away ends the dragging.
// @ts-check
import { on, tell } from "./events.js";

/** Notes are hidden: all of them, or one; or the page is to be fetched anew, and may have lost them there. */
const URGENT = /data-blank="true"|hx-target="#(grouped-)?note-[^"]*" hx-swap="delete"/;

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
    if (!heard.message.refresh && !URGENT.test(heard.message.content ?? "")) return;
    tell("drop");
    letGo();
  };
}
