// Knows whether notes are laid out as a board or as a list, and in which order; both are remembered on this device.
// @ts-check
import { on } from "./events.js";
import { kept, keep } from "./kept.js";
import { sortsBefore } from "./keyed.js";
import { keepingFocus } from "./typing.js";

/** @param {HTMLElement} host the element #filter, with input[name=view] and select[name=order] */
export function start(host) {
  const show = (/** @type {string} */ view) => { document.documentElement.dataset.view = view; };
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (host.querySelectorAll("input[name=view]"))) {
    if (box.value === kept("view")) box.checked = true;
    if (box.checked) show(box.value);
    box.addEventListener("change", () => {
      show(box.value);
      keep("view", box.value);
    });
  }
  const order = /** @type {HTMLSelectElement | null} */ (host.querySelector("select[name=order]"));
  if (order) ordering(order);
}

/** @param {HTMLSelectElement} order its options are BEFORE's names; the first is the order in which frames bring notes */
function ordering(order) {
  const given = order.options[0]?.value ?? "";
  let sorted = false;
  const sort = () => {
    if (order.value === given && !sorted) return;
    sorted = order.value !== given;
    for (const wall of document.querySelectorAll("#steps .wall")) keepingFocus(() => arrange(wall, BEFORE[order.value] ?? BEFORE.oldest));
  };
  if (Array.from(order.options).some(({ value }) => value === kept("order"))) order.value = kept("order");
  order.addEventListener("change", () => {
    keep("order", order.value);
    sort();
  });
  on("applied", sort);
  sort();
}

/** Moves only what stands wrong: a wall that is in order is left alone. @param {Element} wall @param {(a: Element, b: Element) => boolean} before */
function arrange(wall, before) {
  const notes = Array.from(wall.children), wanted = [...notes].sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
  for (const [at, note] of wanted.entries()) if (wall.children[at] !== note) wall.insertBefore(note, wall.children[at]);
}

const key = (/** @type {Element} */ note) => note.getAttribute("data-key") ?? "";
const hearts = (/** @type {Element} */ note) =>
  Array.from(note.querySelectorAll(".heart"), (heart) => Number(heart.textContent?.match(/\d+/)?.[0] ?? 0)).reduce((all, each) => all + each, 0);
const pinned = (/** @type {Element} */ note) => note.hasAttribute("data-pinned");

/** What was pinned stays on top in every order. @type {Record<string, (a: Element, b: Element) => boolean>} */
const BEFORE = {
  oldest: (a, b) => sortsBefore(key(a), key(b)),
  newest: (a, b) => (pinned(a) === pinned(b) ? sortsBefore(key(b), key(a)) : pinned(a)),
  reactions: (a, b) => {
    if (pinned(a) !== pinned(b)) return pinned(a);
    return hearts(a) === hearts(b) ? sortsBefore(key(a), key(b)) : hearts(a) > hearts(b);
  },
};
