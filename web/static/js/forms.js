// Knows forms that send a command: what they say, where they send it, and which field a sentence is about.
// @ts-check
import { mark } from "./unbroken.js";

/**
 * A field named `id` hides the form's own id from everybody who asks for form.id, htmx's morph too, which would then
 * replace the form and what is typed in it. With scripts the id is made when the command is sent.
 * @param {ParentNode} root
 */
export function forgetIds(root) {
  for (const field of root.querySelectorAll("form input[type=hidden][name=id]")) field.remove();
}

/** Where it sends its command. @param {HTMLFormElement} form */
export function addressOf(form) {
  return form.getAttribute("data-ask") || form.getAttribute("action") || location.pathname;
}

/** What it says, with the name and value of the button that was pressed. @param {HTMLFormElement} form @param {HTMLElement | null} [button] */
export function bodyOf(form, button) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "id") body.append(name, value);
  const name = button?.getAttribute("name");
  if (name) body.set(name, button?.getAttribute("value") ?? "");
  return body;
}

/** Fills the fields that a person writes or chooses in. @param {HTMLFormElement} form @param {URLSearchParams} body */
export function putInto(form, body) {
  for (const element of form.elements) {
    const field = /** @type {HTMLInputElement} */ (element), value = body.get(field.name);
    if (value === null || field.type === "hidden") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = body.getAll(field.name).includes(field.value);
    else {
      if (field instanceof HTMLTextAreaElement) mark(field, value);
      field.value = value;
    }
  }
}

/** The fields in which text is written. @param {HTMLFormElement} form @returns {(HTMLInputElement | HTMLTextAreaElement)[]} */
export function textsOf(form) {
  return Array.from(form.querySelectorAll("textarea, input:not([type]), input[type=text], input[type=search]"));
}

/** Empties them, and lets everybody who counts or keeps their text know. @param {HTMLFormElement} form */
export function emptied(form) {
  for (const field of textsOf(form)) {
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Closes the dialog or the popover that it stands in. @param {Element} inside */
export function closeAround(inside) {
  /** @type {HTMLDialogElement | null} */ (inside.closest("dialog[open]"))?.close();
  const popover = /** @type {HTMLElement | null} */ (inside.closest("[popover]"));
  if (popover?.matches(":popover-open")) popover.hidePopover();
}
