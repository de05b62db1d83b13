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
from tests.realtime.recording import Sheet, Told

REPLAY = Path(__file__).with_name("replay.js").read_text(encoding="utf-8")
SCRIPTS = ROOT / "web/static/js"
CONFIG = ROOT / "web/templates/_htmx_config.html"
# An error thrown in a page's scripts, a page that is left or anything else unforeseen fails whoever replays.
BEFORE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Replay</title>{config}'
    '<script src="/static/vendor/htmx-4.0.1.min.js"></script></head><body></body></html>'
)
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
        found += errors
        errors.clear()
        return found

    return replay


def _instead(route: Route, text: str) -> None:
    route.fulfill(body=text, content_type="text/javascript")


def _told(sheet: Sheet) -> dict[str, Any]:
    happened = [{"text": each.text} if isinstance(each, Told) else {"markup": each.markup} for each in sheet.happened]
    return {"markup": sheet.markup, "happened": happened}


def differences(sheet: Sheet, life: dict[str, Any]) -> Iterator[str]:
    """In what the scripts differ from the model: verdicts, numbers, what is asked for, and what is shown."""
    if life["wrong"]:
        yield life["wrong"]
    for each, answer in zip(sheet.happened, life["answers"], strict=False):
        ours = (SEEN[each.came] if isinstance(each, Told) else "folded", each.seq, each.asked)
        theirs = (answer["came"], answer["seq"], answer["asked"])
        if ours != theirs:
            yield f"{ours} in the model is {theirs} in Chromium: {each.text[:200] if isinstance(each, Told) else ''}"
        if not isinstance(each, Told):
            yield from _between(each.before, answer["before"])
    yield from _between(sheet.shown, life["shown"])


def _between(ours: list[str], html: str) -> Iterator[str]:
    theirs = drawn.shown(Page.of(html)) if html else []
    yield from difflib.unified_diff(_alike(ours), _alike(theirs), "in the model", "in Chromium", n=1, lineterm="")


def _alike(lines: list[str]) -> list[str]:
    return [EMPTY.sub("=''", line) for line in lines if not FORGOTTEN.fullmatch(line)]
