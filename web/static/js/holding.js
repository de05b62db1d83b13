// Knows that frames wait while something is dragged, so that nothing moves away under the finger.
// @ts-check
import { on } from "./events.js";

/** Answers a taker that keeps what comes until the dragging is over. @template T @param {(message: T) => void} take */
export function holding(take) {
  /** @type {T[] | null} */ let waiting = null;
  on("dragging", ({ is }) => {
    const held = waiting ?? [];
    waiting = is ? held : null;
    if (!is) held.forEach(take);
  });
  return (/** @type {T} */ message) => {
    if (waiting) waiting.push(message);
    else take(message);
  };
}
