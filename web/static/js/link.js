// Knows how the state of the line is shown: in <html data-link> at once, in words when it lasts longer than a blink.
// @ts-check
import { on } from "./events.js";
import { words, write } from "./words.js";

/** Nobody need know of a gap that is over by then; after a try or two more the line counts as lost. */
const BLINK = 2_000, LONG = 5_000;
/** One that is accepted and cut at once is not back. */
const STEADY = 500;
const SHOWN = { online: "live", connecting: "waiting", offline: "offline", closed: "offline" };

/** @param {HTMLElement} chip the element #link */
export function start(chip) {
  let now = "", since = 0, around = false;
  /** @type {number | undefined} */ let steady;
  /** @type {number[]} */ let timers = [];
  const show = (/** @type {keyof typeof SHOWN} */ state, shown = SHOWN[state]) => {
    if (chip.dataset.state !== shown) chip.dataset.state = shown;
    const sentence = words(chip, state);
    if (sentence) write(chip.querySelector("[data-link-words]") ?? chip, sentence);
  };
  const look = () => {
    if (now === "online") return;
    const lost = !navigator.onLine || performance.now() - since >= LONG;
    show(now === "closed" ? "closed" : lost ? "offline" : "connecting");
  };
  const back = () => {
    timers.forEach(clearTimeout);
    since = 0;
    show("online", around ? "around" : "live");
  };
  on("link", (told) => {
    document.documentElement.dataset.link = now = told.state;
    around = told.around;
    document.documentElement.toggleAttribute("data-around", around);
    clearTimeout(steady);
    if (now === "online") steady = setTimeout(back, since && STEADY);
    else if (now === "closed" || since) {
      if (now === "closed" || performance.now() - since >= BLINK) look();
    } else {
      since = performance.now();
      timers = [BLINK, LONG].map((wait) => setTimeout(look, wait));
    }
  });
}
