// Knows how dialogs open for the note that they are about, close, and give the focus back.
// @ts-check
import { on } from "./events.js";

export function start() {
  on("declined", ({ form, answer }) => { if (answer.code === "changed-since") rebase(form); });
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const opener = target.closest("[data-open]"), closer = target.closest("[data-close-dialog]");
    if (closer) /** @type {HTMLDialogElement | null} */ (closer.closest("dialog"))?.close();
    if (opener) open(opener);
    if (target instanceof HTMLDialogElement && target.hasAttribute("data-light") && outside(target, event)) target.close();
  });
}

/** Whoever has read what the note says by now, and sends theirs again, has seen that change. @param {HTMLFormElement} form */
function rebase(form) {
  const [note, base] = ["note", "base"].map((name) => /** @type {HTMLInputElement | null} */ (form.querySelector(`input[name=${name}]`)));
  const drawn = note && ["note-", "own-note-", "queue-", "grouped-note-"].map((kind) => document.getElementById(kind + note.value)).find(Boolean);
  if (base && drawn) base.value = drawn.getAttribute("data-text-seq") ?? "";
}

/** @param {Element} opener */
function open(opener) {
  const dialog = document.querySelector(opener.getAttribute("data-open") ?? "");
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  const menu = /** @type {HTMLElement | null} */ (opener.closest("[popover]"));
  const note = menu?.dataset.note ? document.getElementById(menu.dataset.note) : opener.closest(".note");
  const back = menu?.dataset.note ? note?.querySelector("[data-note-menu]") : opener;
  if (menu?.matches(":popover-open")) menu.hidePopover();
  if (note) tellOf(note, dialog);
  dialog.showModal();
  dialog.addEventListener("close", () => {
    const ways = [back, note?.querySelector("[data-note-menu]"), document.querySelector("#steps > section:not([hidden]) h1")];
    const way = ways.find((each) => each?.isConnected);
    if (way instanceof HTMLHeadingElement) way.tabIndex = -1;
    if (way instanceof HTMLElement) way.focus();
  }, { once: true });
}

/** Fills the forms inside `host` with the note that they are about, and what of it is to be edited. @param {Element} note @param {Element} host */
export function tellOf(note, host) {
  const set = (/** @type {string} */ name, /** @type {string} */ value) => {
    for (const field of host.querySelectorAll(`input[type=hidden][name="${name}"]`)) /** @type {HTMLInputElement} */ (field).value = value;
  };
  const id = note.id.replace(/^[a-z]*-?note-|^queue-/, "");
  set("note", id);
  set("part", `note:${id}`);
  set("part", `note:${note.id.replace(/^note-/, "")}`);
  set("base", note.getAttribute("data-text-seq") ?? "");
  for (const field of host.querySelectorAll("textarea[data-fill]")) {
    /** @type {HTMLTextAreaElement} */ (field).value = note.querySelector(".note-text")?.textContent?.trim() ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** @param {HTMLElement} dialog @param {MouseEvent} event */
function outside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
