// Knows how a new note settles in: one short movement, none when many come at once.
// @ts-check
import { on } from "./events.js";

const FEW = 8;

export function start() {
  on("applied", ({ added }) => {
    if (added.length > FEW) return;
    for (const element of added) {
      element.classList.add("arrived");
      element.addEventListener("animationend", () => element.classList.remove("arrived"), { once: true });
    }
  });
}
