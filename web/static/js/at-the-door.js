// Knows when a page has to do with what was typed at the door on this device: who comes in again has words to take over, and who leaves forgets it.
// @ts-check
import { keep, kept } from "./kept.js";

/** @param {HTMLElement} board @param {any} outbox @param {{ flush: () => void }} mail */
export function start(board, outbox, mail) {
  const door = `${board.dataset.board}:door`;
  board.addEventListener("submit", ({ target }) => {
    if (/** @type {Element} */ (target).matches("[action$='/leave']")) keep(door, "");
  });
  if (kept(door).includes('"was"')) import("./taking-over.js").then((over) => over.start(board, outbox, mail), reportError);
}
