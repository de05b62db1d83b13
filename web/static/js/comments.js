// Knows the dialog of comments: those of one note out of all that are on the page (#comments), and what is being said to it.
// @ts-check
import { draw } from "./comment-rows.js";
import { lockedAt } from "./composer.js";
import { draftsOf } from "./drafts.js";
import { on } from "./events.js";
import { graphemes } from "./graphemes.js";
import { now } from "./own.js";
import { words, write } from "./words.js";

/** @param {HTMLDialogElement} dialog the dialog #note-comments @param {HTMLElement} board */
export function start(dialog, board) {
  const form = dialog.querySelector("form"), text = /** @type {HTMLTextAreaElement | null} */ (dialog.querySelector("textarea"));
  const list = /** @type {HTMLElement} */ (dialog.querySelector("[data-comment-list]"));
  const drafts = draftsOf(board.dataset.board ?? "", board.dataset.person ?? "");
  const field = /** @type {HTMLInputElement | null} */ (form?.querySelector("input[name=note]") ?? null);
  let note = "";

  const turnTo = (/** @type {string} */ next, draft = true) => {
    note = next;
    if (field) field.value = note;
    if (text && draft) text.value = drafts.of(`note:${note}`);
    list.replaceChildren();
    show();
    count();
    list.parentElement?.scrollTo(0, list.parentElement.scrollHeight);
  };

  const show = () => {
    const card = document.getElementById(`note-${note}`);
    if (!card) return dialog.close();
    const said = card.querySelector(`#${CSS.escape(`text-${note}`)}`), quote = dialog.querySelector("[data-comments-note]");
    write(quote, said?.textContent ?? "");
    quote?.setAttribute("lang", said?.getAttribute("lang") ?? "");
    quote?.setAttribute("data-of", card.id);
    draw(list, document.querySelectorAll(`#comments > [data-note="${CSS.escape(note)}"]`));
    dialog.querySelector("[data-comments-empty]")?.toggleAttribute("hidden", list.childElementCount > 0);
    const why = lockedAt(now()), reason = dialog.querySelector("[data-comment-why]");
    write(reason, why ? words(document.querySelector("[data-composer-why]"), why) : "");
    reason?.toggleAttribute("hidden", !why);
    if (text) text.readOnly = Boolean(why);
    form?.querySelector("button[type=submit]")?.toggleAttribute("disabled", Boolean(why));
  };

  const count = () => {
    const counter = document.getElementById("comment-count"), long = graphemes(text?.value.trim() ?? "");
    write(counter, `${long} / ${counter?.dataset.max}`);
    counter?.toggleAttribute("data-full", long > Number(counter?.dataset.max));
  };

  document.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-open='#note-comments']") && dialog.open) turnTo(field?.value || noteOf(event));
  });
  text?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (text.value.trim()) form?.requestSubmit();
  });
  text?.addEventListener("input", () => {
    drafts.keep(`note:${note}`, text.value);
    count();
  });
  // What was not sent comes back into the dialog of the note that it is for.
  form?.addEventListener("flipchart:make-room", (event) => {
    const of = /** @type {CustomEvent} */ (event).detail.body.get("note") ?? "";
    if (!document.getElementById(`note-${of}`)) return;
    if (!dialog.open) dialog.showModal();
    turnTo(of);
  });
  if (text) drafts.follow(text, () => `note:${note}`);
  on("applied", () => { if (dialog.open) show(); });
}

/** An observer's dialog has no form to tell which note it is about. @param {Event} event */
function noteOf(event) {
  const opener = /** @type {Element} */ (event.target), menu = /** @type {HTMLElement | null} */ (opener.closest("#note-menu"));
  return (menu?.dataset.note ?? opener.closest(".note")?.id ?? "").replace(/^note-/, "");
}
