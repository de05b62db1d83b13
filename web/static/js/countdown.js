// Knows how long it is until a session starts: days, hours, and in the last hour every second; and what time that is here.
// @ts-check
import { moment, now } from "./clock.js";
import { on } from "./events.js";
import { counted, words, write } from "./words.js";

const SECOND = 1_000, MINUTE = 60_000, HOUR = 3_600_000, DAY = 86_400_000;

export function start() {
  const again = () => {
    tick();
    setTimeout(again, SECOND - (now() % SECOND) + 5);
  };
  on("applied", ({ plain }) => { if (!plain) tick(); });
  again();
}

function tick() {
  const line = /** @type {HTMLElement | null} */ (document.querySelector("[data-start]"));
  const at = moment(line?.dataset.start);
  if (!line || !Number.isFinite(at)) return;
  write(line, told(line, at - now()));
  here(at);
}

/** @param {HTMLElement} line @param {number} left milliseconds */
function told(line, left) {
  if (left <= 0) return words(line, "none");
  if (left < HOUR) {
    const seconds = Math.ceil(left / SECOND), two = (/** @type {number} */ n) => String(n).padStart(2, "0");
    return words(line, "minutes", { time: `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}` });
  }
  const hours = Math.round(Math.ceil(left / MINUTE) / 60);
  return hours < 48 ? counted(line, "hours", hours) : counted(line, "days", Math.round(left / DAY));
}

/** Where the clocks show another time than in the board's zone, that time is told too. @param {number} at */
function here(at) {
  const there = document.querySelector("[data-start-there]")?.getAttribute("data-start-there");
  const same = Number(there) === new Date(at).getTimezoneOffset() * -60;
  for (const place of document.querySelectorAll("[data-start-here]")) place.toggleAttribute("hidden", same);
}
