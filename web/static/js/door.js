// The pages before the board: starting one, the door, the waiting room.
// @ts-check
import * as places from "./places.js";
import * as times from "./times.js";

times.start();
for (const field of document.querySelectorAll("input[data-places]")) places.start(/** @type {HTMLInputElement} */ (field));
