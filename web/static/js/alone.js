// Knows how one tab of many does a thing alone: by a web lock, or by a lease in localStorage where there are no locks.
// @ts-check
import { uuid } from "./uuid.js";

const LEASE = 15_000;
const tab = uuid();

/** Runs `act` while no other tab does. With a lease, answers false and does nothing when another tab holds it. @param {string} name @param {() => Promise<void>} act */
export async function alone(name, act) {
  if (navigator.locks) return navigator.locks.request(name, act).then(() => true);
  if (!taken(name)) return false;
  const renewal = setInterval(() => taken(name), LEASE / 3);
  try {
    await act();
    return true;
  } finally {
    clearInterval(renewal);
    localStorage.removeItem(leaseOf(name));
  }
}

/** Takes or renews the lease; a tab that died leaves one that runs out. @param {string} name */
function taken(name) {
  const key = leaseOf(name);
  try {
    const { owner = tab, until = 0 } = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (owner !== tab && until > Date.now()) return false;
    localStorage.setItem(key, JSON.stringify({ owner: tab, until: Date.now() + LEASE }));
  } catch {
    // Without storage there is no other tab to disturb.
  }
  return true;
}

/** @param {string} name */
function leaseOf(name) {
  return `lease:${name}`;
}
