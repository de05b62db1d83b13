// The pages beside the board (agenda, people, log, results): a form asks without leaving the page, so a refused one keeps its text.
// @ts-check
import * as asking from "./asking.js";
import * as billboards from "./billboards.js";
import * as copying from "./copying.js";
import * as printing from "./printing.js";
import * as ready from "./ready.js";
import * as replaying from "./replaying.js";
import * as times from "./times.js";
import * as uploading from "./uploading.js";

if (document.querySelector("form[data-ask]")) asking.start({ outbox: null, mail: null });
uploading.start();
times.start();
replaying.start();
copying.start();
printing.start();
ready.start();
billboards.start();
