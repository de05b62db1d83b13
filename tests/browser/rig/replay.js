// Lives through recorded pages with the page's own scripts, and says what became of each message and of the page.
async ({ scripts, sheets }) => {
  const { install } = await import(`${scripts}/keyed.js`);
  const { forgetIds } = await import(`${scripts}/forms.js`);
  const { FINAL, delayOf } = await import(`${scripts}/returning.js`);
  const { hearing } = await import(`${scripts}/hearing.js`);
  if (!window.replaying) install();
  window.replaying = true;
  const turn = () => new Promise((resume) => setTimeout(resume));

  /** When a page whose line ended so tries again, and after each try that ended so; never, where it does not come back. */
  function waits([code, ...tries]) {
    let lost = 0;
    return FINAL.includes(code) ? null : [code, ...tries].map((each, attempt) => {
      const delay = delayOf({ attempt, code: each, lost });
      lost += delay;
      return delay;
    });
  }

  /** One page: markup, then messages, pages that were fetched and ends of its line, in the order in which they came. */
  async function lived({ markup, happened }) {
    const { body } = new DOMParser().parseFromString(markup, "text/html");
    document.body.replaceWith(document.adoptNode(body));
    forgetIds(document);
    const board = document.getElementById("board");
    const answers = [];
    let asked = [], arrives = null, folding = null, applied = false;
    window.fetch = () => new Promise((resolve) => { arrives = (/** @type {string} */ page) => resolve(new Response(page)); });
    const heard = () => { applied = true; };
    addEventListener("flipchart:applied", heard);
    const { hear } = hearing(board, { ask: (seen) => asked.push(seen), moved: () => {} });
    for (const { text, markup: fetched, ended } of happened) {
      asked = [];
      applied = false;
      if (ended) {
        answers.push({ waits: waits(ended) });
      } else if (fetched !== undefined) {
        const before = board.outerHTML;
        if (!arrives) return { answers, shown: "", wrong: "a page arrives that nobody asked for" };
        arrives(fetched);
        arrives = null;
        await folding;
        folding = null;
        answers.push({ came: "folded", seq: Number(board.dataset.seq), asked, before });
      } else {
        hear({ message: { data: text }, waitUntil: (/** @type {Promise<void>} */ until) => { folding = until; } });
        answers.push({ came: arrives ? "fetches" : applied ? "applied" : "nothing", seq: Number(board.dataset.seq), asked });
      }
    }
    await turn();
    removeEventListener("flipchart:applied", heard);
    return { answers, shown: board.outerHTML, wrong: "" };
  }

  const lives = [];
  for (const sheet of sheets) lives.push(await lived(sheet));
  return lives;
}
