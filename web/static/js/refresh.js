// Knows how to fetch the page anew and fold it into this one: what is being typed, open dialogs and the place on the page stay.
// @ts-check
import { learn } from "./clock.js";
import { tell } from "./events.js";
import { forgetIds } from "./forms.js";
import { morphInside } from "./keyed.js";
import { keepingFocus } from "./typing.js";

const PATIENCE = 15_000;
/** What makes it another page altogether: another person, role or language cannot be morphed into. */
const SAME = ["data-person", "data-audience", "data-language"];

/**
 * Folds the board as it is now into this page. Answers false when it could not be fetched; goes to the page itself when
 * there is no board for this person any more.
 * @param {HTMLElement} board
 */
export async function refresh(board) {
  const fresh = await fetched();
  if (fresh === undefined) return false;
  if (!fresh || whose(fresh) !== whose(board)) return reload(fresh ? whose(fresh) : "");
  forgetIds(fresh);
  keepingFocus(() => morphInside(board, fresh));
  for (const name of ["data-seq", "data-epoch", "data-clock"]) board.setAttribute(name, fresh.getAttribute(name) ?? "");
  learn(Number(fresh.dataset.clock));
  tell("applied", { roots: [board], added: [], refreshed: true });
  return true;
}

/** @param {Element} board */
const whose = (board) => SAME.map((name) => board.getAttribute(name)).join(" ");

/** Loads this page anew, for whom it is by now, and for the same at most once in a while, however often it is asked to. Where there is no board for this person any more, what is half typed is kept. */
export function reload(there = "") {
  const key = `flipchart:reloaded:${location.pathname}`, last = sessionStorage.getItem(key) ?? "", at = parseInt(last) || 0;
  if (Date.now() - at > 30_000 || last !== `${at} ${there}`) {
    sessionStorage.setItem(key, `${Date.now()} ${there}`);
    const kept = there ? Promise.resolve() : import("./half-written.js").then(({ keep }) => keep());
    kept.catch(reportError).finally(() => location.reload());
  }
  return true;
}

/** The board in the page as it is now; null when that page has none, undefined when no answer came. @returns {Promise<HTMLElement | null | undefined>} */
async function fetched() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) });
    if (answer.status >= 500 || answer.status === 429) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById("board");
  } catch {
    return undefined;
  }
}
