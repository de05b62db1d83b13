// Knows the survey's form: what was answered stays in this browser until it is sent, and stands there again after a reload.
// @ts-check
import { draftsOf } from "./drafts.js";
import { on } from "./events.js";
import { bodyOf } from "./forms.js";
import { mine } from "./own.js";
import { showRefusal, toast } from "./refusals.js";

/** @param {HTMLElement} board */
export function start(board) {
  const drafts = draftsOf(board.dataset.board ?? "", board.dataset.person ?? "");
  const forms = () => /** @type {HTMLFormElement[]} */ (Array.from(board.querySelectorAll("form[data-survey-form]")));
  /** What stands in the form and is not sent yet; null when it is what the board has. @type {string | null} */
  let draft = drafts.of("survey") || null;

  const show = () => {
    const { answers } = mine(), answered = Object.keys(answers).length > 0;
    for (const form of forms()) {
      const wanted = draft === null ? kept(form, answers) : new URLSearchParams(draft);
      if (String(wanted) !== said(form)) fill(form, wanted);
    }
    document.documentElement.toggleAttribute("data-answered", answered);
    for (const note of board.querySelectorAll("p[data-answered]")) note.toggleAttribute("hidden", !answered);
  };
  const write = (/** @type {HTMLFormElement} */ form) => {
    draft = said(form);
    drafts.keep("survey", draft);
  };
  const written = (/** @type {Event} */ { target }) => {
    const { form } = /** @type {HTMLInputElement} */ (target);
    if (form?.matches("[data-survey-form]")) write(form);
  };

  board.addEventListener("input", written);
  board.addEventListener("change", written);
  board.addEventListener("reset", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-survey-form]")) return;
    event.preventDefault();
    fill(form, new URLSearchParams());
    write(form);
  });
  on("accepted", ({ entry }) => {
    const form = forms().find((each) => each.id === entry?.form);
    if (form) drafts.keep("survey", ""), toast(form.dataset.thanks ?? "");
  });
  on("refused", ({ entry, answer }, event) => {
    const form = forms().find((each) => each.id === entry.form);
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    showRefusal(form, answer.sentence, answer);
  });
  on("applied", ({ plain }) => { if (!plain) show(); });
  show();
}

/** @param {HTMLFormElement} form */
const fields = (form) => /** @type {HTMLInputElement[]} */ (Array.from(form.elements)).filter(({ name }) => name?.startsWith("answers."));

/** What stands in the form, as it is sent. @param {HTMLFormElement} form */
function said(form) {
  return String(new URLSearchParams([...bodyOf(form)].filter(([name, text]) => name.startsWith("answers.") && text.trim())));
}

/** What the board has of this person, as this form sends it. @param {HTMLFormElement} form @param {Record<string, string>} answers */
function kept(form, answers) {
  const answer = (/** @type {HTMLInputElement} */ { name }) => answers[name.split(".")[1]] ?? "";
  const chosen = fields(form).filter((field) => (field.type === "textarea" ? answer(field) : answer(field).split(" ").includes(field.value)));
  return new URLSearchParams(chosen.map((field) => [field.name, field.type === "textarea" ? answer(field) : field.value]));
}

/** Puts exactly this into the form: what is not in it is not answered. @param {HTMLFormElement} form @param {URLSearchParams} body */
function fill(form, body) {
  for (const field of fields(form)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = body.getAll(field.name).includes(field.value);
    else field.value = body.get(field.name) ?? "";
  }
}
