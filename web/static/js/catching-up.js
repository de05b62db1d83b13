// Knows how a page that fell behind catches up: it asks for what is missing, or fetches itself anew.
// @ts-check
import { learn } from "./clock.js";
import { on, tell } from "./events.js";
import { seqOf } from "./frames.js";
import { refresh } from "./refresh.js";

/** A frame may be on its way while one heartbeat overtakes it, not while two do. */
const PATIENCE = 2;
const LONGEST = 15_000;

/** @param {HTMLElement} board @param {(seen: number) => void} ask says up the line what this page has */
export function catchingUp(board, ask) {
  let behind = 0, refreshing = false;
  const askForMissing = () => ask(seqOf(board));

  /** Hears a heartbeat: how far the board is, and what time it is there. @param {{ head: number, now: number }} heartbeat */
  const beat = ({ head, now }) => {
    learn(now);
    tell("now");
    behind = head > seqOf(board) ? behind + 1 : 0;
    if (behind < PATIENCE) return;
    behind = 0;
    askForMissing();
  };

  /** Fetches the page; whatever frames said up to `wanted` is then either in it or asked for. @param {number} wanted */
  const anew = async (wanted) => {
    refreshing = true;
    for (let wait = 1_000; !(await refresh(board)); wait = Math.min(wait * 2, LONGEST)) {
      await new Promise((resume) => setTimeout(resume, wait * (0.5 + Math.random())));
    }
    refreshing = false;
    behind = 0;
    if (seqOf(board) < wanted) askForMissing();
  };

  // A command was answered, and a second later the page does not show what it did.
  on("accepted", ({ seq }) => setTimeout(() => { if (seqOf(board) < seq) askForMissing(); }, 1_000));
  return { beat, anew, isRefreshing: () => refreshing };
}
