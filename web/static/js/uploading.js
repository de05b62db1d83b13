// Knows how a file is sent: `form[data-upload]` goes out with a measure of how far it is, and its answer stands beside it.
// @ts-check
import { answerOf } from "./asked.js";
import { tell } from "./events.js";
import { clearRefusal, showRefusal, toast } from "./refusals.js";
import { uuid } from "./uuid.js";
import { language, words, write } from "./words.js";

/** Forms whose file is on its way. @type {WeakSet<HTMLFormElement>} */
const underway = new WeakSet();

export function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !form.matches("[data-upload]")) return;
    event.preventDefault();
    if (!underway.has(form)) send(form);
  });
}

/** @param {HTMLFormElement} form */
async function send(form) {
  clearRefusal(form);
  const file = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]")), [chosen] = file.files ?? [];
  if (chosen && chosen.size > Number(form.dataset.most)) return showRefusal(form, sentence(words(form, "too-big")), { field: "file" });
  const fields = new FormData(form);
  fields.set("id", uuid());
  underway.add(form);
  const answer = await posted(form, fields);
  underway.delete(form);
  progress(form, null);
  if (answer === null) return toast(words(document.getElementById("toasts"), "failed"));
  if (answer.kind !== "accepted") return showRefusal(form, "sentence" in answer ? answer.sentence : null, { field: "file" });
  file.value = "";
  toast(words(form, "done"));
  tell("accepted", { seq: answer.seq, form });
  if (form.hasAttribute("data-reload") && !wordsTyped()) location.reload();
}

/** Only an XMLHttpRequest says how much of a body has left. @param {HTMLFormElement} form @param {FormData} fields @returns {Promise<import("./asked.js").Answer | null>} */
function posted(form, fields) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("Accept", "text/html");
    request.upload.onprogress = ({ loaded, total }) => progress(form, total ? loaded / total : 0);
    request.onload = () => resolve(answerOf(request.status, (name) => request.getResponseHeader(name), request.responseText));
    request.onerror = () => resolve(null);
    request.send(fields);
  });
}

/** Once all is sent the pages are drawn, and nobody knows how long that takes. @param {HTMLFormElement} form @param {number | null} share */
function progress(form, share) {
  const place = form.querySelector("[data-progress]"), bar = form.querySelector("progress");
  if (!place || !bar) return;
  place.toggleAttribute("hidden", share === null);
  if (share !== null && share < 1) bar.value = share;
  else bar.removeAttribute("value");
  const said = share === null ? "" : share < 1 ? words(form, "sending", { share: percent(share) }) : words(form, "drawing");
  write(form.querySelector("[data-progress-words]"), said);
}

/** What was typed on the page and is not saved yet would be gone with it. */
function wordsTyped() {
  const fields = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("main :is(textarea, input.input:not([type=file]))")]);
  return fields.some((field) => field.value !== field.defaultValue);
}

/** In tenths, so that who listens is not told each moment. @param {number} share */
function percent(share) {
  return new Intl.NumberFormat(language(), { style: "percent" }).format(Math.floor(share * 10) / 10);
}

/** @param {string} text */
function sentence(text) {
  return Object.assign(document.createElement("p"), { className: "refusal", role: "alert", textContent: text });
}
