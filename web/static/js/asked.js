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
    return answerOf(answer.status, (name) => answer.headers.get(name), answer.ok ? "" : await answer.text());
  } catch {
    return { kind: "unknown" };
  }
}

/**
 * What an answer with this status, these headers and this text means.
 * @param {number} status @param {(name: string) => string | null} header @param {string} text @returns {Answer}
 */
export function answerOf(status, header, text) {
  if (status >= 200 && status < 300) {
    return { kind: "accepted", seq: Number(header("Flipchart-Seq") ?? 0), to: header("HX-Redirect") ?? "" };
  }
  if (status >= 500) return { kind: "unknown" };
  if (status === 401 || status === 404) return { kind: "gone" };
  const page = new DOMParser().parseFromString(text, "text/html");
  const sentence = page.querySelector(".refusal");
  const facts = sentence instanceof HTMLElement ? sentence.dataset : {};
  if (status === 429) return { kind: "wait", seconds: Number(facts.seconds ?? header("Retry-After") ?? 2), sentence };
  return { kind: "refused", code: facts.code ?? "", field: facts.field ?? "", sentence };
}
