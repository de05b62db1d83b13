// Knows the roadmap: which actions this person may change, whom its owner field suggests, and that Enter adds an action.
// @ts-check
import { on } from "./events.js";
import { mine } from "./own.js";
import { toast } from "./refusals.js";

/** @param {HTMLElement} board */
export function start(board) {
  const hosts = board.dataset.audience === "facilitators";

  const mark = () => {
    const { actions, ticks } = mine();
    for (const row of board.querySelectorAll("[data-action]")) {
      const id = row.getAttribute("data-action") ?? "";
      row.querySelector(".action-more")?.toggleAttribute("hidden", !hosts && !actions.includes(id));
      row.querySelector("[data-tick]")?.toggleAttribute("disabled", !hosts && !ticks.includes(id));
    }
  };

  board.addEventListener("keydown", (event) => {
    const text = /** @type {HTMLTextAreaElement} */ (event.target);
    // 229: some keyboards commit a composed word with an Enter that is not one.
    if (!text.matches("textarea[data-enter]") || event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (text.value.trim()) text.form?.requestSubmit();
  });
  board.addEventListener("focusin", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target), list = field.list;
    if (list?.dataset.owners && !list.hasAttribute("data-local-filled")) suggest(/** @type {HTMLElement} */ (list));
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches(".action-new")) return;
    const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    const day = /** @type {HTMLInputElement} */ (form.querySelector("input[type=date]"));
    if (text.value) return;
    day.value = "";
    text.focus();
  });
  on("accepted", ({ form }) => { if (form?.matches("[data-said]")) toast(form.dataset.said ?? ""); });
  on("applied", ({ plain }) => { if (!plain) mark(); });
  mark();
}

/** The places of the board, asked for when somebody first thinks of an owner. @param {HTMLElement} list */
async function suggest(list) {
  list.toggleAttribute("data-local-filled", true);
  try {
    const answer = await fetch(list.dataset.owners ?? "");
    const places = answer.ok ? await answer.json() : [];
    list.replaceChildren(...places.map((/** @type {string} */ place) => Object.assign(document.createElement("option"), { value: place })));
  } catch {
    list.toggleAttribute("data-local-filled", false);
  }
}
