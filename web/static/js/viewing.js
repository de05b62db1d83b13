// Knows whether notes are laid out as a board or as a list, and remembers it on this device.
// @ts-check

const KEPT = "flipchart:view";

/** @param {HTMLElement} host the element #filter, with input[name=view] */
export function start(host) {
  const show = (/** @type {string} */ view) => { document.documentElement.dataset.view = view; };
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (host.querySelectorAll("input[name=view]"));
  const kept = remembered();
  for (const box of boxes) {
    if (box.value === kept) box.checked = true;
    if (box.checked) show(box.value);
    box.addEventListener("change", () => {
      show(box.value);
      remember(box.value);
    });
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} view */
function remember(view) {
  try {
    localStorage.setItem(KEPT, view);
  } catch {
    // Without storage the next page begins as a board again.
  }
}
