// Knows how one text became another, and how to do the same to a third: never half a character.
// @ts-check

/** Is this place between the halves of one character? @param {string} text @param {number} at */
const splits = (text, at) => /[\ud800-\udbff]/.test(text[at - 1] ?? "") && /[\udc00-\udfff]/.test(text[at] ?? "");

/** @param {string} one @param {string} other @param {number} most */
function alike(one, other, most = Math.min(one.length, other.length)) {
  let start = 0;
  while (start < most && one[start] === other[start]) start++;
  if (splits(one, start) || splits(other, start)) start--;
  let end = 0;
  const left = Math.min(one.length, other.length) - start;
  while (end < left && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
  if (splits(one, one.length - end) || splits(other, other.length - end)) end--;
  return { start, end: Math.max(end, 0) };
}

/**
 * What made `after` of `before`: this much of it was replaced, from `first` to `last`, by `put`. Of equal places for the
 * change, the one before the caret is where it was made.
 * @param {string} before @param {string} after @param {number} [caret] where the caret stands in `after`
 */
export function change(before, after, caret = after.length) {
  const grown = after.length - before.length, most = Math.min(before.length, after.length);
  const { start } = alike(before, after, Math.max(0, Math.min(most, caret - Math.max(0, grown))));
  const { end } = alike(before.slice(start), after.slice(start), 0);
  return { first: start, last: before.length - end, put: after.slice(start, after.length - end) };
}

/**
 * Where a place of a text is after others changed the text: what is put exactly there comes after it.
 * @param {number} at @param {{ retain?: number, insert?: any, delete?: number }[]} delta as yjs tells it
 */
export function moved(at, delta) {
  let here = 0;
  for (const { retain = 0, insert = "", delete: gone = 0 } of delta) {
    here += retain;
    if (at > here) at += insert.length - Math.min(gone, at - here);
    here += insert.length;
  }
  return at;
}
