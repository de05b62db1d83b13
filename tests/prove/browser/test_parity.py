"""P7: the page's own scripts, in Chromium, make of hundreds of sessions what the simulator's pages made of them."""

import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.rig.replay import Planted, replaying
from tests.browser.rig.server import Rig
from tests.prove.conftest import Promise
from tests.prove.promises import ROOT
from tests.realtime.recording import Sheet, Told

pytestmark = [pytest.mark.browser, pytest.mark.prove]

SESSIONS = 200
STEPS = 150
FIRST_SEED = 2_000_000
AT_ONCE = 10
MOST = 10
# The simulator's loop and Playwright's cannot share a process.
LIVED = """
import pickle, sys, structlog
short, nowhere = structlog.processors.KeyValueRenderer(), structlog.ReturnLoggerFactory()
structlog.configure(processors=[short], logger_factory=nowhere)
from tests.realtime.recording import recorded
first, last, steps, path = *map(int, sys.argv[1:4]), sys.argv[4]
with open(path, "wb") as written:
    pickle.dump([recorded(seed, steps, 1 + seed % 3) for seed in range(first, last)], written)
"""
PASSING = "(frame.after ?? 0) > seqOf(board)"
OLD = "frame.seq < seqOf(board)"
KEY = "if (!sortsBefore(key, other)) break;"
PLANTED = {
    "a lost frame is passed over": Planted("frames.js", PASSING, "false"),
    "an old frame is applied again": Planted("frames.js", OLD, "false"),
    "a frame of the same number is dropped": Planted("frames.js", OLD, "frame.seq <= seqOf(board)"),
    "a removal is left out": Planted("frames.js", "target?.remove()", "undefined"),
    "places in a list are not kept": Planted("keyed.js", KEY, KEY.replace("!", "")),
    "what moved stays where it was": Planted("keyed.js", "if (moves) move", "if (false) move"),
    "what stands there keeps its words": Planted("keyed.js", "htmxOwn.morph(old, fragment, false)", "undefined"),
    "the order to fetch the page is not heard": Planted("hearing.js", "message.refresh || ", ""),
    "a fetched page keeps the old number": Planted("refresh.js", '"data-seq", ', ""),
    "who was removed comes back": Planted("returning.js", "4401, 4403, 4404", "4401, 4404"),
    "whom a restart sent away stays away": Planted("returning.js", "4403, 4404]", "4403, 4404, 1012]"),
    "all come back at the same moment": Planted("returning.js", "return 2_000 * random", "return 2_000"),
    "a page soon tries ever more seldom": Planted("returning.js", "lost < FIRST_MINUTE ?", "lost < 5_000 ?"),
    "who is told to wait does not": Planted("returning.js", "if (BUSY.includes(code))", "if (false)"),
    "a page that is behind never asks": Planted("catching-up.js", "if (behind < PATIENCE) return;", "return;"),
}


def test_promise_7_the_pages_own_scripts_do_as_the_simulator(rig: Rig, chromium: Browser, promise: Promise) -> None:
    first: list[list[Sheet]] = []
    window = chromium.new_context().new_page()
    replay, sheets, messages, ends = replaying(window, rig.url), 0, 0, 0
    for at, session in enumerate(sessions(FIRST_SEED, SESSIONS)):
        assert replay(session) == [], f"seed {FIRST_SEED + at}"
        sheets, messages = sheets + len(session), messages + sum(sheet.messages for sheet in session)
        ends += sum(sheet.ends for sheet in session)
        first += [session] if at < MOST else []
    window.context.close()
    for name, planted in PLANTED.items():
        assert _is_caught(chromium, rig, planted, first), f"nobody noticed that {name}"
    assert _is_caught(chromium, rig, None, [[_emptied(sheet) for sheet in session] for session in first])
    promise(
        7,
        f"{messages:,} messages of {sheets:,} real pages in {SESSIONS} of the simulator's sessions were given to the"
        " page's own scripts in Chromium: each was taken, dropped or answered by fetching the page as in the simulator,"
        f" and 0 pages differ at the end; {ends:,} ends of their lines were final or not as in the simulator, and each"
        " try after them came within its time",
        control=f"{len(PLANTED)} bugs planted in copies of those scripts and frames without content are caught",
    )


def _is_caught(chromium: Browser, rig: Rig, planted: Planted | None, some: list[list[Sheet]]) -> bool:
    """Whether these sessions tell these scripts from the page's own, or these messages from what was recorded."""
    context = chromium.new_context()
    replay = replaying(context.new_page(), rig.url, planted)
    caught = any(replay(session) for session in some)
    context.close()
    return caught


def _emptied(sheet: Sheet) -> Sheet:
    """The same page, all frames of which lose their content on the way."""
    happened = [_without_content(each) if isinstance(each, Told) else each for each in sheet.happened]
    return replace(sheet, happened=happened)


def _without_content(told: Told) -> Told:
    message = json.loads(told.text)
    return replace(told, text=json.dumps(message | {"content": ""})) if "content" in message else told


def sessions(first: int, count: int) -> Iterator[list[Sheet]]:
    """The pages of so many sessions from this seed on, made in other processes a few at a time."""
    starts = range(first, first + count, AT_ONCE)
    with (
        tempfile.TemporaryDirectory(prefix="flipchart-parity-") as place,
        ThreadPoolExecutor(os.cpu_count()) as several,
    ):
        made = [several.submit(_lived, at, min(at + AT_ONCE, starts.stop), Path(place, str(at))) for at in starts]
        for each in made:
            yield from pickle.loads(each.result().read_bytes())  # noqa: S301 - written just now by its own process
            each.result().unlink()


def _lived(first: int, last: int, path: Path) -> Path:
    asked = [sys.executable, "-P", "-c", LIVED, str(first), str(last), str(STEPS), str(path)]
    told = subprocess.run(asked, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr[-4000:]
    return path
