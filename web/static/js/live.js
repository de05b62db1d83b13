// Knows the board's line, and is the one file that knows hx-ws: frames in, link up or down, coming back.
// @ts-check
import { wayRound } from "./around.js";
import { learnFrom } from "./clock.js";
import { on, tell } from "./events.js";
import { addressOf, seqOf } from "./frames.js";
import { hearing } from "./hearing.js";
import { reload } from "./refresh.js";
import { FINAL, SILENCE, SILENT, delayOf } from "./returning.js";

/** How long a line may take to open: short at first, so that tries follow each other, then patient with slow lines. */
const openingOf = (/** @type {number} */ lost) => (lost < 60_000 ? 4_500 : 15_000);

/** @param {HTMLElement} board */
export function start(board) {
  /** @type {any} */ let connection = null;
  let deadline = Infinity, lostAt = 0, attempt = 0, state = "", ofStream = false;

  const link = (/** @type {string} */ next, code = 0) => {
    state = next;
    tell("link", { state, code, around: round.carries() });
  };
  /** If nothing was heard by then, the line counts as dead. @param {number} within milliseconds */
  const expect = (within) => { deadline = performance.now() + within; };
  const open = () => connection?.socket?.readyState === WebSocket.OPEN;

  /** The socket's own close event can take 12 s to come on a line that is half open: this one comes now. */
  const breakOff = (code = SILENT) => {
    const socket = connection?.socket;
    if (state === "closed") return;
    // Where there are no sockets at all nothing closes.
    if (!socket) return closed(code);
    socket.dispatchEvent(new CloseEvent("close", { code }));
    if (socket.readyState < WebSocket.CLOSING) socket.close();
  };
  const say = (/** @type {object} */ said) => { if (open()) connection.socket.send(JSON.stringify(said)); };
  const ask = (/** @type {number} */ seen) => round.carries() ? round.again() : say({ seen });
  const moved = () => {
    if (!round.carries()) expect(SILENCE);
    if (connection) connection.url = addressOf(board);
  };
  const { hear, isRefreshing } = hearing(board, { ask, moved });
  const heard = (/** @type {any} */ detail) => {
    if (state !== "online") link("online");
    hear(detail);
  };
  const online = () => {
    attempt = lostAt = 0;
    link("online");
  };
  /** The stream ended: a socket that stands takes over, or both are tried again. @param {number} code */
  const lost = (code) => {
    if (open() && !FINAL.includes(code)) return void (say({ seen: seqOf(board) }), online());
    ofStream = true;
    breakOff(code);
    ofStream = false;
  };
  const round = wayRound({ address: () => addressOf(board), heard, began: online, lost });

  const over = (/** @type {number} */ code) => {
    round.end();
    link("closed", code);
    if (code === 4403) reload();
  };
  const closed = (/** @type {number} */ code) => {
    // Only one try may be waiting.
    if (connection?.timer) clearTimeout(connection.timer);
    if (!ofStream) round.count(connection?.socket ?? null, code);
    if (FINAL.includes(code)) return over(code);
    const carried = round.carries();
    if (!carried) {
      link("offline", code);
      lostAt ||= performance.now();
    }
    const since = lostAt && performance.now() - lostAt;
    const delay = carried ? round.patience() : delayOf({ attempt: attempt++, code, lost: since });
    if (connection) Object.assign(connection.config, { reconnectDelay: delay, reconnectMaxDelay: delay, reconnectJitter: 0 });
    expect(delay + openingOf(since));
    if (!carried) round.go(ofStream ? delay : 0);
  };
  on("typing", ({ part }) => say({ typing: part }));

  board.addEventListener("htmx:ws:before:connection", (event) => {
    ({ connection } = /** @type {CustomEvent} */ (event).detail);
    connection.url = addressOf(board);
    // hx-ws asks a list; this one says yes to every code but the final ones, also to those nobody thought of.
    connection.config.reconnectCodes = { includes: (/** @type {number} */ code) => !FINAL.includes(code) };
    if (lostAt || round.carries()) return;
    expect(openingOf(0));
    link("connecting");
  });
  board.addEventListener("htmx:ws:after:connection", () => {
    round.opened();
    expect(SILENCE);
    if (!round.carries()) online();
  });
  board.addEventListener("htmx:ws:close", (event) => closed(/** @type {CustomEvent} */ (event).detail.code));
  board.addEventListener("htmx:ws:before:message:incoming", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    detail.cancelled = true;
    expect(SILENCE);
    round.spoke();
    if (!round.carries()) heard(detail);
    else if (round.yields()) lost(0);
  });

  const watch = () => { if (!isRefreshing() && performance.now() > deadline) breakOff(); };
  setInterval(watch, 1_000);
  document.addEventListener("visibilitychange", watch);
  // Another network than before: what stands may be dead, and would be found out only by its silence.
  addEventListener("online", () => { round.again(); breakOff(); });
  addEventListener("offline", () => link("offline"));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  learnFrom(board);
  tell("now");
  board.setAttribute("hx-ws:connect", addressOf(board));
  htmx.process(board);
  round.go(0);
}
