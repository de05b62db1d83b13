// The names by which behaviours tell each other what happened: flipchart:applied, :link, :now, :dragging, :drop, :accepted, :refused, :declined, :stepped, :shown, :typing, :unsent, :waiting.
// @ts-check

/**
 * Tells every behaviour. Answers false when one of them called preventDefault.
 * @param {string} name @param {Record<string, unknown>} [detail]
 */
export function tell(name, detail = {}) {
  return dispatchEvent(new CustomEvent(`flipchart:${name}`, { detail, cancelable: true }));
}

/**
 * Calls `hear` with the detail (and the event) each time that something is told.
 * @param {string} name @param {(detail: any, event: CustomEvent) => void} hear
 */
export function on(name, hear) {
  addEventListener(`flipchart:${name}`, (event) => {
    const told = /** @type {CustomEvent} */ (event);
    hear(told.detail, told);
  });
}
