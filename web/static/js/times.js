// Knows how `<time datetime>` reads in the reader's language and zone.
// @ts-check
import { on } from "./events.js";
import { language, write } from "./words.js";

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const FORMS = {
  time: { hour: "numeric", minute: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  datetime: { day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZoneName: "short" },
  moment: { weekday: "short", hour: "numeric", minute: "2-digit" },
};
/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

export function start() {
  localise(document);
  on("applied", ({ roots }) => roots.forEach(localise));
}

/** Writes the times that stand in `root`, or that `root` is. @param {ParentNode} root */
export function localise(root) {
  const times = Array.from(root.querySelectorAll("time[datetime]"));
  if (root instanceof HTMLTimeElement) times.push(root);
  for (const time of /** @type {HTMLTimeElement[]} */ (times)) {
    const at = new Date(time.dateTime);
    if (time.dataset.format === "server" || Number.isNaN(at.getTime())) continue;
    write(time, format(time.dataset.format ?? "time").format(at));
    const title = format("datetime").format(at);
    if (time.title !== title) time.title = title;
  }
}

/** How the reader writes times, in the language of the page: en-GB reads "17:30" where en-US reads "5:30 PM". */
function habit() {
  return navigator.languages.find((each) => each.split("-")[0] === language()) ?? language();
}

/** @param {string} name */
function format(name) {
  const known = formats.get(name) ?? new Intl.DateTimeFormat(habit(), FORMS[name] ?? FORMS.time);
  formats.set(name, known);
  return known;
}
