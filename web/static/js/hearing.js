// Knows what becomes of what a line says, whichever way it came: a frame, a heartbeat, the order to fetch the page.
// @ts-check
import { catchingUp } from "./catching-up.js";
import { receive } from "./frames.js";
import { holding } from "./holding.js";

/** @param {HTMLElement} board @param {{ ask: (seen: number) => void, moved: () => void }} line `moved`: the page shows more than before */
export function hearing(board, { ask, moved }) {
  const catching = catchingUp(board, ask);
  const take = holding((/** @type {{ detail: any, message: any }} */ { detail, message }) => {
    if ("head" in message) return catching.beat(message);
    if (message.refresh || receive(board, message) === "missing") detail.waitUntil(catching.anew(message.seq ?? 0).then(moved));
    moved();
  });
  return {
    isRefreshing: catching.isRefreshing,
    hear: (/** @type {any} */ detail) => take({ detail, message: JSON.parse(detail.message.data) }),
  };
}
