// Knows how the page of billboards follows what is chosen and typed: the same address is asked anew, and its preview taken over.
// @ts-check
import { on } from "./events.js";
import { write } from "./words.js";

const A_PAUSE = 250, AT_REST = 1_000;

export function start() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-billboards]"));
  const shown = document.querySelector("[data-shown]");
  if (!form || !shown) return;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  /** @type {AbortController | undefined} */
  let asking;

  const show = async () => {
    asking?.abort();
    asking = new AbortController();
    const address = addressOf(form);
    shown.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) return form.submit();
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-shown]");
      if (fresh) shown.replaceChildren(...fresh.childNodes);
      clearTimeout(rest);
      rest = setTimeout(() => tell(shown), AT_REST);
      history.replaceState(null, "", address);
      shown.removeAttribute("aria-busy");
    } catch (error) {
      // Whatever is typed next asks again.
      if (!(error instanceof DOMException)) shown.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, A_PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  // A logo that has come is on every sheet; what is being typed keeps the page from loading anew.
  on("accepted", show);
  shown.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-design]");
    const design = form.elements.namedItem("design");
    if (!(link instanceof HTMLElement) || !(design instanceof HTMLSelectElement)) return;
    event.preventDefault();
    design.value = link.dataset.design ?? "";
    show().then(() => /** @type {HTMLElement | null} */ (shown.querySelector("[data-design][aria-current]"))?.focus());
  });
}

/** What listeners hear of the preview, once nobody types: its words, and what is wrong with it. @param {Element} shown */
function tell(shown) {
  const wrong = Array.from(shown.querySelectorAll(".refusal, .billboard-warning"), (each) => each.textContent?.trim());
  const picture = shown.querySelector("figure svg")?.getAttribute("aria-label");
  write(document.querySelector("[data-shown-told]"), [picture, ...wrong].filter(Boolean).join(". "));
}

/** @param {HTMLFormElement} form */
function addressOf(form) {
  const chosen = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  return `${location.pathname}?${new URLSearchParams(chosen)}`;
}
