// Counts what a person takes for a character: an emoji with its joiners is one, a letter with its accents is one.
// @ts-check

const segmenter = "Segmenter" in Intl ? new Intl.Segmenter() : null;
/** Beyond this, what somebody pasted is far too long for any field: its rest is counted by letters, at once. */
const EXACTLY = 5_000;

/** @param {string} text */
export function graphemes(text) {
  const rest = text.slice(EXACTLY), whole = text.slice(0, EXACTLY).normalize("NFC");
  if (/^[\u0020-\u007e\u00c0-\u017f]*$/.test(whole)) return whole.length + rest.length;
  return (segmenter ? Array.from(segmenter.segment(whole)).length : Array.from(whole).length) + rest.length;
}
