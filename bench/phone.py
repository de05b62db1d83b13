"""A slow phone: how long it takes from tapping the join link until words can be written into the board's composer.

The phone is Chromium held to a line of 1.6 Mbit/s down and 750 kbit/s up, each answer 150 ms late, at a sixth of this
machine's speed. It is given the server by a name and over plain HTTP, as in a hall without a certificate: so it takes
gzip and no Brotli. The name is given at once: how long a person thinks about it is not counted. The composer counts as
usable when it has the focus, is wired, and a character typed into it stays; whether it can be sent is tried afterwards.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.asking import asked
from bench.page import PLAIN, PLAINLY, board_of, chromium
from bench.report import Report

LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 6
PHONE = {"width": 390, "height": 844}
TEXT = "#composer textarea[name=text]"
# In the page's own words, when it was what. The composer is tried as soon as its script has run to the end.
WATCH = """(() => {
  const seen = self.seen = {};
  const { timeOrigin } = performance, now = () => timeOrigin + performance.now();
  const note = (name) => { seen[name] ??= now(); };
  new PerformanceObserver((list) => {
    for (const each of list.getEntriesByName("first-contentful-paint")) seen.drawn ??= timeOrigin + each.startTime;
  }).observe({ type: "paint", buffered: true });
  document.addEventListener("submit", () => sessionStorage.setItem("given", now()), true);
  document.addEventListener("DOMContentLoaded", () => {
    const look = () => {
      const { link } = document.documentElement.dataset, text = document.querySelector("#composer textarea[name=text]");
      if (link === "online") note("online");
      if (!link || !text || seen.usable) return;
      text.focus();
      if (document.activeElement === text && !text.readOnly) note("usable");
    };
    new MutationObserver(look).observe(document.documentElement, { attributes: true });
    look();
  });
})();"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Seconds after the link was tapped."""

    door: float
    given: float
    drawn: float
    usable: float
    online: float


def phone(browser: Browser) -> BrowserContext:
    """One that has fetched nothing yet."""
    context = browser.new_context(locale="en-GB", viewport=PHONE, device_scale_factor=3, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    return context


def slow(context: BrowserContext) -> Page:
    """A page on its line, with its processor."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def joined(page: Page, address: str) -> Visit:
    """Through the door, to the first character. RuntimeError when that is not kept, or cannot be sent."""
    page.goto(address, wait_until="commit")
    page.wait_for_selector("form input[name=name]")
    tapped, drawn = page.evaluate("performance.timeOrigin"), until(page, "drawn")["drawn"]
    page.evaluate(
        """() => {
          const form = document.querySelector("form:has(input[name=name])");
          form.elements.namedItem("name").value = "A neighbour";
          form.elements.namedItem("place").value = "Dakar";
          for (const box of form.querySelectorAll("input[type=checkbox][required]")) box.checked = true;
          form.requestSubmit();
        }"""
    )
    page.wait_for_selector(TEXT)
    first, given = followed(page, tapped), page.evaluate("Number(sessionStorage.getItem('given'))")
    page.keyboard.press("W")
    page.keyboard.type("ords")
    page.keyboard.press("Enter")
    page.wait_for_selector("#steps .note.is-mine >> text=Words")
    return Visit(*((drawn - tapped) / 1000, (given - tapped) / 1000), *first)


def until(page: Page, *named: str) -> dict[str, float]:
    """What the page has seen, once all of these are in it. RuntimeError after a minute."""
    for _ in range(600):
        seen: dict[str, float] = page.evaluate("self.seen")
        if all(name in seen for name in named):
            return seen
        page.wait_for_timeout(100)
    raise RuntimeError(f"seen within a minute: {seen}")


def followed(page: Page, since: float) -> tuple[float, float, float]:
    """The board drawn, its composer usable, its line open; seconds since then."""
    seen = until(page, "drawn", "usable", "online")
    return tuple((seen[name] - since) / 1000 for name in ("drawn", "usable", "online"))  # type: ignore[return-value]


def visits(browser: Browser, notes: int) -> tuple[Visit, tuple[float, float, float]]:
    """The first by the join link, then the board again a while later, by a new page of the same phone."""
    with board_of(notes) as (server, board):
        context = phone(browser)
        first = slow(context)
        once = joined(first, urljoin(f"http://{PLAIN}:{server.port}", board.join))
        address = first.url
        first.close()
        page = slow(context)
        page.goto(address, wait_until="commit")
        again = followed(page, page.evaluate("performance.timeOrigin"))
        context.close()
    return once, again


def main() -> None:
    """Both visits, some times over."""
    chosen = asked(__doc__, notes=100, runs=3)
    path = chromium()
    if path is None:
        print("skipped: the slow phone, because there is no Chromium on this machine.")
        return
    report = Report(Path(__file__).stem)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=PLAINLY)
        found = [visits(browser, chosen.notes) for _ in range(chosen.runs)]
        browser.close()
    firsts = [first for first, _ in found]
    report.row("the door is drawn", "s", [visit.door for visit in firsts])
    report.row("the name is given, without a thought", "s", [visit.given for visit in firsts])
    report.row("the board is drawn", "s", [visit.drawn for visit in firsts])
    report.row("the composer takes words", "s", [visit.usable for visit in firsts], 10)
    report.row("its line is open", "s", [visit.online for visit in firsts])
    for at, what in enumerate(("the board is drawn", "the composer takes words", "its line is open")):
        report.row(f"the second visit: {what}", "s", [again[at] for _, again in found])
    report.show(write=chosen.write)


if __name__ == "__main__":
    main()
