// Knows the clock: it ticks by the server's time, counts on past zero, and is announced at five minutes, one minute and the end.
// @ts-check
import { announce } from "./announcer.js";
import { moment, now } from "./clock.js";
import { on } from "./events.js";
import { localise } from "./times.js";
import { counted, words, write, yes } from "./words.js";

const MINUTE = 60_000;
const ANNOUNCED = [5, 1, 0];

/** @param {HTMLElement} board */
export function start(board) {
  /** @type {number | null} */ let before = null;
  let ends = "";

  const tick = () => {
    const clock = document.getElementById("timer");
    if (!clock) return;
    const left = leftOn(clock);
    show(clock, left);
    replan();
    if (ends !== (clock.dataset.endsAt ?? "")) before = null;
    ends = clock.dataset.endsAt ?? "";
    if (ends && left !== null) {
      for (const minutes of ANNOUNCED) if (before !== null && before > minutes * MINUTE && left <= minutes * MINUTE) tellLeft(minutes);
      before = left;
    }
  };

  const again = () => {
    tick();
    setTimeout(again, 1_000 - (now() % 1_000) + 5);
  };
  on("applied", tick);
  on("now", tick);
  again();
}

/** Milliseconds left, negative when over, null when there is no clock. @param {HTMLElement} clock */
function leftOn(clock) {
  const { endsAt, left } = clock.dataset, end = moment(endsAt);
  if (Number.isFinite(end)) return end - now();
  return left ? Number(left) * 1_000 : null;
}

/** @param {HTMLElement} clock @param {number | null} left */
function show(clock, left) {
  const text = left === null ? "" : spelled(left);
  const state = left === null ? "off" : left < 0 ? "over" : clock.dataset.endsAt ? "running" : "paused";
  const face = clock.querySelector("[data-clock-text]") ?? clock;
  write(face, text);
  const title = text && words(clock, "title", { time: text });
  if (title && clock.title !== title) clock.title = title;
  const styled = /** @type {HTMLElement} */ (clock.matches(".clock") ? clock : clock.querySelector(".clock") ?? clock);
  if (styled.dataset.state !== state) styled.dataset.state = state;
}

/** 07:03, and +00:12 past the end. @param {number} left */
function spelled(left) {
  const seconds = left < 0 ? Math.floor(-left / 1_000) : Math.ceil(left / 1_000);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${left < 0 ? "+" : ""}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** @param {number} minutes */
function tellLeft(minutes) {
  const host = document.getElementById("announcer");
  announce(minutes ? counted(host, "minutes", minutes) : words(host, "over"));
}

/** Tells facilitators when the session would end if nothing changed, once that is a minute or more after the plan. */
function replan() {
  const line = document.getElementById("replan"), clock = document.getElementById("timer");
  const planned = moment(line?.dataset.plannedEnd);
  if (!line || !clock || !Number.isFinite(planned)) return;
  const projected = now() + Math.max(0, leftOn(clock) ?? 0) + Number(line.dataset.after ?? 0) * 1_000;
  const late = projected - planned;
  line.toggleAttribute("hidden", late < MINUTE || yes(line.dataset.closed));
  const time = line.querySelector("time");
  const end = new Date(Math.ceil(projected / MINUTE) * MINUTE).toISOString().replace(/\.\d+/, "");
  if (time && time.dateTime !== end) {
    time.dateTime = end;
    localise(time);
  }
  write(line.querySelector("[data-late]"), counted(line.querySelector("[data-late]"), "late", Math.floor(late / MINUTE)));
}
