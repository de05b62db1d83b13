// Knows what the server's answer to a command means: accepted, refused with a sentence, wait, gone, or nobody knows.
// @ts-check

const PATIENCE = 12_000;

/**
 * @typedef {{ kind: "accepted", seq: number, to: string }
 *   | { kind: "refused", code: string, field: string, sentence: Element | null }
 *   | { kind: "wait", seconds: number, sentence: Element | null }
 *   | { kind: "gone" } | { kind: "unknown" }} Answer
 */

/**
 * Posts one command. "unknown" means that it may or may not have had its effect: the same id may be sent again.
 * @param {string} address @param {string} body url-encoded, with its id @returns {Promise<Answer>}
 */
export async function post(address, body) {
  const headers = { "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded", Accept: "text/html" };
  try {
    const answer = await fetch(address, {
      method: "POST", body, headers, keepalive: body.length < 30_000, signal: AbortSignal.timeout?.(PATIENCE),
    });
    return await meaningOf(answer);
  } catch {
    return { kind: "unknown" };
  }
}

/** @param {Response} answer @returns {Promise<Answer>} */
async function meaningOf(answer) {
  if (answer.ok) {
    const { headers } = answer;
    return { kind: "accepted", seq: Number(headers.get("Flipchart-Seq") ?? 0), to: headers.get("HX-Redirect") ?? "" };
  }
  if (answer.status >= 500) return { kind: "unknown" };
  if (answer.status === 401 || answer.status === 404) return { kind: "gone" };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const sentence = page.querySelector(".refusal");
  const facts = sentence instanceof HTMLElement ? sentence.dataset : {};
  if (answer.status === 429) {
    return { kind: "wait", seconds: Number(facts.seconds ?? answer.headers.get("Retry-After") ?? 2), sentence };
  }
  return { kind: "refused", code: facts.code ?? "", field: facts.field ?? "", sentence };
}
