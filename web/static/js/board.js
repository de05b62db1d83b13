// The board's page: wires each behaviour to the elements that it finds. The line comes last, when all are listening.
// @ts-check
import * as alike from "./alike.js";
import * as announcer from "./announcer.js";
import * as arriving from "./arriving.js";
import * as asking from "./asking.js";
import * as atTheDoor from "./at-the-door.js";
import * as awake from "./awake.js";
import * as borrowed from "./borrowed.js";
import * as calling from "./calling.js";
import * as comments from "./comments.js";
import * as composer from "./composer.js";
import * as copying from "./copying.js";
import * as countdown from "./countdown.js";
import * as cowriting from "./cowriting.js";
import * as dialogs from "./dialogs.js";
import * as filter from "./filter.js";
import * as folding from "./folding.js";
import * as drafting from "./drafting.js";
import { forgetIds } from "./forms.js";
import * as grouping from "./grouping.js";
import * as headlines from "./headlines.js";
import * as hints from "./hints.js";
import { install } from "./keyed.js";
import * as link from "./link.js";
import * as live from "./live.js";
import * as marks from "./marks.js";
import * as menu from "./menu.js";
import * as news from "./news.js";
import { openOutbox } from "./outbox.js";
import * as packing from "./packing.js";
import * as paging from "./paging.js";
import * as passing from "./passing.js";
import * as places from "./places.js";
import * as reacting from "./reacting.js";
import * as roadmap from "./roadmap.js";
import { startSending } from "./sending.js";
import * as shuffling from "./shuffling.js";
import * as shortcuts from "./shortcuts.js";
import * as stepping from "./stepping.js";
import * as survey from "./survey.js";
import * as timer from "./timer.js";
import * as times from "./times.js";
import * as translating from "./translating.js";
import * as unbroken from "./unbroken.js";
import * as unsent from "./unsent.js";
import * as viewing from "./viewing.js";
import * as voting from "./voting.js";
import * as zones from "./zones.js";

const board = document.getElementById("board");
/** What this page writes by itself: frames and refreshes leave it alone. */
const LOCAL = ["link", "unsent", "toasts", "announcer", "announce-toggle", "look-back"];

/** A behaviour that fails takes no other with it, least of all the line. @param {() => void} start */
function wire(start) {
  try {
    start();
  } catch (error) {
    reportError(error);
  }
}

/** @param {string} id @param {(element: any) => void} start */
function found(id, start) {
  const element = document.getElementById(id);
  if (element) wire(() => start(element));
}

if (board) {
  document.documentElement.toggleAttribute("data-scripted", true);
  forgetIds(document);
  install();
  for (const id of LOCAL) found(id, (element) => element.toggleAttribute("data-local", true));
  const outbox = openOutbox(board.dataset.board ?? "", board.dataset.person ?? "");
  const mail = startSending(outbox), asked = asking.start({ outbox, mail });
  // Before all that looks at what it leaves.
  wire(borrowed.start);
  wire(() => voting.start(board, asked));
  wire(() => reacting.start(board, asked));
  wire(() => stepping.start(board));
  wire(() => shuffling.start(board));
  wire(() => marks.start(board));
  wire(() => roadmap.start(board));
  wire(() => survey.start(board));
  wire(() => grouping.start(board));
  wire(() => alike.start(board));
  found("unsent", (element) => unsent.start(element, outbox, mail));
  found("composer", (element) => composer.start(element, board));
  found("link", link.start);
  wire(() => atTheDoor.start(board, outbox, mail));
  found("note-menu", menu.start);
  found("filter", filter.start);
  found("filter", viewing.start);
  found("announcer", announcer.start);
  found("announcer", news.start);
  found("keys", shortcuts.start);
  for (const { start } of [unbroken, dialogs, folding, copying, cowriting]) wire(start);
  found("my-link", passing.start);
  found("note-comments", (dialog) => comments.start(dialog, board));
  found("headlines", headlines.start);
  found("headline-draft", drafting.start);
  found("note-translate", (dialog) => translating.start(dialog, board));
  for (const field of document.querySelectorAll("input[data-places]")) wire(() => places.start(/** @type {HTMLInputElement} */ (field)));
  wire(times.start);
  wire(countdown.start);
  wire(zones.start);
  wire(() => timer.start(board));
  wire(() => packing.start(board));
  wire(paging.start);
  if (board.dataset.audience === "facilitators") {
    for (const theirs of [import("./choosing.js"), import("./uploading.js")]) theirs.then(({ start }) => start(), reportError);
  }
  wire(arriving.start);
  wire(hints.start);
  wire(calling.start);
  wire(awake.start);
  live.start(board);
}
