// Knows the zone of this device: it is chosen already where a start is told in a zone that nobody has chosen yet.
// @ts-check

export function start() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  for (const field of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll("select[data-zone]"))) {
    if (!Array.from(field.options, (each) => each.value).includes(zone)) field.add(new Option(nameOf(zone), zone));
    field.value = zone;
  }
}

/** America/Argentina/Ushuaia is told as Ushuaia. @param {string} zone */
function nameOf(zone) {
  return (zone.split("/").pop() ?? zone).replaceAll("_", " ");
}
