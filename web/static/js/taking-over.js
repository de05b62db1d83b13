// Knows what becomes of what was not sent by whom the board no longer knows, once somebody came in anew on that device: sent as the same person's, offered to anybody else.
// @ts-check
import { typedAt } from "./coming-again.js";
import { keep } from "./kept.js";
import { openOutbox } from "./outbox.js";
import { now } from "./own.js";
import { uuid } from "./uuid.js";

/** @param {HTMLElement} board @param {any} outbox @param {{ flush: () => void }} mail */
export function start(board, outbox, mail) {
  const { board: id = "", person = "", ask = "" } = board.dataset;
  const door = typedAt(id), text = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("composer-text"));
  // Who waits to be let in has no place for it yet.
  if (!door?.was || door.person !== person || !text) return;
  const { was, ...typed } = door, same = was.name === typed.name && was.place === typed.place;
  const current = now().step ?? "", here = (/** @type {string} */ step) => !step || Boolean(document.getElementById(`section-${step}`));

  const former = openOutbox(id, was.person);
  for (const entry of former.list()) {
    const body = new URLSearchParams(entry.body), stands = here(body.get("step") ?? "");
    if (!stands) body.set("step", current);
    // Under the same id: two tabs that take it over send it once.
    if (same && stands) outbox.keep(entry);
    else if (entry.label) outbox.keep({ ...entry, body: String(body), refused: "", offered: true });
    former.drop(entry.id);
  }
  for (const [step, draft] of draftsLeft(`draft:${id}:${was.person}:`)) {
    if (same && step === current && !text.value) {
      text.value = draft;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      const body = new URLSearchParams({ do: "note.add", step: here(step) ? step : current, text: draft });
      outbox.add({ id: uuid(), to: ask, body: String(body), label: draft, form: "composer", slot: "", refused: "", offered: true });
    }
  }
  keep(`${id}:door`, JSON.stringify(typed));
  mail.flush();
}

/** What was half written, by step; afterwards it is kept here no more. @param {string} prefix @returns {[string, string][]} */
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
