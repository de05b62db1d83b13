// Knows what a person is typing and where: focus, caret and unsent words survive a change of the page around them.
// @ts-check

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

/** Makes a change, then gives back to every field inside `root` what had been typed into it. @param {Element} root @param {() => void} change */
export function keepingTyped(root, change) {
  const typed = fields(root).filter(isTyped).map((field) => /** @type {const} */ ([field, field.value]));
  change();
  for (const [field, value] of typed) if (field.value !== value) field.value = value;
}

/** Makes a change, then puts focus and caret back, or next to where they were. @param {() => void} change */
export function keepingFocus(change) {
  const held = document.activeElement;
  if (!held || held === document.body) return change();
  const caret = caretOf(held), ways = waysBack(held);
  change();
  if (document.activeElement === held) return;
  const next = held.isConnected ? held : ways.map((way) => way()).find((found) => found?.isConnected && found.checkVisibility());
  if (next instanceof HTMLElement) focus(next, next === held ? caret : null);
}

/** Has a person put something here that the server did not? @param {Field} field */
export function isTyped(field) {
  return field.type !== "hidden" && field.value !== field.defaultValue;
}

/** What stands here is now what the server has: later changes of it may show. @param {HTMLFormElement} form */
export function settled(form) {
  for (const field of fields(form)) if (field.type !== "hidden") field.defaultValue = field.value;
}

/** @param {Element} root @returns {Field[]} */
function fields(root) {
  return Array.from(root.querySelectorAll("textarea, input:not([type=checkbox], [type=radio], [type=file], [type=submit])"));
}

/** @param {any} element @returns {[number, number, string] | null} */
function caretOf(element) {
  try {
    return element.selectionStart === null ? null : [element.selectionStart, element.selectionEnd, element.selectionDirection];
  } catch {
    return null;
  }
}

/** Where the focus goes when its element is gone: the same id, what it stood in within its note or vote, its neighbours, the nearest ancestor that stayed. @param {Element} held @returns {(() => Element | null)[]} */
function waysBack(held) {
  const keyed = held.closest("[data-key]"), id = held.getAttribute("id");
  const ancestors = [];
  for (let up = held.parentElement; up && up !== document.body; up = up.parentElement) ancestors.push(up);
  return [
    () => (id ? document.getElementById(id) : null),
    ...[...ancestors.filter((each) => each.id && keyed?.contains(each)), keyed?.nextElementSibling, keyed?.previousElementSibling, ...ancestors].map((each) => () => each ?? null),
  ];
}

/** @param {HTMLElement} element @param {[number, number, string] | null} caret */
function focus(element, caret) {
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
  if (caret && "setSelectionRange" in element) /** @type {any} */ (element).setSelectionRange(...caret);
}
