// Knows in which order this person sees the choices of an open vote: the server's for a page, here for what frames bring.
// @ts-check
import { on } from "./events.js";
import { keepingFocus } from "./typing.js";

/** @param {HTMLElement} board */
export function start(board) {
  const arrange = () => {
    for (const form of board.querySelectorAll("form[data-shuffled]")) {
      const list = form.querySelector(".candidates");
      if (list) order(list, `${form.getAttribute("data-ballot")} ${board.dataset.person}`);
    }
  };
  on("applied", ({ plain }) => { if (!plain) arrange(); });
  arrange();
}

/** Moves as few as it can, and never what is in its place: a finger may rest on it. @param {any} list @param {string} seed */
function order(list, seed) {
  const rows = /** @type {Element[]} */ (Array.from(list.children));
  const keyed = rows.map((row) => ({ row, ref: row.getAttribute("data-ref") ?? "", at: scattered(`${seed} ${row.getAttribute("data-ref")}`) }));
  keyed.sort((one, other) => one.at - other.at || (one.ref < other.ref ? -1 : 1));
  if (keyed.every(({ row }, at) => row === rows[at])) return;
  keepingFocus(() => {
    let after = null;
    for (const { row } of keyed) {
      const spot = /** @type {Element | null} */ (after ? after.nextElementSibling : list.firstElementChild);
      if (spot !== row) list.moveBefore ? list.moveBefore(row, spot) : list.insertBefore(row, spot);
      after = row;
    }
  });
}

/** As `shuffling.py` has it: FNV-1a, finished as MurmurHash3 finishes. @param {string} text */
export function scattered(text) {
  let found = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) found = Math.imul(found ^ text.charCodeAt(at), 0x01000193);
  found = Math.imul(found ^ (found >>> 16), 0x85ebca6b);
  found = Math.imul(found ^ (found >>> 13), 0xc2b2ae35);
  return (found ^ (found >>> 16)) >>> 0;
}
