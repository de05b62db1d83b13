// Knows what becomes of what was not sent by whom the board no longer knows, once somebody came in anew on that device: sent as the same person's, offered to anybody else.
// @ts-check
import { typedAt } from "./coming-again.js";
import { draftsOf } from "./drafts.js";
import { putInto } from "./forms.js";
import { keep } from "./kept.js";
import { openOutbox } from "./outbox.js";
import { now } from "./own.js";
import { uuid } from "./uuid.js";

/** @param {HTMLElement} board @param {any} outbox @param {{ flush: () => void }} mail */
export function start(board, outbox, mail) {
  const { board: id = "", person = "", ask = "" } = board.dataset;
  const door = typedAt(id), text = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("composer-text"));
  // Who waits to be let in has no place for it yet; who came in by a link is nobody that the door has seen.
  if (!door?.was || door.was.person === person || (door.person || person) !== person || !text) return;
  const { was, ...typed } = door, same = Boolean(door.person) && was.name === typed.name && was.place === typed.place;
  const current = now().step ?? "", here = (/** @type {string} */ step) => !step || Boolean(document.getElementById(`section-${step}`));
  const offer = (/** @type {Record<string, string>} */ said, form = "composer") =>
    outbox.add({ id: uuid(), to: ask, body: String(new URLSearchParams(said)), label: said.text, form, slot: "", refused: "", offered: true });

  const former = openOutbox(id, was.person);
  for (const entry of former.list()) {
    const body = new URLSearchParams(entry.body), stands = here(body.get("step") ?? "");
    if (!stands) body.set("step", current);
    // Under the same id: two tabs that take it over send it once.
    if (same && stands) outbox.keep(entry);
    else if (entry.label) outbox.keep({ ...entry, body: String(body), refused: "", offered: true });
    former.drop(entry.id);
  }
  for (const [of, draft] of draftsLeft(`draft:${id}:${was.person}:`)) {
    const note = of.startsWith("note:") ? of.slice("note:".length) : "";
    if (of === "survey") {
      for (const words of answered(new URLSearchParams(draft), same)) offer({ do: "note.add", step: current, text: words });
    } else if (note && document.getElementById(`note-${note}`)) {
      if (same) draftsOf(id, person).keep(of, draft);
      else offer({ do: "note.comment", note, text: draft }, "comment-form");
    } else if (same && of === current && !text.value) {
      text.value = draft;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    } else offer({ do: "note.add", step: here(of) ? of : current, text: draft });
  }
  keep(`${id}:door`, typed.person ? JSON.stringify(typed) : "");
  mail.flush();
}

/** Puts the same person's answers into the survey; the words for which there is no place in it. @param {URLSearchParams} given @param {boolean} same */
function answered(given, same) {
  const form = same ? /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-survey-form]")) : null;
  if (form) putInto(form, given);
  const fields = [...given.keys()].map((name) => form?.querySelector(`[name="${CSS.escape(name)}"]`));
  fields.find(Boolean)?.dispatchEvent(new Event("change", { bubbles: true }));
  // What was ticked is a number.
  return [...given.values()].filter((value, at) => !fields[at] && !/^\d+$/.test(value));
}

/** What was half written, by what it was for; afterwards it is kept here no more. @param {string} prefix @returns {[string, string][]} */
function draftsLeft(prefix) {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    const left = keys.map((key) => /** @type {[string, string]} */ ([key.slice(prefix.length), localStorage.getItem(key) ?? ""]));
    for (const kept of [localStorage, sessionStorage]) for (const key of keys) kept.removeItem(key);
    return left.filter(([, draft]) => draft.trim());
  } catch {
    return [];
  }
}
