"""Recorded pages lived through again in Chromium with the page's own scripts, and in what that differs."""

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page as Window
from playwright.sync_api import Route

from tests.browser.rig.server import ROOT
from tests.markup import Page
from tests.realtime import drawn
from tests.realtime.recording import BUSY, SILENT, Broken, Folded, Sheet, Told
from tests.realtime.simulation import CUT

REPLAY = Path(__file__).with_name("replay.js").read_text(encoding="utf-8")
SCRIPTS = ROOT / "web/static/js"
CONFIG = ROOT / "web/templates/_htmx_config.html"
# An error thrown in a page's scripts, a page that is left or anything else unforeseen fails whoever replays.
BEFORE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Replay</title>{config}'
    '<script src="/static/vendor/htmx-4.0.1.min.js"></script></head><body></body></html>'
)
# So many that come back within two seconds by chance lie further apart than so many milliseconds.
MANY = 12
APART = 400
# What a page does with a message, as it can be seen from outside.
SEEN = {"applied": "applied", "dropped": "nothing", "heard": "nothing", "missing": "fetches", "refresh": "fetches"}
# An attribute without a value has an empty one; a field that only counts without scripts is taken away by them.
EMPTY = re.compile(r"=None(?= |>$)")
FORGOTTEN = re.compile(r"\s*<input name='id' type='hidden'>")


@dataclass(frozen=True, slots=True)
class Planted:
    """A bug in a copy of one script of the page: these words in place of those."""

    script: str
    whole: str
    broken: str

    def text(self) -> str:
        """The script with the bug in it."""
        text = (SCRIPTS / self.script).read_text(encoding="utf-8")
        assert text.count(self.whole) == 1, f"{self.script} says no more: {self.whole}"
        return text.replace(self.whole, self.broken)


def replaying(window: Window, url: str, planted: Planted | None = None) -> Callable[[list[Sheet]], list[str]]:
    """Opens an empty page that has the scripts; what is answered replays sheets there, and tells the differences."""
    html = BEFORE.format(config=CONFIG.read_text(encoding="utf-8"))
    window.route(f"{url}/replay", lambda route: route.fulfill(body=html, content_type="text/html"))
    if planted is not None:
        window.route(f"**/{planted.script}", lambda route: _instead(route, planted.text()))
    errors: list[str] = []
    window.on("pageerror", lambda error: errors.append(str(error)))
    window.goto(f"{url}/replay")

    def replay(sheets: list[Sheet]) -> list[str]:
        lives = window.evaluate(REPLAY, {"scripts": "/static/js", "sheets": [_told(sheet) for sheet in sheets]})
        found = [line for sheet, life in zip(sheets, lives, strict=True) for line in differences(sheet, life)]
        found += [*_together(lives, sheets), *errors]
        errors.clear()
        return found

    return replay


def _instead(route: Route, text: str) -> None:
    route.fulfill(body=text, content_type="text/javascript")


def _told(sheet: Sheet) -> dict[str, Any]:
    return {"markup": sheet.markup, "happened": [_happening(each) for each in sheet.happened]}


def _happening(each: Told | Folded | Broken) -> dict[str, Any]:
    match each:
        case Told():
            return {"text": each.text}
        case Broken():
            return {"ended": [each.code, *each.tries]}
        case _:
            return {"markup": each.markup}


def differences(sheet: Sheet, life: dict[str, Any]) -> Iterator[str]:
    """In what the scripts differ from the model: verdicts, numbers, what is asked for, and when; what is shown."""
    if life["wrong"]:
        yield life["wrong"]
    for each, answer in zip(sheet.happened, life["answers"], strict=False):
        if isinstance(each, Broken):
            yield from _out_of_time(each, answer["waits"])
            continue
        ours = (SEEN[each.came] if isinstance(each, Told) else "folded", each.seq, each.asked)
        theirs = (answer["came"], answer["seq"], answer["asked"])
        if ours != theirs:
            yield f"{ours} in the model is {theirs} in Chromium: {each.text[:200] if isinstance(each, Told) else ''}"
        if not isinstance(each, Told):
            yield from _between(each.before, answer["before"])
    yield from _between(sheet.shown, life["shown"])


def _out_of_time(broken: Broken, waits: list[float] | None) -> Iterator[str]:
    """Whether it comes back at all; each try within its time, in milliseconds.

    The protocol says it: 2 seconds, then 5 at most for a minute; who is told that a server is busy waits 3 or more.
    """
    if (waits is not None) is not broken.back:
        yield f"after {broken.code} the page {'comes back' if broken.back else 'does not come back'} in the model alone"
    lost = 0.0
    for nth, (code, wait) in enumerate(zip([broken.code, *broken.tries], waits or [], strict=False)):
        least, most = _between_tries(code, first=nth == 0, lost=lost)
        if not least <= wait <= most:
            yield f"try {nth} after {code}, {lost:.0f} ms on, comes after {wait:.0f} ms, not {least} to {most}"
        lost += wait


def _between_tries(code: int, *, first: bool, lost: float) -> tuple[int, int]:
    if code in BUSY:
        return 3_000, 5_000
    if code == SILENT:
        return 0, 500
    if first:
        return 0, 2_000
    return (1_000, 5_000) if lost < 60_000 else (5_000, 15_000)


def _together(lives: list[dict[str, Any]], sheets: list[Sheet]) -> Iterator[str]:
    """After a restart pages do not all come in the same moment."""
    told = zip(sheets, lives, strict=True)
    both = [pair for sheet, life in told for pair in zip(sheet.happened, life["answers"], strict=False)]
    first = [
        answer["waits"][0] for each, answer in both if isinstance(each, Broken) and each.code in CUT and answer["waits"]
    ]
    if len(first) >= MANY and max(first) - min(first) < APART:
        yield f"{len(first)} pages come back within {max(first) - min(first):.0f} ms"


def _between(ours: list[str], html: str) -> Iterator[str]:
    theirs = drawn.shown(Page.of(html)) if html else []
    yield from difflib.unified_diff(_alike(ours), _alike(theirs), "in the model", "in Chromium", n=1, lineterm="")


def _alike(lines: list[str]) -> list[str]:
    return [EMPTY.sub("=''", line) for line in lines if not FORGOTTEN.fullmatch(line)]
