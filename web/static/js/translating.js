// Knows the dialog of translations: it begins with what there is in the language that is chosen, and follows it.
// @ts-check
import { on } from "./events.js";
import { seqOf } from "./frames.js";

/** @param {HTMLDialogElement} dialog the dialog #note-translate @param {HTMLElement} board */
export function start(dialog, board) {
  const value = (/** @type {string} */ name) => /** @type {any} */ (dialog.querySelector(`[name=${name}]`));
  const card = () => document.getElementById(`note-${value("note").value}`);

  /** What the note says in that language, "" when nobody has translated it. */
  const version = () => card()?.querySelector(`[data-version="${CSS.escape(value("language").value)}"]`)?.textContent ?? "";
  let begun = "";
  const begin = () => {
    value("text").value = begun = version();
    value("base").value = String(seqOf(board));
  };

  /** Its own language is not offered; the reader's comes first, else the first that is left. */
  const open = () => {
    const original = card()?.querySelector(".note-text"), quote = dialog.querySelector("[data-translate-note]");
    const from = original?.getAttribute("lang") ?? "", languages = value("language");
    if (quote) quote.textContent = original?.textContent ?? "";
    quote?.setAttribute("lang", from);
    quote?.setAttribute("data-of", card()?.id ?? "");
    for (const option of languages.options) option.disabled = option.hidden = option.value === from;
    const chosen = [document.documentElement.lang, ...Array.from(languages.options, (option) => option.value)].find((tag) => tag !== from);
    languages.value = [...languages.options].some((option) => option.value === chosen) ? chosen : [...languages.options].find((option) => !option.disabled)?.value;
    begin();
  };

  document.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-open='#note-translate']") && dialog.open) open();
  });
  value("language").addEventListener("change", begin);
  on("applied", () => { if (!card() && value("text").value === begun) value("text").value = begun = ""; });
  // Whoever has read in the refusal what it says by now, and saves theirs, has seen that change.
  on("declined", ({ form, answer }) => {
    if (dialog.contains(form) && answer.code === "changed-since") value("base").value = String(seqOf(board));
  });
}
