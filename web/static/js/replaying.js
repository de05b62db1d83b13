// Plays the session once more: a slider says how much of it has come, and a button lets it come by itself.
// @ts-check
const LONGEST = 30_000, SHORTEST = 120, SLOWEST = 1_200;

export function start() {
  const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-replay]"));
  const bar = /** @type {HTMLFormElement | null} */ (root?.querySelector("[data-replay-bar]"));
  if (root && bar) follow(root, bar);
}

/** @param {HTMLElement} root @param {HTMLFormElement} bar */
function follow(root, bar) {
  const moments = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".replay-moment")]);
  const slider = /** @type {HTMLInputElement} */ (bar.querySelector("input"));
  const count = /** @type {HTMLOutputElement} */ (bar.querySelector("output"));
  const button = /** @type {HTMLButtonElement} */ (bar.querySelector("[data-replay-play]"));
  const words = /** @type {HTMLElement} */ (button.querySelector("[data-replay-words]"));
  const play = words.textContent ?? "", pace = Math.min(SLOWEST, Math.max(SHORTEST, LONGEST / moments.length));
  let going = 0;

  const show = () => {
    const n = slider.valueAsNumber;
    moments.forEach((each, at) => { each.hidden = at >= n; });
    for (const step of root.querySelectorAll(".replay-step")) {
      /** @type {HTMLElement} */ (step).hidden = !step.querySelector(".replay-moment:not([hidden])");
    }
    count.value = `${n} / ${moments.length}`;
    slider.setAttribute("aria-valuetext", (slider.dataset.said ?? "").replace("{n}", `${n}`).replace("{all}", `${moments.length}`));
  };
  const stop = () => {
    clearInterval(going);
    going = 0;
    words.textContent = play;
  };
  const next = () => {
    slider.valueAsNumber += 1;
    show();
    moments[slider.valueAsNumber - 1]?.scrollIntoView({ block: "nearest" });
    if (slider.valueAsNumber >= moments.length) stop();
  };

  bar.hidden = false;
  bar.addEventListener("submit", (event) => event.preventDefault());
  slider.addEventListener("input", () => { stop(); show(); });
  button.addEventListener("click", () => {
    if (going) return stop();
    if (slider.valueAsNumber >= moments.length) slider.valueAsNumber = 0;
    words.textContent = words.dataset.pause ?? "";
    going = setInterval(next, pace);
    show();
  });
  show();
}
