// Knows how all choices of a group are ticked, or unticked again, by one press.
// @ts-check

export function start() {
  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-check-all]");
    const boxes = button?.closest("fieldset")?.querySelectorAll("input[type=checkbox]") ?? [];
    const fields = /** @type {HTMLInputElement[]} */ (Array.from(boxes)), tick = fields.some((field) => !field.checked);
    for (const field of fields) field.checked = tick;
  });
}
