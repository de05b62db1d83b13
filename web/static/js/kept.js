// Knows what a person has chosen for this device: small choices in its storage, or none where there is no storage.
// @ts-check

/** @param {string} name @returns {string} what was chosen, or "" */
export function kept(name) {
  try {
    return localStorage.getItem(`flipchart:${name}`) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} name @param {string} choice "" forgets it */
export function keep(name, choice) {
  try {
    if (choice) localStorage.setItem(`flipchart:${name}`, choice);
    else localStorage.removeItem(`flipchart:${name}`);
  } catch {
    // Without storage the next page begins as every page does.
  }
}
