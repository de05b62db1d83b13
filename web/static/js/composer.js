// Knows the composer: Enter posts, the draft is kept, and words begun for one step stay with that step.
// @ts-check
import { draftsOf } from "./drafts.js";
import { on } from "./events.js";
import { graphemes } from "./graphemes.js";
import { mine, now as current } from "./own.js";
import { mark } from "./unbroken.js";
import { words, write, yes } from "./words.js";

/** @param {HTMLFormElement} form the form #composer @param {HTMLElement} board */
export function start(form, board) {
  const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea[name=text]"));
  const drafts = draftsOf(board.dataset.board ?? "", board.dataset.person ?? "");
  let step = "";

  const turnTo = (/** @type {string} */ next) => {
    if (next === step) return;
    step = next;
    recall();
    count();
    grow();
  };

  const recall = () => {
    if (text.value) return;
    const draft = drafts.of(step);
    mark(text, draft);
    text.value = draft;
  };

  const count = () => {
    const counter = document.getElementById("composer-count");
    const most = Number(counter?.dataset.max ?? text.dataset.max), long = graphemes(text.value.trim());
    write(counter, most ? `${long} / ${most}` : String(long));
    counter?.toggleAttribute("data-full", most > 0 && long > most);
  };

  const grow = () => {
    if (CSS.supports("field-sizing", "content")) return;
    text.style.blockSize = "auto";
    text.style.blockSize = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`;
  };

  /** Words under way keep their step; an empty composer is always for the step that is on. */
  const settle = () => {
    const now = current();
    if (!text.value.trim()) turnTo(now.step ?? "");
    const field = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=step]"));
    if (field) field.value = step;
    const strayed = step !== now.step, hint = form.querySelector("[data-composer-step]");
    hint?.toggleAttribute("hidden", !strayed);
    if (strayed) write(hint, words(hint, "for", { title: titleOf(step) }));
    close(form, strayed ? lockedAt(now) : shutAt(now));
  };

  text.addEventListener("keydown", (event) => {
    // 229: some keyboards commit a composed word with an Enter that is not one.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (text.value.trim()) form.requestSubmit();
  });
  text.addEventListener("input", () => {
    drafts.keep(step, text.value);
    count();
    grow();
    if (!text.value.trim()) settle();
  });
  drafts.follow(text, () => step);
  form.addEventListener("flipchart:put-back", (event) => {
    step = /** @type {CustomEvent} */ (event).detail.body.get("step") ?? step;
    settle();
  });
  on("applied", settle);
  on("waiting", settle);
  step = current().step ?? "";
  recall();
  settle();
  count();
  grow();
}

/** @param {string} step */
function titleOf(step) {
  return document.getElementById(`section-${step}`)?.dataset.title ?? "";
}

/** Why nobody may write in the step that is on, or "". @param {DOMStringMap} now */
function shutAt(now) {
  return lockedAt(now) || (yes(now.write) ? "" : "no-write");
}

/** Why nobody may write at all, or "". @param {DOMStringMap} now */
export function lockedAt(now) {
  if (yes(now.closed)) return "closed";
  if (yes(now.locked)) return "locked";
  if (yes(mine().muted)) return "muted";
  return yes(now.blank) ? "paused" : "";
}

/** Closes the composer with the reason, or opens it. What was typed stays in it. @param {HTMLFormElement} form @param {string} why */
function close(form, why) {
  const reason = form.querySelector("[data-composer-why]");
  write(reason, why ? words(reason, why) : "");
  reason?.toggleAttribute("hidden", !why);
  form.toggleAttribute("data-local-shut", Boolean(why));
  const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea[name=text]"));
  form.hidden = why === "no-write" && !text.value.trim() && !form.querySelector("#unsent:not([hidden])");
  text.readOnly = Boolean(why);
  for (const button of form.querySelectorAll("button[type=submit], button:not([type])")) button.toggleAttribute("disabled", Boolean(why));
}
