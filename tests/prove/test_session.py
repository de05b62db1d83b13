"""P13: a thousand people on one board, at a hundred and three hundred notes a second, and under attack."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench import session
from bench.boards import Ready
from bench.serving import Served
from tests.prove.conftest import Promise
from tests.wire.attacks import HALF_UPGRADE, REQUEST, SMALL
from tests.wire.raw import PING, Raw, piece

pytestmark = [pytest.mark.prove, pytest.mark.usefixtures("compiler")]
PEOPLE, SECONDS = 1_000, 10.0
STUCK, PATIENCE = 20, 60.0


def test_promise_13_a_thousand_people_see_each_note_soon(promise: Promise) -> None:
    usual, heavy = session.run(PEOPLE, 100, SECONDS), session.run(PEOPLE, 300, SECONDS)
    assert usual.found["ack_p99"] <= 100, usual.found
    assert usual.found["seen_p99"] <= 250, usual.found
    assert usual.delivery <= 3.0, usual.found
    assert heavy.found["seen_p99"] <= 250, heavy.found
    assert heavy.delivery <= 1.5, heavy.found
    promise(
        13,
        f"{PEOPLE:,} people, 100 notes a second for {SECONDS:.0f} s: acknowledged {usual.found['ack_p99']:.0f} ms, seen"
        f" by all {usual.found['seen_p99']:.0f} ms (99 of 100), {usual.delivery:.2f} µs for each delivery,"
        f" {usual.found['frames'] / usual.found['seconds']:,.0f} frames a second; 300 a second: seen by all"
        f" {heavy.found['seen_p99']:.0f} ms, {heavy.delivery:.2f} µs",
    )


def test_promise_13_an_attack_costs_the_others_little(promise: Promise) -> None:
    pairs = [(session.run(PEOPLE, 100, 5.0), session.run(PEOPLE, 100, 5.0, meanwhile=attacked)) for _ in range(3)]
    usual, meanwhile = (sorted(each[at].found["seen_p99"] for each in pairs)[1] for at in (0, 1))
    assert meanwhile <= 1.2 * usual, (usual, meanwhile)
    promise(
        13,
        f"with {STUCK} each of readers who read nothing, silent lines, half headers, half handshakes and a flood of"
        f" pings: seen by all {meanwhile:.0f} ms beside {usual:.0f} ms without (median of 3)",
    )


def test_promise_13_lines_told_one_by_one_cost_too_much(promise: Promise) -> None:
    found = session.run(PEOPLE, 100, 5.0, planted="tests.prove.by_hand")
    assert found.delivery > 3.0
    promise(13, "", control=f"where each line is told for itself, {found.delivery:.1f} µs for each delivery")


@contextmanager
def attacked(server: Served, board: Ready) -> Iterator[None]:
    """As many as that at once, again whenever they were ended."""
    over = threading.Event()
    attackers = [threading.Thread(target=each, args=(server.port, board, over)) for each in (_stuck, _flooding)]
    for each in attackers:
        each.start()
    try:
        yield
    finally:
        over.set()
        for each in attackers:
            each.join(PATIENCE)


def _stuck(port: int, board: Ready, over: threading.Event) -> None:
    lines: list[Raw] = []
    for at in range(STUCK):
        lines += [_reader(port, board, at), *(Raw.silent(port) for _ in range(3))]
        lines[-2].sends(REQUEST[:-9])
        lines[-1].sends(HALF_UPGRADE)
    over.wait(PATIENCE)
    for line in lines:
        line.line.close()


def _reader(port: int, board: Ready, at: int) -> Raw:
    raw = Raw.silent(port, receives=SMALL)
    raw.opens(port, board.live(), {"Cookie": board.seats[at]})
    return raw


def _flooding(port: int, board: Ready, over: threading.Event) -> None:
    while not over.is_set():
        raw = _reader(port, board, 0)
        raw.floods(piece(PING, b"x" * 100), 0.5)
        raw.line.close()
        over.wait(0.2)
