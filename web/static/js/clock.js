// Knows the server's time: clocks on phones are wrong, so it is counted from what the server last said.
// @ts-check

const REMEMBERED = 6;
/** @type {number[]} */
const offsets = [];

/**
 * Learns from a server time in seconds that arrived now. A message can only be late, never early: the largest offset
 * of the last few is the nearest to the truth.
 * @param {number} seconds @param {number} [arrived] milliseconds of this device's clock
 */
export function learn(seconds, arrived = Date.now()) {
  if (!Number.isFinite(seconds)) return;
  offsets.push(seconds * 1000 - arrived);
  if (offsets.length > REMEMBERED) offsets.shift();
}

/** Learns from a page, whose time is that of the moment when it began to arrive. @param {HTMLElement} board */
export function learnFrom(board) {
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  learn(Number(board.dataset.clock), performance.timeOrigin + (entry?.responseStart ?? 0));
}

/** The server's time in milliseconds; this device's own until the server has spoken. */
export function now() {
  return Date.now() + (offsets.length ? Math.max(...offsets) : 0);
}

/** A moment in milliseconds, from epoch seconds or ISO 8601; NaN when there is none. @param {string | null | undefined} text */
export function moment(text) {
  if (!text) return NaN;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
