// Knows how a screen walks through the billboards in the spotlight: four at a time, and all of them, small, where nothing may move.
// @ts-check
import { on } from "./events.js";

const AT_A_TIME = 4, A_LOOK = 9_000;

export function start() {
  let from = 0;
  const show = () => {
    const hung = [...document.querySelectorAll("[data-gallery] li")];
    from = from < hung.length ? from : 0;
    hung.forEach((each, at) => each.toggleAttribute("hidden", at < from || at >= from + AT_A_TIME));
  };
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  on("applied", show);
  setInterval(() => {
    from += AT_A_TIME;
    show();
  }, A_LOOK);
  show();
}
