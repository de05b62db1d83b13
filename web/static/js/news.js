// Knows what listeners are told of a board besides its ideas: themes, merged notes, headlines and who writes them, actions, votes, the spotlight.
// @ts-check
import { say } from "./announcer.js";
import { on } from "./events.js";
import { counted, words } from "./words.js";

const COUNTED = { themes: ".theme-head:not(.ungrouped)", joined: ".note[data-joined]", headlines: ".headline", actions: ".action" };

/** @typedef {{ step: string, kinds: Map<string, Set<string>>, claims: Map<string, string>, votes: Map<string, string>, spotlit: string }} Seen */

/** @param {HTMLElement} region the element #announcer */
export function start(region) {
  let before = look();
  // What came and went between two sentences is not news.
  const tell = say(() => {
    const now = look(), sentences = news(region, before, now);
    before = now;
    return sentences;
  });
  const hear = () => {
    const now = look(), still = quoted(now);
    if (news(region, before, now).length) tell();
    // Words that are shown no longer are not left where they can be listened to again.
    if (quoted(before).some((each) => !still.includes(each) && region.textContent?.includes(each))) region.replaceChildren();
    // Whoever puts the same there once more means it to be heard.
    if (!now.spotlit) before.spotlit = "";
  };
  on("applied", ({ plain }) => { if (!plain) hear(); });
  on("shown", hear);
}

/** What people wrote of what was said. @param {Seen} seen */
function quoted({ spotlit, claims }) {
  return [spotlit, ...claims.values()].filter(Boolean);
}

/** @returns {Seen} */
function look() {
  const shown = (/** @type {string} */ each) => Array.from(document.querySelectorAll(each)).filter((found) => !found.closest("[hidden]"));
  const text = (/** @type {Element | null | undefined} */ element) => element?.textContent?.trim().replace(/\s+/g, " ") ?? "";
  return {
    step: shown("#steps > section").map(({ id }) => id).join(" "),
    kinds: new Map(Object.entries(COUNTED).map(([kind, each]) => [kind, new Set(shown(each).map(({ id }) => id))])),
    claims: new Map(shown(".version-claim:not([data-own])").map((claim) => [claim.parentElement?.id ?? "", text(claim.querySelector("p"))])),
    votes: new Map(Array.from(document.querySelectorAll(".ballot-card[data-open]"), (each) => [each.id, each.getAttribute("data-open") ?? ""])),
    spotlit: text(shown("#spotlight .overline, #spotlight .spotlit-text").at(-1)),
  };
}

/** @param {HTMLElement} region @param {Seen} before @param {Seen} now @returns {string[]} */
function news(region, before, now) {
  // A step that one turns to shows much that has long been there.
  if (now.step !== before.step) [before.step, before.kinds, before.claims] = [now.step, now.kinds, now.claims];
  const fresh = (/** @type {string} */ kind) => [...now.kinds.get(kind) ?? []].filter((id) => !before.kinds.get(kind)?.has(id)).length;
  const sentences = Object.keys(COUNTED).map((kind) => (fresh(kind) ? counted(region, kind, fresh(kind)) : ""));
  for (const [version, claim] of now.claims) if (before.claims.get(version) !== claim) sentences.push(claim);
  for (const [ballot, open] of now.votes) {
    if (open === "true" && before.votes.get(ballot) !== open) sentences.push(words(region, "opened"));
    if (open === "false" && before.votes.get(ballot) === "true") sentences.push(words(region, "closed"));
  }
  if (now.spotlit && now.spotlit !== before.spotlit) sentences.push(words(region, "spotlit", { text: now.spotlit }));
  return [...new Set(sentences)].filter(Boolean);
}
