// Knows how this device and its network do: whether a live connection opens, how fast it answers, and how wrong the clock is.
// @ts-check
import { fill } from "./words.js";

const PATIENCE = 8_000, SLOW = 1_500, WRONG_BY = 5;

export function start() {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-ready]"));
  if (!list) return;
  const again = /** @type {HTMLElement | null} */ (list.querySelector("[data-try]"));
  const tries = async () => {
    tell("line", "pending");
    again?.toggleAttribute("hidden", true);
    const took = await answers(list.dataset.ready ?? "", Number(list.dataset.seq));
    tell("line", took === null ? "wrong" : took > SLOW ? "look" : "good", { ms: Math.round(took ?? 0) });
    again?.toggleAttribute("hidden", false);
  };
  again?.addEventListener("click", tries);
  compare(Number(list.dataset.clock));
  tries();
}

/** Opens the board's own socket and asks for what it has; milliseconds until the answer, null without one. @param {string} path @param {number} seq @returns {Promise<number | null>} */
function answers(path, seq) {
  const url = new URL(path, location.href.replace(/^http/, "ws"));
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    let asked = 0;
    const done = (/** @type {number | null} */ took) => {
      clearTimeout(timer);
      socket.close();
      resolve(took);
    };
    const timer = setTimeout(() => done(null), PATIENCE);
    socket.addEventListener("open", () => {
      asked = performance.now();
      socket.send(JSON.stringify({ seen: Math.max(0, seq - 1) }));
    });
    socket.addEventListener("message", () => done(performance.now() - asked));
    socket.addEventListener("close", () => done(null));
  });
}

/** The page says what the time was when it was made; it began to arrive a moment later. @param {number} clock */
function compare(clock) {
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  const arrived = performance.timeOrigin + (navigation?.responseStart ?? 0);
  const seconds = Math.round(Math.abs(arrived / 1_000 - clock));
  tell("clock", seconds > WRONG_BY ? "look" : "good", { seconds });
}

/** @param {string} key @param {string} state @param {Record<string, number>} [facts] */
function tell(key, state, facts = {}) {
  const row = document.getElementById(`check-${key}`);
  if (!row) return;
  row.dataset.state = state;
  for (const each of row.querySelectorAll("[data-when], [data-said]")) {
    const its = each.getAttribute("data-when") ?? each.getAttribute("data-said");
    each.toggleAttribute("hidden", its !== state);
    const sentence = each.getAttribute("data-sentence");
    if (its === state && sentence) each.textContent = fill(sentence, facts);
  }
}
