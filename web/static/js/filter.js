// Knows how a reader narrows the notes down: by words in them, whatever their accents or case, and by place.
// @ts-check
import { on } from "./events.js";
import { counted, language, write } from "./words.js";

const LEFT_OUT = "data-local-out";
/** A note's words, and its translations. */
const SAID = ".note-text, .note-translation, .note-version";

/** @param {HTMLElement} host the element #filter */
export function start(host) {
  const text = /** @type {HTMLInputElement | null} */ (host.querySelector("[data-filter-text]"));
  const place = /** @type {HTMLSelectElement | null} */ (host.querySelector("[data-filter-place]"));
  const count = host.querySelector("[data-filter-count]");
  let narrowed = false;

  const filter = () => {
    const words = plain(text?.value ?? "").split(/\s+/).filter(Boolean), from = place?.value ?? "";
    const active = words.length > 0 || from !== "";
    if (!active && !narrowed) return;
    narrowed = active;
    let shown = 0, all = 0;
    for (const note of document.querySelectorAll("#steps .note")) {
      const stays = fits(note, words, from);
      if (!stays || note.hasAttribute(LEFT_OUT)) note.toggleAttribute("hidden", !stays);
      note.toggleAttribute(LEFT_OUT, !stays);
      if (note.closest("[id^=section-][hidden]")) continue;
      all += 1;
      if (stays) shown += 1;
    }
    write(count, active ? counted(count, "shown", shown, { m: all }) : "");
  };

  host.addEventListener("input", filter);
  host.addEventListener("submit", (event) => event.preventDefault());
  on("applied", ({ roots, plain }) => {
    if (place && !(plain && areOffered(place, roots))) offer(place);
    filter();
  });
  if (place) offer(place);
}

/** @param {Element} note @param {string[]} words @param {string} from */
function fits(note, words, from) {
  if (from && !placesOf(note).includes(from)) return false;
  if (!words.length) return true;
  const said = plain(`${[...note.querySelectorAll(SAID)].map((each) => each.textContent).join(" ")} ${note.getAttribute("data-place") ?? ""}`);
  return words.every((word) => said.includes(word));
}

/** A merged note carries the places of all that it is made of. @param {Element} note */
function placesOf(note) {
  return (note.getAttribute("data-place") ?? "").split(" + ");
}

/** Does the choice have all places that these notes carry? @param {HTMLSelectElement} select @param {Element[]} notes */
function areOffered(select, notes) {
  const offered = new Set(Array.from(select.options, (option) => option.value));
  return notes.flatMap(placesOf).every((place) => offered.has(place));
}

/** Offers the places that notes came from, after the page's own first option. @param {HTMLSelectElement} select */
function offer(select) {
  const places = new Set(Array.from(document.querySelectorAll("#steps .note[data-place]")).flatMap(placesOf));
  const sorted = [...places].filter(Boolean).sort(new Intl.Collator(language()).compare);
  const offered = Array.from(select.options).slice(1).map((option) => option.value);
  if (sorted.join("\n") === offered.join("\n")) return;
  const chosen = select.value;
  select.replaceChildren(select.options[0], ...sorted.map((place) => new Option(place, place)));
  select.value = places.has(chosen) ? chosen : "";
}

/** Without accents or case. @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
