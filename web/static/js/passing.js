// Knows the personal link: made when it is asked for, shown in its dialog, and gone from the page once that closes.
// @ts-check
import { localise } from "./times.js";
import { toast } from "./refusals.js";
import { words } from "./words.js";

/** @param {HTMLDialogElement} dialog the dialog #my-link */
export function start(dialog) {
  const body = /** @type {HTMLElement} */ (dialog.querySelector("[data-pass-body]"));

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-pass]")) return;
    event.preventDefault();
    /** @type {HTMLDetailsElement | null} */ (form.closest("details"))?.removeAttribute("open");
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { "HX-Request": "true" } });
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok) return toast(made.querySelector(".refusal")?.textContent ?? "");
      body.replaceChildren(...made.body.childNodes);
      localise(body);
      dialog.showModal();
    } catch {
      toast(words(document.getElementById("toasts"), "failed"));
    }
  });
  dialog.addEventListener("close", () => {
    body.replaceChildren();
    /** @type {HTMLElement | null} */ (document.querySelector("#me > summary"))?.focus();
  });
}
