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


def session(seed: int, steps: int, *, real: bool) -> None:
    """One session by chance, and everything that must hold at its end."""

    async def lived() -> None:
        world = World(seed, real=real)
        await world.lives(steps)
        try:
            holds(world)
        finally:
            await world.stage.closes()

    with asyncio.Runner(loop_factory=HeldLoop) as runner:
        runner.run(lived())


def holds(world: World) -> None:
    assert world.divergences() == []
    board, replayed = world.replayed()
    entries = world.keeper.entries_since("board", 0)
    assert [entry.seq for entry in entries] == list(range(1, board.seq + 1))
    assert {key(record): record for record in board.records()} == replayed
    assert {key(record): record for record in world.stage.board.records()} == replayed
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
        session(seed, 200, real=False)


@pytest.mark.parametrize("seed", range(12))
def test_every_real_page_converges_over_a_hostile_network(seed):
    session(seed, 80, real=True)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 60))
def test_everybody_converges_after_sessions_of_any_length(seed, steps):
    session(seed, steps, real=False)
