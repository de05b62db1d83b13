// Knows how to do to one text what made a second of a third, word by word: for what was typed into what others changed.
// @ts-check

// Scripts that put no space between words are taken character by character.
const WORDS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{M}\p{N}_]+|[^]/gu;

/** Which of the words is which of the others: a longest common subsequence. @param {string[]} words @param {string[]} others @returns {Map<number, number>} */
function matched(words, others) {
  const found = new Map(), wide = others.length + 1, long = new Uint16Array((words.length + 1) * wide);
  for (let one = words.length - 1; one >= 0; one--) {
    for (let other = others.length - 1; other >= 0; other--) {
      const at = one * wide + other;
      long[at] = words[one] === others[other] ? long[at + wide + 1] + 1 : Math.max(long[at + wide], long[at + 1]);
    }
  }
  for (let one = 0, other = 0; one < words.length && other < others.length;) {
    const at = one * wide + other;
    if (words[one] === others[other]) found.set(one++, other++);
    else if (long[at + wide] >= long[at + 1]) one++;
    else other++;
  }
  return found;
}

/**
 * `now`, with the words that `after` has and `before` had not, and without those that `after` lacks. What was done to
 * both is done once. New words come after the word before them, before the word after them; where both are others by
 * now, before the next that is not.
 * @param {string} before @param {string} after @param {string} now
 */
export function merged(before, after, now) {
  if (before === after || now === after) return now;
  if (now === before) return after;
  const [words, mine, there] = [before, after, now].map((text) => text.match(WORDS) ?? []);
  const kept = matched(words, mine), still = matched(words, there), known = new Set(still.values());
  /** @type {Map<number, string[]>} */ const put = new Map();
  const place = (/** @type {number} */ first) => {
    if (first === 0) return 0;
    if (still.has(first - 1)) return still.get(first - 1) + 1;
    for (let at = first; at < words.length; at++) if (still.has(at)) return still.get(at);
    return there.length;
  };
  /** @param {number} first @param {string[]} fresh */
  const insert = (first, fresh) => {
    const at = place(first), isThere = fresh.every((word, nth) => there[at + nth] === word && !known.has(at + nth));
    if (!isThere) put.set(at, [...(put.get(at) ?? []), ...fresh]);
  };
  let from = 0;
  for (let at = 0; at <= words.length; at++) {
    const to = at < words.length ? kept.get(at) : mine.length;
    if (to === undefined) continue;
    if (to > from) insert(at, mine.slice(from, to));
    from = to + 1;
  }
  const gone = new Set(words.map((_, at) => (kept.has(at) ? -1 : still.get(at) ?? -1)));
  return [...there, ""].map((word, at) => (put.get(at) ?? []).join("") + (gone.has(at) ? "" : word)).join("");
}
