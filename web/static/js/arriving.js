// Knows how a new note settles in: one short movement, none when many come at once; one's own is brought into view.
// @ts-check
import { on } from "./events.js";

const FEW = 8;

export function start() {
  on("applied", ({ added }) => {
    // Who has just written sees their note take its place, wherever on the page that is.
    const own = added.findLast((/** @type {Element} */ each) => each.matches(".note.is-mine"));
    own?.scrollIntoView({ block: "nearest" });
    if (added.length > FEW) return;
    for (const element of added) {
      element.classList.add("arrived");
      element.addEventListener("animationend", () => element.classList.remove("arrived"), { once: true });
    }
  });
}
