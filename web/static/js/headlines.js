// Knows headlines as one writes them: what a draft comes from, how long it is in each format, and from which words one began.
// @ts-check
import { moment, now as time } from "./clock.js";
import { on } from "./events.js";
import { graphemes } from "./graphemes.js";
import { mine } from "./own.js";
import { isTyped } from "./typing.js";
import { write } from "./words.js";

/** @param {HTMLElement} region the section #headlines */
export function start(region) {
  /** @type {WeakMap<HTMLFormElement, string>} the words from which a form's writer began, as a seq */
  const begun = new WeakMap();

  document.addEventListener("input", (event) => {
    const field = /** @type {HTMLTextAreaElement} */ (event.target), form = field.form;
    if (!field.matches?.(".version-input") || !form) return;
    if (!begun.has(form)) begun.set(form, baseOf(form)?.value ?? "");
    measure(field);
  });
  // What others write into the same words, with the pen.
  document.addEventListener("flipchart:written", ({ target }) => measure(/** @type {HTMLTextAreaElement} */ (target)));
  document.addEventListener("formdata", (event) => {
    const base = begun.get(/** @type {HTMLFormElement} */ (event.target));
    if (base && event.formData.has("base")) event.formData.set("base", base);
  });
  on("declined", ({ form }) => begun.delete(form));
  on("accepted", ({ form }) => {
    begun.delete(form);
    fold(form);
  });
  region.addEventListener("click", (event) => {
    const closer = /** @type {Element} */ (event.target).closest("[data-close-version]"), form = closer?.closest("form");
    if (!form) return;
    begun.delete(form);
    form.reset();
    fold(form);
    for (const field of form.querySelectorAll("textarea")) measure(field);
  });
  region.addEventListener("toggle", (event) => {
    const opened = /** @type {HTMLDetailsElement} */ (event.target);
    if (opened.open) opened.querySelector("textarea")?.focus();
  }, true);

  const settle = () => {
    const own = mine().headlines;
    for (const each of region.querySelectorAll("[data-mine]")) each.toggleAttribute("data-own", own.includes(each.getAttribute("data-mine") ?? ""));
    for (const each of region.querySelectorAll("[data-until]")) each.toggleAttribute("hidden", moment(each.getAttribute("data-until")) <= time());
    for (const field of region.querySelectorAll("textarea")) if (isTyped(field)) measure(field);
    const drafting = document.querySelector("#headlines-head[data-drafting]");
    for (const each of document.querySelectorAll("[data-draft]")) each.toggleAttribute("hidden", !drafting);
  };
  on("applied", ({ plain }) => { if (!plain) settle(); });
  setInterval(settle, 30_000);
  settle();
}

/** @param {HTMLFormElement} form */
function baseOf(form) {
  return /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=base]"));
}

/** Folds a version's form away, and gives the focus to what opens it. @param {HTMLFormElement | null} form */
function fold(form) {
  const around = /** @type {HTMLDetailsElement | null | undefined} */ (form?.closest("details.version-edit"));
  if (!around?.open) return;
  around.open = false;
  around.querySelector("summary")?.focus();
}

/** Counts for each format while one writes. @param {HTMLTextAreaElement} field */
export function measure(field) {
  const list = (field.closest(".version") ?? field.form)?.querySelector("[data-measures]"), text = field.value.trim();
  for (const row of list?.querySelectorAll("[data-format]") ?? []) {
    const word = row.querySelector("[data-word]"), best = Number(row.getAttribute("data-best"));
    const long = graphemes(word ? hashtag(text).slice(1) : text);
    write(word ?? row.querySelector("[data-long]"), word ? hashtag(text) : String(long));
    const most = Number(row.getAttribute("data-words")) || Infinity;
    row.toggleAttribute("data-over", long > best || text.split(/\s+/).length > most);
  }
}

/** The text as one word; "" where it has no letter. @param {string} text */
export function hashtag(text) {
  const words = text.replace(/['’ʼ]/g, "").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const joined = words.map((word) => word.replace(/^./u, (first) => first.toUpperCase())).join("");
  return /\p{L}/u.test(joined) ? `#${joined}` : "";
}
