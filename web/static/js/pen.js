// The pen's own script, fetched when somebody begins to write a version: takes it up with the field, lays it down with the field.
// @ts-check
import { on } from "./events.js";
import { graphemes } from "./graphemes.js";
import { share } from "./pen-sharing.js";
import { counted, language, words, write } from "./words.js";

const FIELD = "textarea[data-pen]";
/** @type {Map<HTMLTextAreaElement, { address: string, live: boolean, rests: boolean, others: string[], trouble: string, end: () => void }>} */
const held = new Map();

/** "Ana (Lyon)": what a person is called here, or at least that somebody is there. @param {{ name: string, place: string }} who @param {Element | null} host */
function called({ name, place }, host) {
  if (name && place) return `${name} (${place})`;
  return name || place || words(host, "somebody");
}

/** What is too long for a ballot is kept all the same: it is said while it is written. @param {string} text @param {HTMLElement | null} host */
function tooLong(text, host) {
  const max = Number(host?.dataset.most) || Infinity;
  return graphemes(text.trim()) > max ? words(host, "over", { max }) : "";
}

/** @param {HTMLTextAreaElement} field @param {any} seen */
function tellOf(field, { state, reason = "", kept = "", others }) {
  const line = field.form?.querySelector("[data-pen-status]") ?? null, host = document.getElementById("pen-words"), hand = held.get(field);
  if (hand) Object.assign(hand, { live: state === "live", rests: state === "rests" });
  field.form?.setAttribute("data-local-pen", state);
  if (state === "around") return write(line, words(host, "around"));
  if (state === "rests") return write(line, words(host, `rests-${reason}`) || words(host, "rests"));
  if (!hand || state !== "live") return state === "lost" && write(line, words(host, "lost"));
  if (others) hand.others = others.map((/** @type {any} */ who) => called(who, host));
  if (kept && kept !== "writing") hand.trouble = words(host, `kept-${kept}`);
  const who = new Intl.ListFormat(language()).format(hand.others);
  const company = who ? `${counted(host, "with", hand.others.length, { who })}. ` : "";
  write(line, hand.trouble || (company + tooLong(field.value, host)).trim() || words(host, "alone"));
}

/** @param {HTMLTextAreaElement} field */
async function takeUp(field) {
  const address = field.dataset.pen ?? "", before = held.get(field);
  // Whoever comes back to a field that was shut to them may find it open again.
  if (before?.address === address && !before.rests) return;
  layDown(field);
  const hand = { address, live: false, rests: false, others: [], trouble: "", end: () => {} };
  held.set(field, hand);
  if (isAround()) return tellOf(field, { state: "around" });
  const yjs = await import("../vendor/yjs-13.6.33.min.js");
  if (held.get(field) === hand) hand.end = share(yjs, field, (seen) => tellOf(field, seen));
}

/** @param {HTMLTextAreaElement} field */
function layDown(field) {
  const hand = held.get(field);
  held.delete(field);
  hand?.end();
  field.form?.removeAttribute("data-local-pen");
  write(field.form?.querySelector("[data-pen-status]") ?? null, "");
}

/** Where no socket comes through there is no pen: the form keeps what is written. */
const isAround = () => document.documentElement.hasAttribute("data-around");
on("link", () => {
  for (const field of [...held.keys()]) {
    if (isAround() === (field.form?.dataset.localPen === "around")) continue;
    layDown(field);
    takeUp(field);
  }
});

const reach = (/** @type {Element | null} */ element) => { if (element instanceof HTMLTextAreaElement && element.matches(FIELD)) takeUp(element); };
document.addEventListener("focusin", ({ target }) => reach(/** @type {Element} */ (target)));
// Whoever closes the form lays the pen down, however it is closed; another version in the same field is another pen.
setInterval(() => {
  for (const [field, { address }] of held) {
    if (!field.isConnected || !field.checkVisibility() || field.dataset.pen !== address) layDown(field);
  }
}, 500);
// What is written with the pen is kept already: the form has nothing to ask.
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target), field = /** @type {HTMLTextAreaElement | null} */ (form.querySelector(FIELD));
  if (!field || !held.get(field)?.live) return;
  event.preventDefault();
  layDown(field);
  field.defaultValue = field.value;
  /** @type {HTMLElement | null} */ (form.querySelector("[data-close-version]"))?.click();
}, { capture: true });
addEventListener("pagehide", () => { for (const field of [...held.keys()]) layDown(field); });
reach(document.activeElement);
