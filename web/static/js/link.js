// Knows how the state of the line is shown: in <html data-link> at once, in words when it lasts longer than a blink.
// @ts-check
import { on } from "./events.js";
import { words, write } from "./words.js";

const BLINK = 700;
const SHOWN = { online: "live", connecting: "waiting", offline: "offline", closed: "offline" };

/** @param {HTMLElement} chip the element #link */
export function start(chip) {
  /** @type {number | undefined} */ let timer;
  const show = (/** @type {keyof typeof SHOWN} */ state) => {
    chip.dataset.state = SHOWN[state];
    const sentence = words(chip, state);
    if (sentence) write(chip.querySelector("[data-link-words]") ?? chip, sentence);
  };
  on("link", ({ state }) => {
    document.documentElement.dataset.link = state;
    clearTimeout(timer);
    if (state === "online") show(state);
    else timer = setTimeout(() => show(state), BLINK);
  });
}
