// Knows how the outbox is emptied: in order, one sender among all tabs, the same id until there is an answer.
// @ts-check
import { alone } from "./alone.js";
import { post } from "./asked.js";
import { on, tell } from "./events.js";
import { reload } from "./refresh.js";

const LONGEST = 10_000;

/** @param {ReturnType<typeof import("./outbox.js").openOutbox>} outbox */
export function startSending(outbox) {
  let draining = false, again = false, failures = 0, sending = "";
  /** @type {number | undefined} */ let timer;

  const later = (/** @type {number} */ milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(flush, milliseconds);
  };

  /** Sends until the outbox is empty or the answer is to wait. */
  const drain = async () => {
    for (;;) {
      const entry = outbox.list().find((each) => each.refused === undefined);
      if (!entry) return;
      sending = entry.id;
      const answer = await post(entry.to, entry.body);
      sending = "";
      if (answer.kind === "unknown") return later(Math.min(1_000 * 2 ** failures++, LONGEST));
      failures = 0;
      if (answer.kind === "wait") return later(answer.seconds * 1_000 + 1_000 * Math.random());
      if (answer.kind === "gone") return void reload();
      if (answer.kind === "accepted") {
        outbox.drop(entry.id);
        tell("accepted", { seq: answer.seq, entry });
      } else giveBack(entry, answer);
    }
  };

  /** A refused one goes back to where it was written; where that is not possible it stays, with the sentence. @param {import("./outbox.js").Entry} entry @param {Extract<import("./asked.js").Answer, { kind: "refused" }>} answer */
  const giveBack = (entry, answer) => {
    const taken = !tell("refused", { entry, answer });
    if (taken) outbox.drop(entry.id);
    else outbox.keep({ ...entry, refused: answer.sentence?.textContent?.trim() ?? "" });
  };

  const flush = async () => {
    if (draining) return void (again = true);
    draining = true;
    clearTimeout(timer);
    if (!(await alone(outbox.name, drain))) later(2_000);
    draining = false;
    if (again) {
      again = false;
      flush();
    }
  };

  on("link", ({ state }) => { if (state === "online") flush(); });
  addEventListener("online", () => void flush());
  // Another tab may have died with its commands unsent: whoever hears of one looks after it a little later.
  on("unsent", ({ elsewhere }) => { if (elsewhere && !draining) later(3_000); });
  flush();
  return { flush, sending: () => sending };
}
