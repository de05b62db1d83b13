// Knows that words which were copied out of a part of the page go when that part goes: hidden, erased, or the board is blank.
// @ts-check
import { on } from "./events.js";

/** `[data-of]` carries such a copy and names the part by its id: a row of a list is taken away, anything else is emptied. */
export function start() {
  on("applied", ({ plain }) => {
    if (plain) return;
    for (const copy of document.querySelectorAll("[data-of]")) {
      if (document.getElementById(copy.getAttribute("data-of") ?? "")) continue;
      if (copy.matches("li")) copy.remove();
      else copy.replaceChildren();
    }
  });
}
