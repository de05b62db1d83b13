// Knows how many tabs of this browser follow by a stream: it opens six connections to a server for all of them together.
// @ts-check

/** A tab that nobody looks at lets go once so many others have begun since it was looked at. */
const OTHERS = 3;

/**
 * @param {{ letGo: () => void, back: () => void }} stream `letGo` is called in a tab that is not looked at, `back` once it is again
 */
export function amongTabs({ letGo, back }) {
  const tab = Math.random(), others = new Set();
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("flipchart:streams") : null;
  let holds = false, rests = false;
  const say = (/** @type {boolean} */ now) => {
    if (now !== holds) channel?.postMessage({ tab, holds: now });
    holds = now;
  };
  channel?.addEventListener("message", ({ data: said }) => {
    if (said.holds) others.add(said.tab);
    else others.delete(said.tab);
    if (!holds || !document.hidden || others.size < OTHERS || !isAlone()) return;
    rests = true;
    say(false);
    letGo();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    others.clear();
    if (!rests) return;
    rests = false;
    say(true);
    back();
  });
  return {
    take: () => say(true),
    leave: () => {
      rests = false;
      say(false);
    },
  };
}

/** Over HTTP/2 and 3 all answers share one connection. */
function isAlone() {
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return !/^h[23]/.test(entry?.nextHopProtocol ?? "");
}
