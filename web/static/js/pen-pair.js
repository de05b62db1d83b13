// Knows two documents of one version: as it is on this page, and as the server is known to have it.
// @ts-check
import { REMOTE } from "./pen-binding.js";
import { paced } from "./pen-messages.js";

/** @param {any} yjs @param {(step: number, said: Uint8Array) => void} say */
export function openPair(yjs, say) {
  const here = new yjs.Doc(), there = new yjs.Doc();
  /** Written and not sent. @type {Uint8Array[]} */ let written = [];
  /** Sent by this line, and not said to be taken in. @type {Uint8Array[]} */ let sent = [];
  let counted = 0, met = false;

  const deliver = () => {
    // Before the server has said what it knows, a stroke may follow words that it lacks: then it is sent with these.
    if (!met || !written.length) return;
    const update = yjs.mergeUpdates(written);
    written = [];
    sent.push(update);
    say(2, update);
  };
  const soon = paced(deliver);
  here.on("update", (/** @type {Uint8Array} */ update, /** @type {unknown} */ origin) => {
    if (origin === REMOTE) return;
    written.push(update);
    soon();
  });

  return {
    text: here.getText("text"),
    deliver,
    base: () => String(there.getText("text")),
    /** A line opens: what it will say it has taken in is counted anew. */
    begins: () => {
      [sent, counted, met] = [[], 0, false];
      say(0, yjs.encodeStateVector(here));
    },
    /** @param {number} step @param {Uint8Array} said */
    hears: (step, said) => {
      if (step > 0) {
        for (const each of [here, there]) yjs.applyUpdate(each, said, REMOTE);
        return;
      }
      const update = yjs.encodeStateAsUpdate(here, said);
      [written, met] = [[], true];
      sent.push(update);
      say(1, update);
    },
    /** @param {number} count of messages that the server has taken in */
    taken: (count) => {
      for (; counted < count && sent.length; counted++) yjs.applyUpdate(there, sent.shift(), REMOTE);
    },
  };
}
