// Knows which step is shown: the one that is on, or a past one that this person looks back at.
// @ts-check
import { on, tell } from "./events.js";
import { now } from "./own.js";
import { scrollerOf } from "./scrolling.js";
import { write, yes } from "./words.js";

/** @param {HTMLElement} board */
export function start(board) {
  let looking = new URLSearchParams(location.search).get("step") ?? "", shown = "";

  const show = () => {
    const { step = "", blank, title } = now();
    const wanted = looking || step;
    const held = document.activeElement?.closest("#steps > section, #now-card");
    for (const section of document.getElementById("steps")?.children ?? []) {
      section.toggleAttribute("hidden", section.id !== `section-${wanted}`);
    }
    const kind = document.getElementById(`section-${wanted}`)?.dataset.kind;
    document.getElementById("headlines")?.toggleAttribute("hidden", kind !== "headline");
    if (wanted !== shown) begin(document.getElementById(`section-${wanted}`), held?.id !== `section-${wanted}` && Boolean(held));
    document.getElementById("lobby")?.toggleAttribute("hidden", Boolean(wanted));
    document.getElementById("pause")?.toggleAttribute("hidden", !yes(blank));
    mark(board, step, wanted);
    document.getElementById("look-back")?.toggleAttribute("hidden", wanted === step);
    document.querySelector("[data-looking]")?.toggleAttribute("hidden", wanted === step);
    name(title);
    if (shown !== wanted) board.querySelector("#agenda [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    if (shown === wanted) return;
    shown = wanted;
    tell("shown");
  };

  /** Turns the page in one calm cross-fade; the state is read when it is drawn, so that late frames are in it. */
  const turn = (/** @type {boolean} */ moved) => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;
    if (!moved || calm || !document.startViewTransition) return show();
    // A transition that is skipped (the tab was hidden, another began) has shown the step all the same.
    document.startViewTransition(show).ready.catch(() => {});
  };

  const look = (/** @type {string} */ step) => {
    looking = step === now().step || !document.getElementById(`section-${step}`) ? "" : step;
    turn((looking || now().step) !== shown);
  };

  const vote = () => document.querySelector("#steps > section:not([hidden]) > .ballots > [data-open=true]")?.id;
  let before = now().step, voted = vote();
  on("applied", ({ plain }) => {
    if (plain) return;
    const { step, title } = now(), stepped = step !== before;
    before = step;
    if (stepped) looking = "";
    turn(stepped);
    if (stepped) tell("stepped", { step, title });
    // A further round stands above the results of the one before, which people are reading.
    if (voted !== (voted = vote()) && voted && !document.activeElement?.matches("input, textarea")) {
      begin(document.getElementById(voted), false);
    }
  });
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const pill = target.closest("[data-look]"), back = target.closest("#look-back, [data-look-back]");
    if (!pill && !back) return;
    event.preventDefault();
    look(pill?.getAttribute("data-look") ?? "");
  });
  shown = now().step ?? "";
  show();
  board.querySelector("#agenda [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

/** A step and a vote begin at the top; whoever had the focus in the one before has it at this one's prompt. @param {HTMLElement | null} section @param {boolean} focused */
function begin(section, focused) {
  if (!section) return;
  // Left unfolded, what is happening now would stand before all that comes.
  const card = document.getElementById("now-card");
  if (card?.contains(document.activeElement)) card.querySelector("summary")?.focus({ preventScroll: true });
  card?.removeAttribute("open");
  scrollerOf(section)?.scrollTo({ top: 0, behavior: "instant" });
  const prompt = section.querySelector("h1");
  if (!focused || !prompt) return;
  prompt.tabIndex = -1;
  prompt.focus({ preventScroll: true });
}

/** @param {HTMLElement} board @param {string} step @param {string} wanted */
function mark(board, step, wanted) {
  for (const pill of board.querySelectorAll("[data-look]")) {
    const its = pill.getAttribute("data-look");
    if (its === step) pill.setAttribute("aria-current", "step");
    else pill.removeAttribute("aria-current");
    pill.toggleAttribute("data-local-looking", its === wanted && its !== step);
  }
}

/** @param {string | undefined} step */
function name(step) {
  const board = document.getElementById("title")?.textContent?.trim();
  const title = [step, board].filter(Boolean).join(" · ");
  if (title) write(document.querySelector("title"), title);
}
