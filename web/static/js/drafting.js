// Knows the dialog in which a headline is drafted: from a note, a theme, several chosen notes, or from nothing.
// @ts-check
import { on } from "./events.js";
import { measure } from "./headlines.js";

/** @param {HTMLDialogElement} dialog the dialog #headline-draft */
export function start(dialog) {
  const text = /** @type {HTMLTextAreaElement} */ (dialog.querySelector("textarea"));
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const list = /** @type {HTMLElement} */ (dialog.querySelector("[data-draft-from]"));
  let filled = "";

  document.addEventListener("click", (event) => {
    const opener = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-draft]"));
    if (!opener || !dialog.open) return;
    const sources = sourcesOf(opener), [only] = sources;
    list.replaceChildren(...sources.map(row));
    list.toggleAttribute("hidden", sources.length === 0);
    // What somebody has begun to write stays, whatever it is to come from now.
    if (text.value.trim() !== filled) return;
    filled = sources.length === 1 && only.ref.startsWith("note:") ? only.text : "";
    text.value = filled;
    choose(form, sources.length === 1 ? only.language : "");
    measure(text);
    text.focus();
  });
  // What was taken from a note that is gone goes with it; what somebody wrote stays.
  on("applied", () => {
    if (!filled || list.children.length || text.value.trim() !== filled) return;
    text.value = filled = "";
    measure(text);
  });
  dialog.addEventListener("close", () => { if (!text.value.trim()) filled = ""; });
}

/** @typedef {{ of: string, ref: string, text: string, language: string }} Source `of`: the id of what it is taken from */

/** @param {HTMLElement} opener @returns {Source[]} */
function sourcesOf(opener) {
  const from = opener.dataset.draft ?? "";
  const theme = opener.closest("[data-theme]");
  if (from.startsWith("theme:")) return [{ of: theme?.id ?? "", ref: from, text: said(theme?.querySelector("h2")), language: "" }];
  if (from === "note") return noteOf(/** @type {HTMLElement | null} */ (opener.closest("[popover]"))?.dataset.note ?? "");
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=notes]:checked"));
  return from === "chosen" ? Array.from(boxes).filter((box) => box.form === opener.closest("form")).flatMap((box) => noteOf(`note-${box.value}`)) : [];
}

/** @param {string} id @returns {Source[]} */
function noteOf(id) {
  const words = document.getElementById(id)?.querySelector(".note-text");
  return words ? [{ of: id, ref: `note:${id.replace(/^[a-z]+-/, "")}`, text: said(words), language: words.getAttribute("lang") ?? "" }] : [];
}

/** @param {Element | null | undefined} element */
function said(element) {
  return element?.textContent?.trim() ?? "";
}

/** @param {Source} source */
function row({ of, ref, text, language }) {
  const item = document.createElement("li"), field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "from", value: ref });
  item.append(text, field);
  item.setAttribute("data-of", of);
  item.dir = "auto";
  if (language) item.lang = language;
  return item;
}

/** @param {HTMLFormElement} form @param {string} language */
function choose(form, language) {
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem("language"));
  const wanted = [language, document.documentElement.lang].find((tag) => Array.from(select.options).some((option) => option.value === tag));
  if (wanted) select.value = wanted;
}
