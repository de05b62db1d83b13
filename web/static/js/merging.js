// Knows the dialog in which notes become one: which are chosen, and the wording that is proposed from them. Loaded when it is first needed.
// @ts-check
import { on } from "./events.js";
import { graphemes } from "./graphemes.js";
import { write } from "./words.js";

const BETWEEN = " · ", MANY = 8;
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("note-merge"));
const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form")), list = /** @type {Element} */ (dialog.querySelector("[data-merge-list]"));
const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
const find = /** @type {HTMLInputElement} */ (dialog.querySelector("input[type=search]"));
let proposed = "";

list.addEventListener("change", () => propose());
text.addEventListener("input", () => count());
find.addEventListener("input", () => {
  const wanted = plain(find.value);
  for (const row of list.children) row.toggleAttribute("hidden", !plain(row.textContent ?? "").includes(wanted) && !row.querySelector(":checked"));
});
on("applied", () => {
  propose();
  if (dialog.open && !list.children.length && !text.value) dialog.close();
});
find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });

/** Opens the dialog over these notes, the chosen ones first. @param {Element[]} chosen @param {Element[]} [others] @param {Element | null} [back] where the focus goes afterwards */
export function open(chosen, others = [], back = null) {
  const pattern = /** @type {HTMLTemplateElement} */ (dialog.querySelector("[data-merge-row]"));
  list.replaceChildren(...[...chosen, ...others].map((note, at) => {
    const row = /** @type {HTMLElement} */ (pattern.content.firstElementChild?.cloneNode(true)), box = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    const said = note.querySelector(".note-text"), place = row.querySelector(".merge-text");
    box.value = note.id.replace(/^(?:grouped-)?note-/, "");
    box.checked = at < chosen.length;
    row.setAttribute("data-of", note.id);
    place?.setAttribute("lang", said?.getAttribute("lang") ?? "");
    write(place, said?.textContent?.trim() ?? "");
    write(row.querySelector(".merge-place"), note.getAttribute("data-place") ?? "");
    row.toggleAttribute("data-unpublished", note.hasAttribute("data-unpublished"));
    return row;
  }));
  find.value = text.value = proposed = "";
  dialog.querySelector("[data-refusal]")?.replaceChildren();
  dialog.querySelector("[data-merge-find]")?.toggleAttribute("hidden", list.children.length <= MANY);
  propose();
  dialog.showModal();
  (others.length ? find.checkVisibility() ? find : list.querySelector("input") : text)?.focus();
  dialog.addEventListener("close", () => { if (back instanceof HTMLElement && back.checkVisibility()) back.focus(); }, { once: true });
}

/** The words of all of them, each once, until somebody has written others. */
function propose() {
  const rows = Array.from(list.querySelectorAll("li:has(:checked)"));
  const words = [...new Set(rows.map((row) => row.querySelector(".merge-text")?.textContent ?? ""))].join(BETWEEN);
  if (text.value === proposed) text.value = proposed = words;
  dialog.querySelector("[data-merge-unpublished]")?.toggleAttribute("hidden", !rows.some((row) => row.hasAttribute("data-unpublished")));
  count();
}

function count() {
  const counter = /** @type {HTMLElement} */ (document.getElementById("note-merge-count"));
  const most = Number(counter.dataset.max), long = graphemes(text.value.trim());
  write(counter, `${long} / ${most}`);
  counter.toggleAttribute("data-full", long > most);
}

/** @param {string} said */
function plain(said) {
  return said.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
