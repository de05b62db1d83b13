// Knows how a form asks: `form[data-ask]` is sent without leaving the page, through the outbox when it is `data-keep`.
// @ts-check
import { post } from "./asked.js";
import { on, tell } from "./events.js";
import { addressOf, bodyOf, closeAround, emptied, textsOf } from "./forms.js";
import { clearRefusal, showRefusal, toast } from "./refusals.js";
import { reload } from "./refresh.js";
import { settled } from "./typing.js";
import { uuid } from "./uuid.js";
import { words } from "./words.js";

const TRIES = [1_000, 2_000, 4_000];

/** @param {{ outbox: any, mail: any }} parts the outbox, and what empties it */
export function start({ outbox, mail }) {
  /** @type {WeakMap<HTMLFormElement, Map<string, string>>} commands on their way: what they say, and the id that they keep until there is an answer */
  const open = new WeakMap();

  /** Keeps a command until it is answered. A later one of the same `slot` takes its place. @param {{ to: string, body: URLSearchParams, label?: string, form?: string, slot?: string }} command */
  const keep = ({ to, body, label = "", form = "", slot = "" }) => {
    const id = uuid();
    outbox.add({ id, to, body: `id=${id}&${body}`, label, form, slot }, mail.sending());
    mail.flush();
    return id;
  };

  const keepForm = (/** @type {HTMLFormElement} */ form, /** @type {URLSearchParams} */ body) => {
    const texts = textsOf(form);
    if (form.hasAttribute("data-reset") && texts.length && texts.every((field) => !field.value.trim())) return;
    const label = texts.map((field) => field.value).join(" ").trim();
    keep({ to: addressOf(form), body, label, form: form.getAttribute("id") ?? "", slot: form.dataset.slot });
    finish(form);
  };

  /** Sends now, with the same id until the outcome is known; a second press of the same meanwhile says nothing new. @param {HTMLFormElement} form @param {URLSearchParams} body */
  const send = async (form, body) => {
    const underway = open.get(form) ?? new Map(), said = String(body);
    open.set(form, underway);
    if (form.hasAttribute("data-local-busy") && underway.has(said)) return;
    const id = underway.get(said) ?? uuid();
    underway.set(said, id);
    form.setAttribute("data-local-busy", "");
    const answer = await persist(addressOf(form), `id=${id}&${said}`);
    form.removeAttribute("data-local-busy");
    if (answer.kind !== "unknown") underway.delete(said);
    if (answer.kind === "gone") return void reload();
    if (answer.kind === "unknown") return toast(words(document.getElementById("toasts"), "failed"));
    if (answer.kind !== "accepted") {
      showRefusal(form, answer.sentence, answer);
      return void tell("declined", { form, answer });
    }
    settled(form);
    finish(form);
    tell("accepted", { seq: answer.seq, form, body });
    if (answer.to) location.assign(answer.to);
    else if (form.hasAttribute("data-reload")) location.reload();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !form.matches("[data-ask]")) return;
    event.preventDefault();
    clearRefusal(form);
    const body = bodyOf(form, event.submitter);
    if (form.hasAttribute("data-keep")) keepForm(form, body);
    else send(form, body);
  });
  document.addEventListener("change", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.form?.matches("[data-ask][data-auto]")) field.form.requestSubmit();
  });
  document.addEventListener("input", (event) => {
    const { form } = /** @type {HTMLInputElement} */ (event.target);
    if (form?.matches("[data-ask]")) clearRefusal(form);
  });
  on("refused", ({ entry, answer }, event) => {
    const form = /** @type {HTMLFormElement | null} */ (document.getElementById(entry.form));
    if (event.defaultPrevented || entry.label) return;
    event.preventDefault();
    showRefusal(form, answer.sentence, answer);
  });
  return { keep };
}

/** @param {HTMLFormElement} form */
function finish(form) {
  if (form.hasAttribute("data-reset")) emptied(form);
  if (form.hasAttribute("data-close")) closeAround(form);
}

/** @param {string} address @param {string} body */
async function persist(address, body) {
  let answer = await post(address, body);
  for (const wait of TRIES) {
    if (answer.kind !== "unknown") return answer;
    await new Promise((resume) => setTimeout(resume, wait));
    answer = await post(address, body);
  }
  return answer;
}
