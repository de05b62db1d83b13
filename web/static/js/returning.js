// Knows when a page whose line broke comes back: spread out so that a restart is no stampede, and often in the first minute.
// @ts-check

/** These closes say that coming back is no use: no seat, removed, no such board. */
export const FINAL = [4401, 4403, 4404];
/** The close that this page gives itself, when it has waited long enough already. */
export const SILENT = 4900;
/** Heartbeats come every 10 s; a line silent for longer than this is dead, whatever the browser believes. */
export const SILENCE = 17_000;
const BUSY = [1013, 4408, 4429];
/** Closes that no proxy makes up: this line came through. */
const SPOKEN = [1012, ...BUSY];
const MOMENTS = 30_000;
const FIRST_MINUTE = 60_000;

/**
 * Milliseconds until the next try. The first comes at a random moment within 2 s; for a minute none is more than 5 s
 * after another; a server that says it is busy is given the longer end of that.
 * @param {{ attempt: number, code: number, lost: number, random?: number }} broken `lost`: for how long, in milliseconds
 */
export function delayOf({ attempt, code, lost, random = Math.random() }) {
  if (BUSY.includes(code)) return 3_000 + 2_000 * random;
  if (code === SILENT) return 500 * random;
  if (attempt === 0) return 2_000 * random;
  return lost < FIRST_MINUTE ? 1_000 + 3_500 * random : 5_000 + 10_000 * random;
}

/** Where no socket comes through tries end like this: refused, unanswered, or cut within moments. @param {{ code: number, lasted: number }} broken `lasted`: milliseconds, 0 for one that never opened */
export function isCut({ code, lasted }) {
  return lasted < MOMENTS && !SPOKEN.includes(code);
}
