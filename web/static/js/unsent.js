// Knows how what was not sent is shown: as unsent within two seconds, and a refused one with its sentence and a way back.
// @ts-check
import { on, tell } from "./events.js";
import { putInto } from "./forms.js";
import { showRefusal, toast } from "./refusals.js";
import { words, write } from "./words.js";

/** Most commands are answered sooner than this; showing those would only flicker. */
const SOON = 1_200;
/** As much of it as tells which words they are. */
const SHOWN = 400;

/** @param {HTMLElement} host the element #unsent @param {any} outbox @param {{ sending: () => string }} mail */
export function start(host, outbox, mail) {
  const list = host.querySelector("[data-unsent-list]") ?? host;
  const pattern = /** @type {HTMLTemplateElement} */ (document.getElementById("unsent-row"));
  /** @type {Map<string, HTMLElement>} */ const rows = new Map();
  /** @type {number | undefined} */ let timer;

  const act = {
    "[data-put-back]": (/** @type {any} */ entry) => {
      if (putBack(entry)) return outbox.drop(entry.id);
      const field = fieldOf(entry);
      if (!field?.value.trim()) return;
      toast(words(host, "full"));
      field.focus();
    },
    "[data-discard]": (/** @type {any} */ entry) => outbox.drop(entry.id),
  };

  const made = (/** @type {any} */ entry) => {
    const row = /** @type {HTMLElement} */ (pattern.content.firstElementChild?.cloneNode(true));
    for (const [button, press] of Object.entries(act)) {
      row.querySelector(button)?.addEventListener("click", () => {
        // What is on its way right now can no longer be taken back.
        if (mail.sending() !== entry.id) press(outbox.list().find((/** @type {any} */ each) => each.id === entry.id) ?? entry);
      });
    }
    rows.set(entry.id, row);
    list.append(row);
    return row;
  };

  const show = () => {
    clearTimeout(timer);
    const all = outbox.list(), old = (/** @type {any} */ entry) => entry.refused !== undefined || Date.now() - entry.at >= SOON;
    const due = all.filter((/** @type {any} */ entry) => entry.label && old(entry));
    for (const [id, row] of rows) if (!due.some((/** @type {any} */ entry) => entry.id === id)) (row.remove(), rows.delete(id));
    for (const entry of due) draw(rows.get(entry.id) ?? made(entry), entry);
    if (host.hidden !== (rows.size === 0)) {
      host.hidden = rows.size === 0;
      tell("waiting", { any: !host.hidden });
    }
    if (all.length > due.length) timer = setTimeout(show, SOON / 4);
  };

  on("unsent", show);
  on("refused", ({ entry, answer }, event) => {
    if (!entry.label || event.defaultPrevented || !putBack(entry, answer)) return;
    event.preventDefault();
  });
  show();
}

/** @param {HTMLElement} row @param {any} entry */
function draw(row, entry) {
  const state = entry.refused === undefined ? "waiting" : entry.offered ? "offered" : "refused";
  row.dataset.state = state;
  write(row.querySelector("[data-unsent-text]"), entry.label.length > SHOWN ? `${entry.label.slice(0, SHOWN)}…` : entry.label);
  write(row.querySelector("[data-unsent-refusal]"), entry.refused ?? "");
  for (const part of row.querySelectorAll("[data-when]")) part.toggleAttribute("hidden", part.getAttribute("data-when") !== state);
}

/** Where the words were written. @param {any} entry @returns {HTMLTextAreaElement | null} */
function fieldOf(entry) {
  return document.getElementById(entry.form)?.querySelector("[name=text]") ?? null;
}

/**
 * Puts the words back where they were written, unless other words stand there now. Whoever keeps that form (the
 * composer) hears of it by the event and shows the step that the words are for.
 * @param {any} entry @param {any} [answer]
 */
function putBack(entry, answer) {
  const field = fieldOf(entry), form = field?.form;
  if (!answer) form?.dispatchEvent(new CustomEvent("flipchart:make-room", { detail: { body: new URLSearchParams(entry.body) } }));
  if (!form || !field || field.value.trim() || form.closest("dialog:not([open])")) return false;
  const body = new URLSearchParams(entry.body);
  putInto(form, body);
  form.dispatchEvent(new CustomEvent("flipchart:put-back", { detail: { body } }));
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (answer) showRefusal(form, answer.sentence, answer);
  else field.focus();
  return true;
}
