// Knows the pen's socket: whether it stands, and when it comes back.
// @ts-check
import { on } from "./events.js";
import { heard, spoken } from "./pen-messages.js";
import { FINAL, SILENT, delayOf } from "./returning.js";

/** A message comes every 10 s; a line that is silent for longer than this is dead. */
const SILENCE = 17_000;
/** The pen rests: a ballot, a lock, somebody muted. Whenever the board changes it may be taken up again. */
export const RESTS = 4409;
const LOOK_AGAIN = 3_000;

/**
 * @param {any} yjs @param {() => string} address
 * @param {import("./pen-messages.js").Hears & { open: (say: (step: number, said: Uint8Array) => void) => void, ended: (code: number, reason: string) => void }} hears
 */
export function openLine(yjs, address, hears) {
  /** @type {WebSocket | null} */ let socket = null;
  /** @type {number | undefined} */ let again;
  let attempt = 0, lostAt = 0, deadline = Infinity, rests = false, over = false, triedAt = 0;

  const say = (/** @type {number} */ step, /** @type {Uint8Array} */ said) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(spoken(yjs, step, said));
  };

  const end = (/** @type {number} */ code, reason = "") => {
    if (over || !socket) return;
    socket = null;
    lostAt ||= performance.now();
    rests = code === RESTS;
    hears.ended(code, reason);
    if (FINAL.includes(code) || rests) return;
    again = setTimeout(open, code === 4412 ? 200 * Math.random() : delayOf({ attempt: attempt++, code, lost: performance.now() - lostAt }));
  };

  const open = () => {
    if (over || socket) return;
    clearTimeout(again);
    triedAt = performance.now();
    const made = socket = new WebSocket(address());
    made.binaryType = "arraybuffer";
    deadline = performance.now() + SILENCE;
    made.addEventListener("open", () => { if (socket === made) hears.open(say); });
    made.addEventListener("message", (event) => {
      if (socket !== made) return;
      attempt = lostAt = 0;
      deadline = performance.now() + SILENCE;
      heard(yjs, event.data, hears);
    });
    made.addEventListener("close", ({ code, reason }) => { if (socket === made) end(code, reason); });
  };

  const breakOff = () => {
    socket?.close();
    end(SILENT);
  };
  const watch = setInterval(() => { if (performance.now() > deadline && socket) breakOff(); }, 1_000);
  addEventListener("offline", breakOff);
  addEventListener("online", open);
  on("applied", () => { if (rests && performance.now() - triedAt > LOOK_AGAIN) open(); });
  open();
  return () => {
    over = true;
    clearInterval(watch);
    clearTimeout(again);
    removeEventListener("offline", breakOff);
    removeEventListener("online", open);
    socket?.close();
  };
}
