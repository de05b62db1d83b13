// Knows which frames this page has had, and applies a frame whole or not at all.
// @ts-check
import { tell } from "./events.js";
import { forgetIds } from "./forms.js";
import { morph, morphInside, place } from "./keyed.js";
import { keepingFocus } from "./typing.js";

/** @typedef {{ id: string, into: string, swap: string, fresh: Element | null }} Partial */

/** Parts that hold one note, a number, or who is here. After a frame of such alone nobody has to look through the whole page. */
const PLAIN = ".note:not([data-joined]), [id^=count-], .theme-head.ungrouped, #here, #typing";

/** The number of the last change that this page shows. @param {HTMLElement} board */
export function seqOf(board) {
  return Number(board.dataset.seq ?? 0);
}

/** Where its line is to be had, from where it is. @param {HTMLElement} board */
export function addressOf(board) {
  const url = new URL(board.dataset.live ?? "", location.href.replace(/^http/, "ws"));
  url.searchParams.set("since", String(seqOf(board)));
  url.searchParams.set("epoch", board.dataset.epoch ?? "");
  return url.href;
}

/**
 * Applies a frame. "dropped": the page is further already. "missing": it cannot be applied here, and nothing was: the
 * page has to be fetched anew.
 * @param {HTMLElement} board @param {{ seq: number, after?: number, epoch?: string, content?: string }} frame
 * @returns {"applied" | "dropped" | "missing"}
 */
export function receive(board, frame) {
  if (frame.epoch && frame.epoch !== board.dataset.epoch) return "missing";
  if (frame.seq < seqOf(board)) return "dropped";
  if ((frame.after ?? 0) > seqOf(board)) return "missing";
  const partials = read(frame.content ?? "");
  if (!allHaveTheirPlace(partials)) return "missing";
  /** @type {Element[]} */ const roots = [];
  /** @type {Element[]} */ const added = [];
  try {
    keepingFocus(() => partials.forEach((partial) => apply(partial, roots, added)));
  } catch (error) {
    reportError(error);
    return "missing";
  }
  board.dataset.seq = String(frame.seq);
  const plain = partials.every(({ swap }) => swap !== "delete") && roots.every((root) => root.matches(PLAIN));
  tell("applied", { roots, added, plain });
  return "applied";
}

/** Partials are read as templates, so that no parser's rule about where a row or an option may stand gets in the way. @param {string} content @returns {Partial[]} */
function read(content) {
  const holder = document.createElement("template");
  holder.innerHTML = content.replace(/<(\/?)hx-partial(?=[\s>])/g, "<$1template");
  return Array.from(holder.content.querySelectorAll("template[hx-target]"), (each) => {
    const { content: inside } = /** @type {HTMLTemplateElement} */ (each);
    forgetIds(inside);
    return {
      id: idIn(each.getAttribute("hx-target")),
      into: idIn(each.getAttribute("data-into")),
      swap: (each.getAttribute("hx-swap") ?? "").trim(),
      fresh: inside.firstElementChild,
    };
  });
}

/** "#tally-b1-note:n1" names an element although it is no valid selector. @param {string | null} target */
function idIn(target) {
  return (target ?? "").replace(/^#/, "").replaceAll("\\", "");
}

/** @param {Partial[]} partials */
function allHaveTheirPlace(partials) {
  const coming = new Set();
  const there = (/** @type {string} */ id) => coming.has(id) || document.getElementById(id) !== null;
  return partials.every(({ id, into, swap, fresh }) => {
    const fits = swap === "delete" || (fresh !== null && SWAPS.includes(swap) && there(swap === "keyed" ? into : id));
    for (const each of fresh ? [fresh, ...fresh.querySelectorAll("[id]")] : []) coming.add(each.getAttribute("id"));
    return fits;
  });
}

const SWAPS = ["keyed", "outerMorph", "innerMorph", "delete"];

/** @param {Partial} partial @param {Element[]} roots @param {Element[]} added */
function apply({ id, into, swap, fresh }, roots, added) {
  const target = document.getElementById(id);
  if (swap === "delete") return target?.remove();
  if (!fresh) return;
  if (swap === "keyed") {
    const [element, isNew] = place(fresh, /** @type {Element} */ (document.getElementById(into)));
    roots.push(element);
    if (isNew) added.push(element);
  } else if (target) {
    if (swap === "outerMorph") morph(target, fresh);
    else morphInside(target, holding(fresh));
    roots.push(/** @type {Element} */ (document.getElementById(id) ?? target));
  }
}

/** innerMorph takes what stands in the partial as the new children. @param {Element} fresh */
function holding(fresh) {
  const holder = document.createElement("div");
  holder.append(...Array.from(/** @type {ParentNode & Node} */ (fresh.parentNode).childNodes));
  return holder;
}
