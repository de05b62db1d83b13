// Knows what a browser is slow to break into lines: thousands of letters without a space. They are kept on one line.
// @ts-check

/** Longer than any note may be, and than any word is. */
const RUN = 1_000;
const UNBROKEN = new RegExp(`\\S{${RUN}}`);

/** Must be told before such words come in: once they are broken into lines, seconds have passed. */
export function start() {
  document.addEventListener("beforeinput", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || field.hasAttribute("data-unbroken")) return;
    const come = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    if (come.length + field.value.length > RUN) mark(field, field.value + come);
  });
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement && event.target.hasAttribute("data-unbroken")) mark(event.target, event.target.value);
  });
}

/** @param {HTMLTextAreaElement} field @param {string} text what stands in it, or will */
export function mark(field, text) {
  field.toggleAttribute("data-unbroken", text.length >= RUN && UNBROKEN.test(text));
}
