// Counts what a person takes for a character: an emoji with its joiners is one, a letter with its accents is one.
// @ts-check

const segmenter = "Segmenter" in Intl ? new Intl.Segmenter() : null;

/** @param {string} text */
export function graphemes(text) {
  const whole = text.normalize("NFC");
  if (/^[\u0020-\u007e\u00c0-\u017f]*$/.test(whole)) return whole.length;
  return segmenter ? Array.from(segmenter.segment(whole)).length : Array.from(whole).length;
}
