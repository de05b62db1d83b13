// Knows what is said to those who listen: news grouped into one sentence at most every ten seconds, and nothing when muted.
// @ts-check
import { on } from "./events.js";
import { counted, language, words } from "./words.js";

const PAUSE = 10_000;
const MUTED = "flipchart:quiet";
/** @type {string[]} */ let waiting = [];
/** @type {Set<Element>} */ const ideas = new Set();
/** @type {(() => string[])[]} */ const tellers = [];
/** @type {ReturnType<typeof setTimeout> | null} */ let timer = null;
let spoken = -Infinity;

/** Says a sentence in the polite region, together with what else there is to say. @param {string} sentence */
export function announce(sentence) {
  if (sentence) waiting.push(sentence);
  if (timer || !host()) return;
  timer = setTimeout(speak, Math.max(100, spoken + PAUSE - performance.now()));
}

/** Asks `teller` for its sentences when it is next time to speak; answers what says that there are some. @param {() => string[]} teller */
export function say(teller) {
  tellers.push(teller);
  return () => announce("");
}

/** @param {HTMLElement} region the element #announcer */
export function start(region) {
  const button = document.getElementById("announce-toggle");
  const show = () => button?.setAttribute("aria-pressed", String(!isQuiet()));
  button?.addEventListener("click", () => {
    localStorage.setItem(MUTED, isQuiet() ? "" : "1");
    show();
  });
  on("applied", ({ added }) => {
    const seen = added.filter((/** @type {Element} */ each) => each.matches(".note:not([data-joined])") && !each.closest("[hidden], #own"));
    for (const note of seen) ideas.add(note);
    if (seen.length) announce("");
  });
  on("stepped", ({ title }) => announce(words(region, "step", { title })));
  show();
}

function speak() {
  timer = null;
  const region = host(), sentences = [news(region), ...waiting, ...tellers.flatMap((teller) => teller())].filter(Boolean);
  waiting = [];
  ideas.clear();
  if (!region || !sentences.length || isQuiet()) return;
  spoken = performance.now();
  region.textContent = new Intl.ListFormat(language(), { type: "unit", style: "long" }).format(sentences);
}

/** "4 new ideas, 2 from Dakar": the place that most of them came from, when there is more than one idea. @param {HTMLElement | null} region */
function news(region) {
  const fresh = [...ideas].filter((note) => note.isConnected && !note.classList.contains("is-mine"));
  if (!fresh.length) return "";
  const sentence = counted(region, "ideas", fresh.length);
  /** @type {Map<string, number>} */ const places = new Map();
  for (const note of fresh) {
    const place = note.getAttribute("data-place");
    if (place) places.set(place, (places.get(place) ?? 0) + 1);
  }
  const [place, n] = [...places].sort((a, b) => b[1] - a[1])[0] ?? ["", 0];
  return place ? words(region, "from", { ideas: sentence, n, place }) || sentence : sentence;
}

function host() {
  return document.getElementById("announcer");
}

function isQuiet() {
  try {
    return localStorage.getItem(MUTED) === "1";
  } catch {
    return false;
  }
}
