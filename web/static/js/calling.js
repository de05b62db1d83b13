// Calls people back who look elsewhere: when a step begins, the facilitators announce something, or a note of theirs is returned.
// @ts-check
import { chime, tune } from "./chime.js";
import { on } from "./events.js";
import { kept, keep } from "./kept.js";

const MARK = "● ";
const BUZZ = [120, 80, 120];

/** Each way can be switched off by an `input[data-call]`: title, sound, vibration. */
export function start() {
  let called = false, before = news();
  const away = () => document.hidden || !document.hasFocus();
  const mark = () => {
    const marked = document.title.startsWith(MARK), wanted = called && away() && wants("title");
    if (wanted && !marked) document.title = MARK + document.title;
    if (!wanted && marked) document.title = document.title.slice(MARK.length);
  };
  const call = () => {
    if (!away()) return;
    called = true;
    mark();
    ring();
  };
  on("stepped", call);
  on("applied", () => {
    const now = news(), isNew = [...now].some((each) => !before.has(each));
    before = now;
    if (isNew) call();
  });
  // Whoever writes the title anew does not know of the mark.
  const title = document.querySelector("title");
  if (title) new MutationObserver(mark).observe(title, { childList: true });
  const back = () => {
    called &&= away();
    mark();
  };
  document.addEventListener("visibilitychange", back);
  addEventListener("focus", back);
  document.querySelector("[data-call-try]")?.addEventListener("click", ring);
  document.querySelector("[data-call-vibration]")?.toggleAttribute("hidden", !navigator.vibrate);
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-call]"))) {
    const way = box.dataset.call ?? "";
    box.checked = wants(way);
    box.addEventListener("change", () => keep(`call:${way}`, box.checked ? "" : "off"));
  }
  tune();
}

/** What somebody else says to this person: the announcement, and the notes that came back, by their ids. */
function news() {
  const said = document.querySelector("#announcement [dir=auto]")?.textContent?.trim();
  const returned = Array.from(document.querySelectorAll("#own .note[data-state=returned]"), (note) => note.id);
  return new Set([...(said ? [`said ${said}`] : []), ...returned]);
}

function ring() {
  if (wants("vibration")) navigator.vibrate?.(BUZZ);
  if (wants("sound")) chime().catch(() => {});
}

/** @param {string} way */
function wants(way) {
  return kept(`call:${way}`) !== "off";
}
