// Knows the board's socket, and is the one file that knows hx-ws: frames in, link up or down, coming back.
// @ts-check
import { catchingUp } from "./catching-up.js";
import { learn } from "./clock.js";
import { on, tell } from "./events.js";
import { receive, seqOf } from "./frames.js";
import { holding } from "./holding.js";
import { reload } from "./refresh.js";
import { FINAL, SILENT, delayOf } from "./returning.js";

/** Heartbeats come every 10 s; a line silent for longer than this is dead, whatever the browser believes. */
const SILENCE = 17_000;
/** How long a line may take to open: short at first, so that tries follow each other, then patient with slow lines. */
const openingOf = (/** @type {number} */ lost) => (lost < 60_000 ? 4_500 : 15_000);

/** @param {HTMLElement} board */
export function start(board) {
  /** @type {any} */ let connection = null;
  let deadline = Infinity, lostAt = 0, attempt = 0, state = "";

  const link = (/** @type {string} */ next, code = 0) => {
    state = next;
    tell("link", { state, code });
  };
  /** If nothing was heard by then, the line counts as dead. @param {number} within milliseconds */
  const expect = (within) => { deadline = performance.now() + within; };
  const address = () => {
    const url = new URL(board.dataset.live ?? "", location.href.replace(/^http/, "ws"));
    url.searchParams.set("since", String(seqOf(board)));
    url.searchParams.set("epoch", board.dataset.epoch ?? "");
    return url.href;
  };
  const open = () => connection?.socket?.readyState === WebSocket.OPEN;

  /** The socket's own close event can take 12 s to come on a line that is half open: this one comes now. */
  const breakOff = () => {
    const socket = connection?.socket;
    if (state === "closed" || !socket) return;
    socket.dispatchEvent(new CloseEvent("close", { code: SILENT }));
    if (socket.readyState < WebSocket.CLOSING) socket.close();
  };

  const catching = catchingUp(board, (seen) => {
    if (open()) connection.socket.send(JSON.stringify({ seen }));
  });

  /** @param {number} wanted */
  const anew = async (wanted) => {
    await catching.anew(wanted);
    expect(SILENCE);
    connection.url = address();
  };

  const take = holding((/** @type {{ detail: any, message: any }} */ { detail, message }) => {
    if ("head" in message) return catching.beat(message);
    if (message.refresh || receive(board, message) === "missing") detail.waitUntil(anew(message.seq ?? 0));
    connection.url = address();
  });

  on("typing", ({ part }) => { if (open()) connection.socket.send(JSON.stringify({ typing: part })); });

  board.addEventListener("htmx:ws:before:connection", (event) => {
    ({ connection } = /** @type {CustomEvent} */ (event).detail);
    connection.url = address();
    // hx-ws asks a list; this one says yes to every code but the final ones, also to those nobody thought of.
    connection.config.reconnectCodes = { includes: (/** @type {number} */ code) => !FINAL.includes(code) };
    if (lostAt) return;
    expect(openingOf(0));
    link("connecting");
  });
  board.addEventListener("htmx:ws:after:connection", () => {
    expect(SILENCE);
    attempt = lostAt = 0;
    link("online");
  });
  board.addEventListener("htmx:ws:close", (event) => {
    const { code } = /** @type {CustomEvent} */ (event).detail;
    // A close that comes after our own is the same close: only one try may be waiting.
    if (connection?.timer) clearTimeout(connection.timer);
    link(FINAL.includes(code) ? "closed" : "offline", code);
    if (code === 4403) reload();
    if (!connection || state === "closed") return;
    lostAt ||= performance.now();
    const lost = performance.now() - lostAt, delay = delayOf({ attempt: attempt++, code, lost });
    Object.assign(connection.config, { reconnectDelay: delay, reconnectMaxDelay: delay, reconnectJitter: 0 });
    expect(delay + openingOf(lost));
  });
  board.addEventListener("htmx:ws:before:message:incoming", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    detail.cancelled = true;
    expect(SILENCE);
    if (state !== "online") link("online");
    take({ detail, message: JSON.parse(detail.message.data) });
  });

  const watch = () => {
    if (!catching.isRefreshing() && performance.now() > deadline) breakOff();
  };
  setInterval(watch, 1_000);
  document.addEventListener("visibilitychange", watch);
  addEventListener("online", () => { if (!open()) breakOff(); });
  addEventListener("offline", () => link("offline"));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  learn(Number(board.dataset.clock), performance.timeOrigin + responseStart());
  tell("now");
  board.setAttribute("hx-ws:connect", address());
  htmx.process(board);
}

/** When the page began to arrive, in milliseconds after the navigation. */
function responseStart() {
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return entry?.responseStart ?? 0;
}
