// Knows which notes are chosen in a grouping step: how many, and that they are let go once they were moved.
// @ts-check
import { on } from "./events.js";
import { counted, write } from "./words.js";

/** @param {HTMLElement} board */
export function start(board) {
  const tell = () => {
    for (const form of board.querySelectorAll("form[data-chosen]")) {
      const n = chosen(form).length;
      form.toggleAttribute("data-local-none", n === 0);
      const count = form.querySelector("[data-chosen-one]");
      write(count, n ? counted(count, "chosen", n) : "");
    }
  };

  board.addEventListener("change", (event) => {
    if (/** @type {Element} */ (event.target).matches(".grouped-choose input")) tell();
  });
  on("accepted", ({ form }) => {
    if (!form?.matches("form[data-chosen]")) return;
    for (const box of chosen(form)) box.checked = false;
    tell();
  });
  on("applied", tell);
  tell();
}

/** @param {Element} form @returns {HTMLInputElement[]} */
function chosen(form) {
  return Array.from(document.querySelectorAll(`.grouped-choose input[form="${CSS.escape(form.id)}"]:checked`));
}
