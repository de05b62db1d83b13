// Knows the way round where no socket comes through: the same frames as an event stream.
// @ts-check
import { SILENCE, SILENT } from "./returning.js";
import { amongTabs } from "./tabs.js";

/** Whoever comes is told something within a second or two, by the heartbeat at the latest. */
const OPENING = 12_000;
/** When a socket is tried while the stream stands: soon, for the server may only have been away; then hardly ever. */
const PROBES = [5_000, 30_000, 120_000, 300_000];
/** Where this tab remembers that it goes round. */
const WAY = "flipchart:way";
/** A socket takes over when it has held for so long. */
const HELD = 30_000;

/**
 * @param {{ address: () => string, heard: (detail: any) => void, began: () => void, lost: (code: number) => void }} hears
 */
export function standIn({ address, heard, began, lost }) {
  /** @type {EventSource | null} */ let source = null;
  let speaks = false, deadline = Infinity, probe = 0, receiving = Promise.resolve();

  const close = () => {
    source?.close();
    source = null;
    deadline = Infinity;
  };
  /** One that never spoke is tried again by and by, beside the socket; one that did is missed. @param {number} code */
  const fail = (code) => {
    const spoke = speaks;
    close();
    speaks = false;
    if (spoke || code !== SILENT) lost(code);
  };
  const speak = () => {
    if (speaks) return;
    speaks = true;
    remember("stream");
    tabs.take();
    began();
  };
  const connect = () => {
    close();
    const made = source = new EventSource(address().replace(/^ws/, "http"));
    deadline = performance.now() + OPENING;
    made.addEventListener("message", ({ data: said }) => {
      deadline = performance.now() + SILENCE;
      speak();
      // One after the other, as the socket has it: what comes while the page is fetched anew waits for that.
      receiving = receiving.then(async () => {
        /** @type {Promise<void>[]} */ const waits = [];
        heard({ message: { data: said }, waitUntil: (/** @type {Promise<void>} */ wait) => waits.push(wait) });
        await Promise.all(waits);
      }).catch(reportError);
    });
    made.addEventListener("close", (event) => fail(Number(/** @type {MessageEvent} */ (event).data)));
    made.addEventListener("error", () => { if (source === made) fail(SILENT); });
  };
  const end = () => {
    close();
    tabs.leave();
    speaks = false;
  };
  const tabs = amongTabs({ letGo: close, back: connect });

  setInterval(() => { if (performance.now() > deadline) fail(SILENT); }, 1_000);
  addEventListener("online", () => { probe = 0; });
  addEventListener("pagehide", end);
  return {
    open: () => { if (!source && !speaks) connect(); },
    carries: () => speaks,
    /** What is missing comes when the stream begins anew from where the page is. */
    again: () => { if (source) connect(); },
    end,
    /** Milliseconds until a socket is tried again. */
    patience: () => (PROBES[probe++] ?? 300_000) * (0.75 + Math.random() / 2),
    /** Lets a socket take over that opened then and still stands; answers whether it does. @param {number} openedAt */
    yields: (openedAt) => {
      if (performance.now() - openedAt < HELD) return false;
      probe = 0;
      remember("");
      end();
      return true;
    },
  };
}

/** @param {string} way */
function remember(way) {
  try {
    sessionStorage.setItem(WAY, way);
  } catch {
    // The next page finds out by itself.
  }
}
