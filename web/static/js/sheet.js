// The pages beside the board (agenda, people, log, results): a form asks without leaving the page, so a refused one keeps its text.
// @ts-check
import * as asking from "./asking.js";
import * as times from "./times.js";

if (document.querySelector("form[data-ask]")) asking.start({ outbox: null, mail: null });
times.start();
