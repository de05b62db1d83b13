// Knows how a page says that its person is writing, and shows that others are: quietly, and never to whoever listens.
// @ts-check
import { on, tell } from "./events.js";

/** A page says it again this often while somebody goes on; the server forgets it a little later. */
const AGAIN = 2_500;
const LASTS = 5_000;
/** However quickly somebody begins and stops, the line is told so no quicker than this. */
const GAP = 500;
/** Who stops is shown by the server a moment longer: to themselves that would be news. */
const GRACE = 2_000;

export function start() {
  let said = "", own = "", saidAt = -Infinity, until = -Infinity;
  /** @type {number | undefined} */ let timer;

  const say = (/** @type {string} */ part) => {
    clearTimeout(timer);
    const ago = performance.now() - saidAt;
    if (part === said && ago < (part ? AGAIN : Infinity)) return;
    if (ago < GAP) return void (timer = setTimeout(say, GAP - ago, part));
    [said, saidAt] = [part, performance.now()];
    tell("typing", { part });
  };

  document.addEventListener("input", (event) => {
    const changed = /** @type {HTMLTextAreaElement | HTMLSelectElement} */ (event.target), form = changed.form;
    if (!form?.matches("[data-hint]") || !["text", "attribution"].includes(changed.name)) return;
    const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
    // Whoever leaves their place out of it is not announced by it either.
    const signed = /** @type {HTMLSelectElement | null} */ (form.querySelector("[name=attribution]"))?.value === "place";
    const part = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=note], input[name=step]"))?.value ?? "";
    const writing = signed && field.value.trim() !== "";
    if (writing) own = part;
    until = writing ? performance.now() + LASTS : Math.min(until, performance.now() + GRACE);
    say(writing ? part : "");
    show();
  });

  /** Alone, one need not be told that one is writing. */
  const show = () => {
    const alone = performance.now() < until;
    for (const line of document.querySelectorAll("#typing > p")) {
      line.classList.toggle("own", alone && line.getAttribute("data-people") === "1" && line.getAttribute("data-part") === own);
    }
    const open = /** @type {HTMLInputElement | null} */ (document.querySelector("#note-comments[open] input[name=note]"));
    const talk = document.querySelector("#note-comments [data-comment-typing]"), note = open?.value ?? "";
    const line = note && document.querySelector(`#typing > p[data-part="${CSS.escape(note)}"]:not(.own)`);
    talk?.replaceChildren(...(line ? Array.from(line.childNodes, (each) => each.cloneNode(true)) : []));
  };
  on("applied", show);
  forget();
}

/** Nobody tells a page that has lost its line that others have stopped. */
export function forget() {
  on("link", ({ state }) => { if (state === "offline" || state === "closed") document.getElementById("typing")?.replaceChildren(); });
}
