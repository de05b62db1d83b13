// Knows one version as this page and the server have it: what is typed goes there, what others write comes here, nothing is done twice.
// @ts-check
import { bind } from "./pen-binding.js";
import { openPair } from "./pen-pair.js";
import { RESTS, openLine } from "./pen-line.js";
import { merged } from "./pen-merging.js";
import { change } from "./pen-patch.js";
import { FINAL } from "./returning.js";

/** These say that the page's document is not the server's: begin anew with the words, and do again what is typed. */
const ANEW = [4412, 4400, 1009];
/** The words that the server had when the pen was laid down: who takes it up again goes on from there. @type {WeakMap<HTMLTextAreaElement, { pen: string | undefined, base: string }>} */
const laidDown = new WeakMap();

/**
 * @param {any} yjs @param {HTMLTextAreaElement} field
 * @param {(seen: { state: string, reason?: string, kept?: string, others?: any[] }) => void} show
 */
export function share(yjs, field, show) {
  /** The words that the server has: the field's differ from these by what is typed and not there yet. */
  const before = laidDown.get(field), { pen } = field.dataset;
  let base = before && before.pen === pen ? before.base : field.defaultValue, generation = "";
  /** @type {ReturnType<typeof openPair> | null} */ let pair = null;
  /** @type {(() => void) | null} */ let unbind = null;
  const idle = (/** @type {number} */ _step, /** @type {Uint8Array} */ _said) => {};
  let say = idle;

  const drop = () => {
    if (unbind && pair) base = pair.base();
    unbind?.();
    unbind = pair = null;
    generation = "";
  };

  /** The first words came: what is typed here and not there is done to them. */
  const take = (/** @type {any} */ text) => {
    const now = String(text), { first, last, put } = change(now, merged(base, field.value, now));
    text.doc.transact(() => {
      if (last > first) text.delete(first, last - first);
      if (put) text.insert(first, put);
    });
    unbind = bind(field, text);
    if (put && document.activeElement === field) field.setSelectionRange(first + put.length, first + put.length);
    show({ state: "live" });
  };

  const hears = {
    open: (/** @type {typeof say} */ by) => {
      say = by;
      pair ??= openPair(yjs, (step, said) => say(step, said));
      pair.begins();
    },
    sync: (/** @type {number} */ step, /** @type {Uint8Array} */ said) => {
      pair?.hears(step, said);
      if (step === 1 && pair && !unbind) take(pair.text);
    },
    told: (/** @type {any[][]} */ states) => {
      const [[, { pen }], ...others] = states;
      generation = pen.generation;
      pair?.taken(pen.heard);
      show({ state: unbind ? "live" : "joining", kept: pen.state, others: others.map(([, each]) => each?.user).filter(Boolean) });
    },
    ended: (/** @type {number} */ code, /** @type {string} */ reason) => {
      say = idle;
      if (ANEW.includes(code)) drop();
      show({ state: FINAL.includes(code) || code === RESTS ? "rests" : "lost", reason });
    },
  };

  const address = () => {
    const url = new URL(field.dataset.pen ?? "", location.href.replace(/^http/, "ws"));
    if (generation) url.searchParams.set("generation", generation);
    return url.href;
  };
  const close = openLine(yjs, address, hears);
  return () => {
    pair?.deliver();
    close();
    drop();
    laidDown.set(field, { pen, base });
  };
}
