"""Laws that hold over any session and any network: everybody converges, nothing is done twice, votes stay in budget."""

import asyncio
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.board.counting import tally
from app.board.records import Ballot, Cast, key
from tests.held import HeldLoop
from tests.realtime.simulation import World


def session(seed: int, steps: int, *, real: bool = False, processes: int = 1) -> None:
    """One session by chance, and everything that must hold at its end."""

    async def lived() -> None:
        world = World(seed, real=real, processes=processes)
        await world.lives(steps)
        try:
            await holds(world)
        finally:
            await world.ends()

    with asyncio.Runner(loop_factory=HeldLoop) as runner:
        runner.run(lived())


def kind_session(seed: int, steps: int) -> None:
    """One session on a network that loses nothing: nobody lacks a frame, and nobody has to fetch the page for that."""

    async def lived() -> None:
        world = World(seed, real=False)
        await world.lives(steps, kindly=True)
        try:
            assert [browser.person for browser in world.browsers if browser.missing] == []
        finally:
            await world.ends()

    with asyncio.Runner(loop_factory=HeldLoop) as runner:
        runner.run(lived())


async def holds(world: World) -> None:
    divergences = await world.divergences()
    assert divergences == [], divergences
    board, replayed = world.replayed()
    entries = world.keeper.entries_since("board", 0)
    assert [entry.seq for entry in entries] == list(range(1, board.seq + 1))
    assert {key(record): record for record in board.records()} == replayed
    for process in world.processes:
        assert process.board.seq == board.seq
        assert {key(record): record for record in process.board.records()} == replayed
    assert max(Counter((entry.actor, entry.id) for entry in entries).values(), default=1) == 1
    assert {at: answer.seq for at, answer in world.answers.items()}.items() <= {
        (entry.actor, entry.id): entry.seq for entry in entries
    }.items()
    for ballot in board.all(Ballot):
        within_budget(ballot, board.casts(ballot.id))
        assert sum(row.dots for row in tally(board, ballot).rows) <= sum(cast.used for cast in board.casts(ballot.id))


def within_budget(ballot: Ballot, casts: list[Cast]) -> None:
    assert len({cast.voter for cast in casts}) == len(casts)
    for cast in casts:
        assert sum(cast.choices.values()) == cast.used <= cast.allowed
        assert cast.allowed == ballot.dots * (cast.people if cast.people and ballot.one_per == "person" else 1)


@pytest.mark.parametrize("seeds", [range(at, at + 25) for at in range(0, 200, 25)], ids=str)
def test_everybody_converges_over_a_hostile_network(seeds):
    for seed in seeds:
        session(seed, 200)


@pytest.mark.parametrize("seeds", [range(at, at + 15) for at in range(1000, 1060, 15)], ids=str)
def test_everybody_converges_whichever_of_several_processes_they_come_to(seeds):
    for seed in seeds:
        session(seed, 200, processes=2 + seed % 2)


def test_nobody_lacks_a_frame_where_none_is_lost():
    for seed in range(10):
        kind_session(seed, 200)


# Each of these found something once.
@pytest.mark.parametrize(("seed", "processes"), [(36, 2), (74, 3), (101, 3), (112, 3), (242, 3)])
def test_a_session_that_once_went_wrong_goes_well(seed, processes):
    session(seed, 200, processes=processes)


@pytest.mark.parametrize("seed", range(12))
def test_every_real_page_converges_over_a_hostile_network(seed):
    session(seed, 80, real=True)


@pytest.mark.parametrize("seed", [2, 3, 5])
def test_every_real_page_converges_whichever_process_draws_it(seed):
    session(seed, 80, real=True, processes=3)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 60))
def test_everybody_converges_after_sessions_of_any_length(seed, steps):
    session(seed, steps)
