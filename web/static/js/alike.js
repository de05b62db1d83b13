// Knows where suggestions of notes about the same subject belong, and fetches what shows them once such a step is on.
// @ts-check
import { on } from "./events.js";
import { morphInside } from "./keyed.js";
import { mine } from "./own.js";

/** @param {HTMLElement} board */
export function start(board) {
  let begun = false;
  const look = async () => {
    const place = board.querySelector("section:not([hidden]) [data-alike]");
    if (begun || !place || mine().role === "observer") return;
    begun = true;
    const suggesting = await import("./suggesting.js");
    // There is one morph on a page: a module that is fetched by itself would have another.
    suggesting.start(board, morphInside);
  };
  on("applied", ({ plain }) => { if (!plain) look(); });
  on("shown", look);
  board.addEventListener("click", (event) => {
    const opener = /** @type {Element} */ (event.target).closest("[data-alike-open]");
    const place = document.getElementById(`alike-${opener?.getAttribute("data-alike-open")}`);
    if (!opener || !place?.checkVisibility()) return;
    event.preventDefault();
    const panel = /** @type {HTMLElement | null} */ (opener.closest("[popover]:popover-open"));
    panel?.hidePopover();
    place.setAttribute("open", "");
    place.scrollIntoView({ block: "start" });
    place.querySelector("summary")?.focus({ preventScroll: true });
  });
  look();
}
