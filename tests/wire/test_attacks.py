"""Attacks on the real server, beside a neighbour who loses nothing; and controls against stock uvicorn."""

import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.wire.attacks import ATTACKS, SMALL
from tests.wire.raw import CLOSE, PING, Raw, piece
from tests.wire.rig import KIB, Neighbour, Server, neighbour, serving

MIB = 1024 * KIB
STUCK = 20
MOST_A_READER = 256 * KIB
RESTART = 1012


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[Server]:
    """Our server, its waiting times shortened."""
    with serving("hasty", tmp_path, within=2.0) as server:
        yield server


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Server]:
    """Our server as it is run."""
    with serving("real", tmp_path, within=10.0) as server:
        yield server


@pytest.fixture
def stock(tmp_path: Path) -> Iterator[Server]:
    """The control: the same application under stock uvicorn."""
    with serving("stock", tmp_path, within=1.0) as server:
        yield server


def all_at_once(server: Server, attacks: Collection[str] = tuple(ATTACKS)) -> dict[str, str]:
    """What each of these attacks that was not ended in time says of it."""

    def said(name: str) -> str:
        try:
            ATTACKS[name](server)
        except AssertionError as standing:
            return str(standing) or "not ended"
        return ""

    with ThreadPoolExecutor(len(attacks)) as attackers:
        found = dict(zip(attacks, attackers.map(said, attacks), strict=True))
    return {name: standing for name, standing in found.items() if standing}


def lost_nothing(told: dict[str, Any]) -> None:
    """Everything came, in order and soon, and the end was said."""
    late = told["late"]
    assert (told["missed"], told["code"]) == (0, RESTART)
    assert told["heard"] > 10
    assert late[int(len(late) * 0.9)] < 0.5, late[-10:]
    assert late[-1] < 2.0, late[-10:]


def stopped(server: Server, healthy: Neighbour, patience: float) -> dict[str, Any]:
    """The server was told to end, and did; what the neighbour says."""
    assert server.stop(patience), "still running"
    return healthy.says()


def test_every_attack_is_ended_and_the_neighbour_loses_nothing(hasty: Server):
    with neighbour(hasty) as healthy:
        assert all_at_once(hasty) == {}
        lost_nothing(stopped(hasty, healthy, 5.0))


def test_control_the_stock_server_ends_none_of_them(stock: Server):
    assert set(all_at_once(stock)) == set(ATTACKS)


def stuck(server: Server) -> list[Raw]:
    """People who follow a busy board and have stopped reading."""
    return [server.opened(receives=SMALL) for _ in range(STUCK)]


def warm(server: Server) -> None:
    """Have it draw and send once whatever it keeps in memory from then on."""
    for line in stuck(server):
        line.line.close()
    time.sleep(1.3)


def cost_of_a_reader(server: Server) -> float:
    """Bytes that one who does not read costs at most, in the process and in the kernel."""
    before = server.peak(afresh=True)
    lines = stuck(server)
    kernel, until = 0, time.monotonic() + server.within
    while time.monotonic() < until and not all(line.ended() for line in lines):
        kernel = max(kernel, sum(server.unsent()))
        time.sleep(0.02)
    return (kernel + server.peak() - before) / STUCK


def grown_by_pings(server: Server) -> int:
    """Bytes that the process grows by at most while it is flooded with pings for a second."""
    before = server.peak(afresh=True)
    raw = server.opened(receives=SMALL)
    raw.floods(piece(PING, b"x" * 125) * 2_000, 1.0)
    return server.peak() - before


def ends_with_stuck_readers(server: Server, patience: float) -> dict[str, Any]:
    """The server is told to end while some do not read: what a neighbour hears of it."""
    with neighbour(server) as healthy:
        stuck(server)
        server.asks(f"/lab/blast/{server.board}")
        time.sleep(0.3)
        return stopped(server, healthy, patience)


def test_who_does_not_read_costs_a_quarter_of_a_megabyte_at_most_and_holds_up_no_end(hasty: Server):
    warm(hasty)
    assert cost_of_a_reader(hasty) < MOST_A_READER
    assert grown_by_pings(hasty) < 4 * MIB
    # One of them has said goodbye before: saying goodbye to them again is an error, and must not stop the others'.
    hasty.opened(receives=SMALL).sends(piece(CLOSE, b"\x03\xe8"))
    lost_nothing(ends_with_stuck_readers(hasty, 5.0))


def test_control_under_the_stock_server_they_cost_more_and_it_never_ends(stock: Server):
    warm(stock)
    assert grown_by_pings(stock) > 8 * MIB
    assert cost_of_a_reader(stock) > MOST_A_READER
    with pytest.raises(AssertionError, match="still running"):
        ends_with_stuck_readers(stock, 3.0)


def test_with_the_real_figures_all_attacks_at_once_are_over_in_ten_seconds(real: Server):
    # A body has half a minute.
    attacks = set(ATTACKS) - {"half_a_body"}
    with neighbour(real) as healthy:
        assert all_at_once(real, attacks) == {}
        stuck(real)
        lost_nothing(stopped(real, healthy, 10.0))
