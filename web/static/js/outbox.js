// Knows the commands that have not been answered yet: kept in this browser, one key each, so that tabs do not overwrite each other.
// @ts-check
import { tell } from "./events.js";

/**
 * `form` names the form it came from, `slot` what it would replace, `refused` is the sentence of a refusal; what is
 * `offered` was somebody else's on this device, and is not sent either.
 * @typedef {{ id: string, to: string, body: string, at: number, label: string, form: string, slot: string, refused?: string, offered?: boolean }} Entry
 */

/** @param {string} board @param {string} person */
export function openOutbox(board, person) {
  const prefix = `flipchart:${board}:${person}:`;
  const shelf = shelfOf();
  let last = 0;

  /** Oldest first. @returns {Entry[]} */
  const list = () => shelf.keys().filter((key) => key.startsWith(prefix)).map((key) => read(shelf.get(key)))
    .filter((entry) => entry !== null).sort((a, b) => a.at - b.at);

  const keep = (/** @type {Entry} */ entry) => {
    shelf.set(prefix + entry.id, JSON.stringify(entry));
    tell("unsent");
  };
  const drop = (/** @type {string} */ id) => {
    shelf.remove(prefix + id);
    tell("unsent");
  };
  /** Keeps a command until it is answered. One that waits in the same slot would be undone by it, and is dropped. @param {Omit<Entry, "at">} entry @param {string} [sending] the id on its way now */
  const add = (entry, sending) => {
    for (const old of list()) if (entry.slot && old.slot === entry.slot && old.id !== sending) drop(old.id);
    last = Math.max(Date.now(), last + 1);
    keep({ ...entry, at: last });
  };

  addEventListener("storage", (event) => { if (event.key?.startsWith(prefix)) tell("unsent", { elsewhere: true }); });
  return { name: prefix, list, keep, add, drop };
}

/** localStorage, or this tab's memory where there is none or it is full. */
function shelfOf() {
  /** @type {Map<string, string>} */ const memory = new Map();
  const tried = (/** @type {() => any} */ use) => { try { return use(); } catch { return undefined; } };
  return {
    keys: () => [...memory.keys(), ...(tried(() => Object.keys(localStorage)) ?? [])],
    get: (/** @type {string} */ key) => memory.get(key) ?? tried(() => localStorage.getItem(key)) ?? null,
    set: (/** @type {string} */ key, /** @type {string} */ value) => {
      if (tried(() => (localStorage.setItem(key, value), true))) memory.delete(key);
      else memory.set(key, value);
    },
    remove: (/** @type {string} */ key) => { memory.delete(key); tried(() => localStorage.removeItem(key)); },
  };
}

/** @param {string | null} text @returns {Entry | null} */
function read(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
