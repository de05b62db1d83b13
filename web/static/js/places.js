// Knows the place field: a combobox that lists cities while one types (ARIA APG, list autocomplete with manual selection); any text is fine.
// @ts-check
import { counted, language, words, write } from "./words.js";

const PAUSE = 150;
const SHORTEST = 2;
/** @typedef {{ id: string | number, name: string, country: string, country_name: string, flag: string }} Place */

/** @param {HTMLInputElement} field the input[data-places] */
export function start(field) {
  const list = /** @type {HTMLElement} */ (document.getElementById(field.getAttribute("aria-controls") ?? ""));
  const pattern = /** @type {HTMLTemplateElement} */ (document.getElementById("place-option"));
  const status = field.closest("form")?.querySelector("[data-places-status]") ?? null;
  let timer = 0, asked = "", chosen = "";

  const options = () => /** @type {HTMLElement[]} */ (Array.from(list.children));
  const active = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  const close = () => {
    list.replaceChildren();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const show = (/** @type {Place[]} */ places) => {
    list.replaceChildren(...places.map((place, at) => optionOf(place, `${list.id}-${at}`)));
    list.hidden = places.length === 0;
    field.setAttribute("aria-expanded", String(places.length > 0));
    field.removeAttribute("aria-activedescendant");
    write(status, places.length ? counted(status, "found", places.length) : words(status, "none"));
  };

  const optionOf = (/** @type {Place} */ place, /** @type {string} */ id) => {
    const option = /** @type {HTMLElement} */ (pattern.content.firstElementChild?.cloneNode(true));
    option.id = id;
    option.setAttribute("aria-selected", "false");
    write(option.querySelector("[data-option-name]") ?? option, place.name);
    write(option.querySelector("[data-option-country]"), place.country_name);
    write(option.querySelector("[data-option-flag]"), place.flag);
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(place));
    return option;
  };

  const choose = (/** @type {Place} */ place) => {
    field.value = chosen = place.name;
    keepChoice(String(place.id), place.country);
    close();
  };

  const keepChoice = (/** @type {string} */ id, /** @type {string} */ country) => {
    for (const [name, value] of [["place_id", id], ["country", country]]) {
      const hidden = /** @type {HTMLInputElement | null} */ (field.form?.querySelector(`input[name=${name}]`) ?? null);
      if (hidden) hidden.value = value;
    }
  };

  const ask = async () => {
    const q = asked = field.value.trim();
    if (q.length < SHORTEST) return close();
    const places = await found(field.dataset.places ?? "", q);
    if (q === asked && document.activeElement === field) show(places);
  };

  const move = (/** @type {number} */ step) => {
    const all = options(), at = active();
    if (!all.length) return void ask();
    const next = all[(at + step + (at < 0 && step < 0 ? 1 : 0) + all.length) % all.length];
    for (const option of all) option.setAttribute("aria-selected", String(option === next));
    field.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  };

  field.addEventListener("input", () => {
    if (field.value !== chosen) keepChoice("", "");
    clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && active() >= 0) options()[active()].click();
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
}

/** @param {string} address @param {string} q @returns {Promise<Place[]>} */
async function found(address, q) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams({ q, language: language() })}`, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : [];
  } catch {
    return [];
  }
}
