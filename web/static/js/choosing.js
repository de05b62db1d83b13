// Knows what facilitators put on a ballot: one kind of choice, the best of it ticked, and what the ballot will say in words.
// @ts-check
import { on } from "./events.js";
import { counted } from "./words.js";

const KINDS = ["headline", "theme", "note"];

export function start() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-vote-form]"));
  if (!form) return;
  const tools = form.querySelector("[data-choose-kind]"), kind = form.querySelector("select"), top = form.querySelector("#open-top");
  if (!(tools instanceof HTMLElement) || !kind || !(top instanceof HTMLInputElement)) return;
  tools.hidden = false;
  const show = () => (only(form, kind), say(form));
  const best = () => (choose(form, kind.value, Math.max(1, Number(top.value) || 1)), say(form));
  const begins = () => {
    if (boxes(form).some((box) => box.checked)) return show();
    kind.value = KINDS.find((each) => boxes(form, each).length > 0) ?? "note";
    top.value = String(kind.value === "headline" ? boxes(form, "headline").length : 6);
    only(form, kind), best();
  };
  document.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target);
    if (pressed.closest("[data-open='#ballot-open']")) begins();
    if (pressed.closest("[data-choose-best]")) best();
    const all = pressed.closest("[data-check-all]");
    if (all) tickAll(all), say(form);
  });
  kind.addEventListener("change", () => (only(form, kind), best()));
  form.addEventListener("change", () => say(form));
  // A browser points at nothing that is folded, and says nothing then.
  form.addEventListener("invalid", ({ target }) => /** @type {Element} */ (target).closest("details")?.setAttribute("open", ""), true);
  on("applied", () => form.closest("dialog")?.open && show());
  show();
}

/** @param {HTMLFormElement} form @param {string} kind @returns {HTMLInputElement[]} */
function boxes(form, kind = "") {
  return Array.from(form.querySelectorAll(`${kind && `[data-kind=${kind}] `}input[name=candidates]`));
}

/** Shows one kind; those of the others are neither seen nor sent. @param {HTMLFormElement} form @param {HTMLSelectElement} kind */
function only(form, kind) {
  for (const each of KINDS) {
    const set = form.querySelector(`[data-kind=${each}]`), option = kind.querySelector(`[value=${each}]`);
    set?.toggleAttribute("disabled", each !== kind.value), set?.toggleAttribute("hidden", each !== kind.value);
    option?.toggleAttribute("disabled", !boxes(form, each).length && each !== kind.value);
  }
}

/** Ticks those that people make the most of, in their order where that is the same; of headlines also those that nobody can react to. @param {HTMLFormElement} form @param {string} kind @param {number} many */
function choose(form, kind, many) {
  const weight = (/** @type {Element} */ box) => Number(box.closest("[data-weight]")?.getAttribute("data-weight"));
  const found = boxes(form, kind).map((box, at) => ({ box, at })).sort((a, b) => weight(b.box) - weight(a.box) || a.at - b.at);
  found.forEach(({ box }, at) => { box.checked = at < many && (kind === "headline" || weight(box) > 0); });
}

/** @param {Element} button */
function tickAll(button) {
  const fields = /** @type {HTMLInputElement[]} */ (Array.from(button.closest("fieldset")?.querySelectorAll("input[type=checkbox]") ?? []));
  const tick = fields.some((field) => !field.checked);
  for (const field of fields) field.checked = tick;
}

/** What stands in the form, in the words that the ballot will print. @param {HTMLFormElement} form */
function say(form) {
  const place = form.querySelector("[data-vote-words]"), list = place?.querySelector("ul");
  if (!(place instanceof HTMLElement) || !list) return;
  const number = (/** @type {string} */ name) => Number(/** @type {HTMLInputElement} */ (form.elements.namedItem(name))?.value) || 0;
  const said = (/** @type {string} */ name) => form.querySelector(`[name=${name}]:checked`)?.parentElement?.textContent?.trim() ?? "";
  const dots = /** @type {RadioNodeList} */ (form.elements.namedItem("method")).value === "dots";
  for (const field of form.querySelectorAll(".only-dots input")) field.toggleAttribute("disabled", !dots);
  const offered = boxes(form).filter((box) => !box.matches("[disabled] *")), ticked = offered.filter((box) => box.checked).length;
  for (const hint of form.querySelectorAll("[data-when]")) hint.toggleAttribute("hidden", hint.getAttribute("data-when") !== (ticked ? "" : offered.length ? "unticked" : "none"));
  const lines = [counted(place, "of", ticked), said("method")];
  if (dots) lines.push(counted(place, "dots", number("dots")), counted(place, "per", number("per_candidate")));
  lines.push(said("one_per"), said("sealed"), said("secrecy"), said("tie_rule"), number("quorum") ? counted(place, "quorum", number("quorum")) : "");
  const count = form.querySelector("[data-vote-count]");
  if (count) count.textContent = lines.slice(0, dots ? 3 : 1).filter((_, at) => at !== 1).join(" · ");
  list.replaceChildren(...lines.filter(Boolean).map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  place.hidden = false;
}
