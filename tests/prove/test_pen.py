"""E14, P16: strokes of the pen between two processes, and people who write while these are replaced."""

import itertools
import random
import threading
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import pytest

from tests import postgres, redis
from tests.prove.conftest import Promise
from tests.prove.cowriting import Hand, desk
from tests.prove.draining import replace
from tests.prove.pairs import KEY, pair
from tests.prove.serving import served

pytestmark = pytest.mark.prove
STROKES, SOON, LATE = 60, 0.15, 10.0
# A page sends no more often than this.
PACE = 0.25
DEAF = (
    "from app.realtime.pens import Pens\n"
    "hear = Pens.overhear\n"
    "Pens.overhear = lambda self, kind, process, said: kind == 'stroke' or hear(self, kind, process, said)\n"
)
TIMES = 4
RESTART = 1012


def strokes(place: Path, times: int, careless: str = "") -> list[float]:
    """The seconds from a stroke at one process until it stands on a page of the other, in their order."""
    with pair(place, careless) as (both, _):
        table = desk(both[0].port)
        with Hand(both[0].port, table, "Ana") as ana, Hand(both[1].port, table, "Carlos") as carlos:
            for hand in (ana, carlos):
                hand.sees("A city", LATE)
            threading.Event().wait(1.0)
            found, over = [], 0
            for number, (one, other) in zip(
                range(times), itertools.cycle(((ana, carlos), (carlos, ana))), strict=False
            ):
                words = f" {number:03d}."
                began = threading.Event()
                at = other.sees("A city", LATE)
                one.writes(words, over=over)
                found.append(other.sees(words, LATE) - at)
                over = len(words)
                began.wait(PACE * random.uniform(0.5, 1.0))
    return sorted(found)


def test_E14_a_stroke_is_at_the_other_process_within_150_ms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("heard", "deaf"):
        (tmp_path / name).mkdir()
    heard, deaf = strokes(tmp_path / "heard", STROKES), strokes(tmp_path / "deaf", STROKES // 3, DEAF)
    with capsys.disabled():
        print(  # noqa: T201 - a proof prints its figures
            f"\nE14: {STROKES} strokes at the other process after {1000 * median(heard):.0f} ms,"
            f" {1000 * heard[-1]:.0f} ms at most [with the entries alone after {1000 * median(deaf):.0f} ms]"
        )
    assert heard[int(len(heard) * 0.98)] <= SOON, heard
    assert median(deaf) > SOON, deaf


def test_promise_16_who_writes_a_version_while_processes_are_replaced_goes_on_and_loses_no_letter(
    tmp_path: Path, promise: Promise
) -> None:
    home = tmp_path / "boards"
    home.mkdir()
    with ExitStack() as stack:
        stated = {
            "FLIPCHART_DATABASE_URL": stack.enter_context(postgres.server()).make("pens"),
            "FLIPCHART_BROKER_URL": stack.enter_context(redis.server()).url,
            "FLIPCHART_SECRET_KEY": KEY,
            "FLIPCHART_PROCESSES": "2",
        }
        server = stack.enter_context(served(home, **stated))
        table = desk(server.port)
        hands = {
            mark: stack.enter_context(Hand(server.port, table, name)) for mark, name in zip("#@*", "ABC", strict=True)
        }
        for hand in hands.values():
            hand.sees("A city", LATE)
        written, enough = dict.fromkeys(hands, 0), threading.Event()

        def write(mark: str) -> None:
            while not enough.wait(PACE * random.uniform(0.9, 1.5)):
                hands[mark].writes(mark)
                written[mark] += 1

        writing = [threading.Thread(target=write, args=(mark,)) for mark in hands]
        for thread in writing:
            thread.start()
        for _ in range(TIMES):
            enough.wait(1.5)
            replace(server)
        enough.wait(1.0)
        enough.set()
        for thread in writing:
            thread.join()
        enough = threading.Event()
        for _ in range(100):
            if all(table.kept(server.port).count(mark) == count for mark, count in written.items()):
                break
            enough.wait(0.1)
        kept, texts = table.kept(server.port), {hand.text for hand in hands.values()}
        codes = [code for hand in hands.values() for code in hand.codes]
    assert {mark: kept.count(mark) for mark in written} == written
    assert texts == {kept}
    assert set(codes) == {RESTART}, codes
    promise(
        16,
        f"three people wrote one version while both processes were replaced {TIMES} times and {len(codes)} lines ended:"
        f" of {sum(written.values())} letters 0 lost, 0 doubled",
    )
