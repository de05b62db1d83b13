"""The page in a real browser: what one note costs it, what a first visit fetches, and what works without a script.

A note's cost is all the script, style and layout that Chromium does for its frame on the page's own thread, packing
of the wall included, painting not. A first visit's bytes are those on the wire: page, style, script, fonts and the
socket's handshake, with their headers, by a browser that has fetched nothing before.
"""

import os
import shutil
import statistics
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench.asking import asked
from bench.boards import TEXTS, Ready, ready
from bench.report import Report
from bench.serving import Served, flipchart

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
# A name that is not this machine's own: what comes from there over plain HTTP is asked for without Brotli.
PLAIN = "flipchart.test"
PLAINLY = [*ARGUMENTS, f"--host-resolver-rules=MAP {PLAIN} 127.0.0.1"]
WORK = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
SETTLED = 200
NOTE = "#steps .note[role=listitem]"


@contextmanager
def board_of(notes: int) -> Iterator[tuple[Served, Ready]]:
    """A server with one board of so many notes, written by fifty people."""
    with tempfile.TemporaryDirectory(prefix="flipchart-bench-") as name:
        board = ready(Path(name), people=60, notes=notes)
        with flipchart(Path(name)) as server:
            yield server, board


def chromium() -> str | None:
    """Where this machine has one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("FLIPCHART_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def visitor(browser: Browser, server: Served, board: Ready, host: str = "127.0.0.1", **more: object) -> BrowserContext:
    """A browser that has fetched nothing yet, with the last person's seat."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}, **more)  # type: ignore[arg-type]
    name, _, value = board.seats[-1].partition("=")
    context.add_cookies([{"name": name, "value": value, "url": f"http://{host}:{server.port}"}])
    return context


def opened(context: BrowserContext, server: Served, board: Ready) -> Page:
    """Its page of the board, followed."""
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.port}/b/{board.id}")
    page.wait_for_selector("html[data-link=online]", state="attached")
    return page


def work(session: CDPSession) -> float:
    """Milliseconds of script, style and layout so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * sum(float(each["value"]) for each in metrics if each["name"] in WORK)


def post(server: Served, board: Ready, number: int) -> None:
    """Somebody else writes a note."""
    fields = {"do": "note.add", "id": f"page-{number:08d}", "step": board.step, "text": f"{TEXTS[0]} ({number})"}
    asked = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/b/{board.id}/commands",
        data=urlencode(fields).encode(),
        headers={"Cookie": board.seats[number % 50], "HX-Request": "true"},
    )
    with urllib.request.urlopen(asked, timeout=10):  # noqa: S310
        pass


def notes_applied(browser: Browser, size: int, count: int) -> list[float]:
    """Milliseconds for each of so many notes, on a board of that size."""
    costs = []
    with board_of(size) as (server, board):
        context = visitor(browser, server, board)
        page = opened(context, server, board)
        page.wait_for_timeout(2_000)
        before = page.locator(NOTE).count()
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        for number in range(count):
            start = work(session)
            post(server, board, number)
            page.wait_for_timeout(SETTLED)
            costs.append(work(session) - start)
        assert page.locator(NOTE).count() == before + count
        context.close()
    return costs


def first_visit(browser: Browser, size: int, host: str) -> float:
    """Kilobytes on the wire. From 127.0.0.1 a browser takes Brotli as it does over HTTPS, from PLAIN gzip."""
    with board_of(size) as (server, board):
        context = visitor(browser, server, board, host)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        fetched: list[float] = []
        session.on("Network.loadingFinished", lambda event: fetched.append(float(event["encodedDataLength"])))
        page.goto(f"http://{host}:{server.port}/b/{board.id}")
        page.wait_for_selector("html[data-link=online]", state="attached")
        page.wait_for_timeout(1_000)
        context.close()
    return sum(fetched) / 1000


def without_scripts(browser: Browser, size: int) -> str:
    """What a reader has whose browser runs none."""
    with board_of(size) as (server, board):
        context = visitor(browser, server, board, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.port}/b/{board.id}")
        seen = sum(note.is_visible() for note in page.locator(NOTE).all())
        composer = page.locator("#composer textarea[name=text]")
        composer.focus()
        takes = composer.is_visible() and composer.is_editable()
        context.close()
    if seen < size or not takes:
        raise RuntimeError(f"without scripts {seen} of {size} notes are seen, composer: {takes}")
    return f"With scripts blocked {seen} of {size} notes are seen, and the composer takes the focus and words."


def main() -> None:
    """Runs all three."""
    chosen = asked(__doc__, notes=50, runs=3)
    path = chromium()
    if path is None:
        print("skipped: the page, because there is no Chromium on this machine.")
        return
    report = Report("page")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=PLAINLY)
        runs = [notes_applied(browser, 500, chosen.notes) for _ in range(chosen.runs)]
        report.row("a note on a page of 500: half of them", "ms", [statistics.median(run) for run in runs], 5)
        report.row("a note on a page of 500: 99 of 100", "ms", [sorted(run)[int(0.99 * len(run))] for run in runs])
        for how, host in (("Brotli, as over HTTPS", "127.0.0.1"), ("gzip, as over plain HTTP", PLAIN)):
            visits = [first_visit(browser, 200, host) for _ in range(chosen.runs)]
            report.row(f"first visit to a board of 200 notes: {how}", "KB", visits, 150)
        report.remarks.append(without_scripts(browser, 200))
        browser.close()
    report.show(write=chosen.write)


if __name__ == "__main__":
    main()
