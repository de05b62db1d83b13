// Knows how a textarea and a shared text follow each other: composing, the caret and its direction survive what others write.
// @ts-check
import { change, moved } from "./pen-patch.js";

/** What comes by the line, as yjs is told where a change is from. */
export const REMOTE = Symbol("remote");
/** In UTF-16 units; the server takes twice as many, for two who paste at once. */
const MOST = 1_000;

/**
 * From now on the field shows the text, and what is typed into it is written into the text.
 * @param {HTMLTextAreaElement} field @param {any} text a Y.Text @returns {() => void} ends it, and leaves the words where they are
 */
export function bind(field, text) {
  let shown = String(text), composing = false;
  /** What others wrote while somebody composes a word: shown when that is done. @type {any[]} */ let waiting = [];

  const show = (/** @type {number} */ from, /** @type {number} */ to) => {
    shown = String(text);
    if (field.value === shown) return;
    const direction = field.selectionDirection, focused = document.activeElement === field, scrolled = field.scrollTop;
    field.value = shown;
    if (focused) field.setSelectionRange(from, to, direction);
    field.scrollTop = scrolled;
    field.dispatchEvent(new CustomEvent("flipchart:written", { bubbles: true }));
  };

  const through = (/** @type {number} */ at) => waiting.reduce(moved, at);

  /** What was typed since the field last showed the text, done to the text as it is by now. */
  const push = () => {
    const { first, last, put } = change(shown, field.value, field.selectionStart);
    if (first === last && !put) return show(through(field.selectionStart), through(field.selectionEnd));
    const at = through(first), until = Math.max(at, through(last)), caret = field.selectionStart - first, far = field.selectionEnd - first;
    waiting = [];
    text.doc.transact(() => {
      if (until > at) text.delete(at, until - at);
      if (put) text.insert(at, put);
    });
    show(at + caret, at + far);
  };

  const typed = () => { if (!composing) push(); };
  const composed = (/** @type {CompositionEvent} */ event) => {
    composing = event.type === "compositionstart";
    if (!composing) push();
    waiting = [];
  };
  const told = (/** @type {any} */ event, /** @type {any} */ { origin }) => {
    if (origin !== REMOTE) return;
    if (composing) waiting.push(event.delta);
    else show(moved(field.selectionStart, event.delta), moved(field.selectionEnd, event.delta));
  };

  const limit = field.maxLength;
  field.maxLength = MOST;
  // What the page draws of the words comes a moment later than what is written here.
  field.toggleAttribute("data-local", true);
  show(field.selectionStart, field.selectionEnd);
  field.addEventListener("input", typed);
  field.addEventListener("compositionstart", composed);
  field.addEventListener("compositionend", composed);
  text.observe(told);
  return () => {
    field.removeEventListener("input", typed);
    field.removeEventListener("compositionstart", composed);
    field.removeEventListener("compositionend", composed);
    text.unobserve(told);
    if (limit < 0) field.removeAttribute("maxlength");
    else field.maxLength = limit;
    field.toggleAttribute("data-local", false);
  };
}
