// The screen's page: shows, follows the line and the clock, and asks nothing of anybody.
// @ts-check
import * as arriving from "./arriving.js";
import * as awake from "./awake.js";
import * as countdown from "./countdown.js";
import * as fitting from "./fitting.js";
import { forgetIds } from "./forms.js";
import * as gallery from "./gallery.js";
import { forget } from "./hints.js";
import { install } from "./keyed.js";
import * as link from "./link.js";
import * as live from "./live.js";
import * as packing from "./packing.js";
import * as paging from "./paging.js";
import * as screen from "./screen.js";
import * as stepping from "./stepping.js";
import * as timer from "./timer.js";
import * as times from "./times.js";

const board = document.getElementById("board");
if (board) {
  forgetIds(document);
  install();
  stepping.start(board);
  const chip = document.getElementById("link");
  if (chip) {
    chip.toggleAttribute("data-local", true);
    link.start(chip);
  }
  times.start();
  countdown.start();
  timer.start(board);
  packing.start(board);
  paging.start();
  gallery.start();
  screen.start(board);
  const headlines = document.getElementById("headlines");
  if (headlines) fitting.start(board, headlines);
  arriving.start();
  forget();
  awake.start();
  live.start(board);
}
