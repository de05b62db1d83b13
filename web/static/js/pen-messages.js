// Knows the pen's messages: those of the yjs protocol, and who is here in the form of its awareness.
// @ts-check

/** @typedef {{ sync: (step: number, said: Uint8Array) => void, told: (states: any[][]) => void }} Hears */

const SYNC = 0;
/** What is typed is sent at once, and while somebody goes on, no more often than this: a line takes five a second. */
const PACE = 250;

/** A step of syncing: 0 says what one knows, 1 and 2 what the other lacks. @param {any} yjs @param {number} step @param {Uint8Array} said @returns {Uint8Array} */
export function spoken(yjs, step, said) {
  const message = yjs.createEncoder();
  for (const number of [SYNC, step]) yjs.writeVarUint(message, number);
  yjs.writeVarUint8Array(message, said);
  return yjs.toUint8Array(message);
}

/** Tells whoever hears what a message says. @param {any} yjs @param {ArrayBuffer} given @param {Hears} hears */
export function heard(yjs, given, hears) {
  const message = yjs.createDecoder(new Uint8Array(given));
  if (yjs.readVarUint(message) === SYNC) return hears.sync(yjs.readVarUint(message), yjs.readVarUint8Array(message));
  const inside = yjs.createDecoder(yjs.readVarUint8Array(message)), states = [];
  for (let left = yjs.readVarUint(inside); left > 0; left--) {
    const who = yjs.readVarUint(inside);
    yjs.readVarUint(inside);
    states.push([who, JSON.parse(yjs.readVarString(inside))]);
  }
  hears.told(states);
}

/** At once, and then no more often than the pace. @param {() => void} act */
export function paced(act) {
  /** @type {number | undefined} */ let timer;
  let last = -Infinity;
  const now = () => {
    timer = undefined;
    last = performance.now();
    act();
  };
  return () => { timer ??= setTimeout(now, Math.max(0, PACE - (performance.now() - last))); };
}
