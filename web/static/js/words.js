// Knows how a sentence of the page is filled: sentences stand in data- attributes, already in the reader's language.
// @ts-check

/** @param {string} sentence @param {Record<string, unknown>} facts */
export function fill(sentence, facts = {}) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/**
 * The sentence that `host` carries under this name, filled; "" when it carries none.
 * @param {Element | null} host @param {string} name @param {Record<string, unknown>} [facts]
 */
export function words(host, name, facts) {
  return fill(host?.getAttribute(`data-${name}`) ?? "", facts);
}

/**
 * The same, in the plural form that the page's language has for `n`: data-ideas-one, data-ideas-few, data-ideas-other …
 * @param {Element | null} host @param {string} name @param {number} n @param {Record<string, unknown>} [facts]
 */
export function counted(host, name, n, facts = {}) {
  const form = new Intl.PluralRules(language()).select(n);
  return words(host, `${name}-${form}`, { n, ...facts }) || words(host, `${name}-other`, { n, ...facts });
}

/** The language in which the page is written. */
export function language() {
  return document.documentElement.lang || "en";
}

/** Is this attribute's value a yes? @param {string | null | undefined} value */
export function yes(value) {
  return /^(true|1|yes|on)$/i.test(value ?? "");
}

/** Writes only what differs, so that a live region stays quiet. @param {Element | null} element @param {string} text */
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
