// Reads what is only this person's (#mine) and what is on for everybody (#now).
// @ts-check

/** The element that carries the attributes: the part itself, or the one inside it. @param {string} id @returns {DOMStringMap} */
function facts(id, telling = "") {
  const part = document.getElementById(id);
  const inside = /** @type {HTMLElement | null} */ (part?.querySelector(`[data-${telling}]`) ?? null);
  return (part?.hasAttribute(`data-${telling}`) ? part : inside)?.dataset ?? {};
}

/** The step that is on: step, kind, write, react, silent, locked, blank, closed, title … all as text. */
export function now() {
  return facts("now", "step");
}

/**
 * Own notes, headlines and comments, own reactions by note, own votes by ballot, and muted, hand, role as text.
 * @returns {{ notes: string[], headlines: string[], comments: string[], actions: string[], ticks: string[], answers: Record<string, string>, reactions: Record<string, string[]>, votes: Record<string, { choices: Record<string, number>, reasons?: Record<string, string>, left: number, done: boolean, by?: string }>, muted: string, hand: string, role: string }}
 */
export function mine() {
  const { notes = "", headlines = "", comments = "", actions = "", ticks = "", answers, reactions, votes, muted = "", hand = "", role = "" } = facts("mine", "notes");
  return { notes: ids(notes), headlines: ids(headlines), comments: ids(comments), actions: ids(actions), ticks: ids(ticks), answers: parsed(answers), reactions: parsed(reactions), votes: parsed(votes), muted, hand, role };
}

/** @param {string} text */
function ids(text) {
  return text.split(" ").filter(Boolean);
}

/** @param {string | undefined} text */
function parsed(text) {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return {};
  }
}
