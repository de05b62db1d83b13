// Knows how the comments of one note are shown: copies of those on the page, one's own with a way to delete it.
// @ts-check
import { mine } from "./own.js";
import { localise } from "./times.js";

/** Those that are as they were stay as they are. @param {HTMLElement} list @param {NodeListOf<Element>} comments */
export function draw(list, comments) {
  const own = new Set(mine().comments), shown = new Map(Array.from(list.children, (row) => [row.getAttribute("data-as"), row]));
  const rows = Array.from(comments, (comment) => {
    const as = `${comment.id} ${comment.textContent}`;
    return shown.get(as) ?? copied(comment, as, own.has(comment.id.replace(/^comment-/, "")));
  });
  for (const row of [...list.children]) if (!rows.includes(row)) row.remove();
  rows.forEach((row, at) => { if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null); });
}

/** @param {Element} comment @param {string} as @param {boolean} isMine */
function copied(comment, as, isMine) {
  const row = /** @type {Element} */ (comment.cloneNode(true));
  const acts = /** @type {HTMLTemplateElement | null} */ (document.getElementById("comment-own"));
  row.removeAttribute("id");
  row.setAttribute("data-as", as);
  row.setAttribute("data-of", comment.id);
  localise(row);
  if (!isMine || !acts) return row;
  row.setAttribute("data-own", "");
  if (!row.querySelector(".comment-acts")) row.append(acts.content.cloneNode(true));
  const of = row.querySelector("input[name=comment]");
  of?.setAttribute("value", comment.id.replace(/^comment-/, ""));
  return row;
}
