// Knows what is half typed where no draft of it is kept, when a page is left because its board is not this person's any more. It is put with their drafts.
// @ts-check
import { isTyped } from "./typing.js";
import { uuid } from "./uuid.js";

const WORDS = "#board textarea, #board input[name=title]";
/** These keep drafts themselves, or begin anew when they are opened again. */
const ELSEWHERE = "#composer *, #comment-form *, [data-survey-form] *, dialog:not([open], #headline-draft) *";

export function keep() {
  const { board, person } = document.getElementById("board")?.dataset ?? {};
  /** @type {NodeListOf<HTMLTextAreaElement | HTMLInputElement>} */ const fields = document.querySelectorAll(WORDS);
  for (const field of person ? fields : []) {
    if (!isTyped(field) || !field.value.trim() || field.matches(ELSEWHERE)) continue;
    localStorage.setItem(`draft:${board}:${person}:field:${uuid()}`, field.value);
  }
}
