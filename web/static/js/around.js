// Knows when tries end as they do where no socket comes through, and fetches what stands in then.
// @ts-check
import { isCut } from "./returning.js";

/** So many tries in a row. */
const BLOCKED = 2;
/** Where this tab remembers that it goes round. */
const WAY = "flipchart:way";

/** @param {Parameters<typeof import("./streaming.js").standIn>[0]} hears */
export function wayRound(hears) {
  /** @type {ReturnType<typeof import("./streaming.js").standIn> | null} */ let stream = null;
  /** @type {WebSocket | null} */ let counted = null;
  let cuts = remembered() ? BLOCKED : 0, openedAt = 0, spoke = false;

  const go = async () => {
    const { standIn } = await import("./streaming.js");
    stream ??= standIn(hears);
    stream.open();
  };
  return {
    opened: () => {
      openedAt = performance.now();
      spoke = false;
    },
    spoke: () => { spoke = true; },
    carries: () => stream?.carries() ?? false,
    /** Lets the socket take over, if it has held long enough. */
    yields: () => stream?.yields(openedAt) ?? true,
    again: () => stream?.again(),
    end: () => stream?.end(),
    patience: () => stream?.patience() ?? 0,
    /** Counts a try that ended; its close may come twice. @param {WebSocket | null} socket @param {number} code */
    count: (socket, code) => {
      if (socket && socket === counted) return;
      if (!isCut({ code, lasted: openedAt && performance.now() - openedAt })) cuts = 0;
      // A line that opened and said nothing, like a browser without sockets, is not tried twice.
      else cuts += socket && (spoke || !openedAt) ? 1 : BLOCKED;
      counted = socket;
      openedAt = 0;
    },
    /** Goes round where that is needed. @param {number} wait milliseconds */
    go: (wait) => { if (cuts >= BLOCKED && navigator.onLine) setTimeout(go, wait); },
  };
}

/** Did no socket come through to the page before this one in the same tab? */
function remembered() {
  try {
    return sessionStorage.getItem(WAY) === "stream";
  } catch {
    return false;
  }
}
