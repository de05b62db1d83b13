// Knows when the list of notes about the same subject is due, and fetches it. Loaded when it is first needed.
// @ts-check
import { on } from "./events.js";
import { forgetIds } from "./forms.js";
import { lead, notesOf, showBadges, signature } from "./nearness.js";
import { keepingFocus } from "./typing.js";
import { write } from "./words.js";

/** A facilitator's list follows the board; of many participants each asks while they look, and not all at once. */
const SOON = 1_500, AT_LEAST = 5_000, SPREAD = 4_000;

/** @param {HTMLElement} board @param {(old: Element, fresh: Element) => void} morphInside */
export function start(board, morphInside) {
  const facilitates = board.dataset.audience === "facilitators", as = new URLSearchParams(location.search).get("as");
  /** @type {WeakMap<Element, string>} what each list was fetched for */
  const told = new WeakMap();
  let timer = 0, due = 0;

  const place = () => /** @type {HTMLDetailsElement | null} */ (board.querySelector("section:not([hidden]) [data-alike]"));

  const fetchIt = async () => {
    const at = place(), list = at?.querySelector("[data-alike-list]");
    if (!at || !list || document.hidden) return;
    const now = signature(at);
    try {
      const answer = await fetch(`${at.dataset.alike}${as ? `&as=${as}` : ""}`, { headers: { "HX-Request": "true" }, cache: "no-store" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      forgetIds(fresh);
      for (const button of fresh.querySelectorAll("[data-alike-merge]")) button.removeAttribute("hidden");
      keepingFocus(() => morphInside(list, fresh));
      told.set(at, now);
      show();
    } catch {
      // The line is down: the next change, or the next look, asks again.
    }
  };

  /** A while after the last of many changes, and not later than that after the first. @param {number} wait */
  const ask = (wait) => {
    clearTimeout(timer);
    due ||= Date.now() + AT_LEAST;
    timer = window.setTimeout(() => { due = 0; fetchIt(); }, Math.max(0, Math.min(wait, due - Date.now())));
  };

  const look = () => {
    const at = place();
    show();
    if (!at || (!facilitates && !at.open) || told.get(at) === signature(at)) return;
    ask(told.has(at) ? SOON + (facilitates ? 0 : Math.random() * SPREAD) : 0);
  };

  const show = () => {
    const at = place(), list = at?.querySelector("[data-alike-list]") ?? null;
    // The next list comes a while later, and in another step when somebody looks at it: of a note that is gone nothing is left until then.
    for (const subject of board.querySelectorAll("[data-alike-list] [data-notes]")) {
      if (notesOf(subject).length < (subject.getAttribute("data-notes")?.split(" ") ?? []).length) subject.remove();
    }
    write(at?.querySelector(".alike-count") ?? null, String(list?.querySelectorAll(".alike-subject").length || ""));
    showBadges(board, list);
  };

  board.addEventListener("click", ({ target }) => {
    const pressed = /** @type {Element} */ (target), badge = pressed.closest("[data-alike-badge]"), merge = pressed.closest("[data-alike-merge]");
    const at = place();
    if (badge && at) lead(board, at, badge.getAttribute("data-alike-badge") ?? "");
    if (merge) import("./merging.js").then(({ open }) => open(notesOf(merge.closest("[data-notes]")), [], merge));
  });
  board.addEventListener("toggle", ({ target }) => { if (target === place()) look(); }, true);
  on("applied", look);
  on("shown", look);
  on("accepted", ({ form }) => { if (form?.closest("[data-alike-list]")) ask(0); });
  document.addEventListener("visibilitychange", look);
  look();
}
