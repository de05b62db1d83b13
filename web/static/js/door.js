// The pages before the board: starting one, the door, the waiting room.
// @ts-check
import * as comingAgain from "./coming-again.js";
import * as countdown from "./countdown.js";
import * as places from "./places.js";
import * as times from "./times.js";
import * as zones from "./zones.js";

times.start();
countdown.start();
zones.start();
const door = document.getElementById("door");
if (door?.dataset.door) comingAgain.start(door);
for (const field of document.querySelectorAll("input[data-places]")) places.start(/** @type {HTMLInputElement} */ (field));
