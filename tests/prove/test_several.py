"""P2, P20, P21 and P22 where each request comes to another process than the last, on one PostgreSQL."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

from app.main import create_app
from app.settings import Settings
from tests import postgres, redis
from tests.prove.conftest import Promise
from tests.prove.several import kill_one_again_and_again
from tests.web.races import DOTS, TABS, removed_with_open_tabs, shut_while_asking, votes_at_once
from tests.web.visiting import KEY, Hand, Place, Session

pytestmark = pytest.mark.prove
TIMES, WRITERS = 20, 12
REMOVALS, OPEN, ROUNDS, PEOPLE, BALLOTS, VOTERS, CASTS = 10, 8, 100, 20, 10, 4, 50
Found = TypeVar("Found")


def test_promise_2_nothing_is_lost_where_each_request_comes_to_another_process(
    tmp_path: Path, promise: Promise
) -> None:
    killed = kill_one_again_and_again(tmp_path, times=TIMES, writers=WRITERS, chance=random.Random())
    found = killed.audit
    assert found.whole, killed
    assert found.open == 0
    promise(
        2,
        f"{TIMES} kills under {killed.rate:.0f} writes a second without a broker, each request to another process than"
        f" the last: of {found.notes:,} notes and {found.votes:,} votes acknowledged {found.lost} lost,"
        f" {found.doubled} doubled, numbers dense; nobody without any answer for more than {killed.gap:.1f} s",
    )


class InTurn:
    """Two processes as one address: each request and each line comes to the next of them."""

    def __init__(self, apps: list[Any]) -> None:
        self._next = itertools.cycle(apps)
        self.state = apps[0].state

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await next(self._next)(scope, receive, send)


@asynccontextmanager
async def two(data: Path, broker: str | None) -> AsyncIterator[Place]:
    """Both; without a broker limits go by the clock in the hand."""
    clock, ticks = Hand(), Hand(1_000.0)
    with postgres.server() as database:
        stated = {"database_url": database.make("several"), "broker_url": broker, "secret_key": KEY}
        async with AsyncExitStack() as running:
            apps = [create_app(Settings(data=data / name, **stated), clock=clock, ticks=ticks) for name in "ab"]
            for app in apps:
                await running.enter_async_context(app.router.lifespan_context(app))
            yield Place(InTurn(apps), clock, ticks)


def between_two(data: Path, ask: Callable[[Session], Awaitable[Found]], *, broker: str | None = None) -> Found:
    """What comes of it on a board that people write on by both."""

    async def whole() -> Found:
        async with two(data, broker) as place:
            session = await place.board()
            await session.in_a_writing_step()
            return await ask(session)

    return asyncio.run(whole())


def test_promise_20_who_is_removed_in_one_process_hears_nothing_from_the_other(
    tmp_path: Path, promise: Promise
) -> None:
    async def ask(session: Session) -> list[Any]:
        return [await removed_with_open_tabs(session, OPEN) for _ in range(REMOVALS)]

    with redis.server() as broker:
        found = between_two(tmp_path, ask, broker=broker.url)
    last = max(each.last for each in found)
    assert sum(each.effects for each in found) == sum(each.back for each in found) == 0
    assert last <= 1.0
    promise(
        20,
        f"{REMOVALS} people removed with {OPEN} tabs open at two processes each: the last tab was closed"
        f" {1_000 * last:.0f} ms after the commit, 0 effects afterwards, 0 came back",
    )


def test_promise_21_nothing_is_accepted_by_one_process_after_the_other_shut(tmp_path: Path, promise: Promise) -> None:
    async def ask(session: Session) -> tuple[int, int]:
        people = [await session.participant(f"Person {n}", f"City {n}") for n in range(PEOPLE)]
        found = [await shut_while_asking(session, people, round_=number) for number in range(ROUNDS)]
        return sum(before for _, before, _ in found), sum(after for _, _, after in found)

    before, after = between_two(tmp_path, ask)
    assert after == 0
    promise(
        21,
        f"{ROUNDS} rounds of {2 * PEOPLE} commands by two processes racing with a lock or a closing:"
        f" {before} were accepted below its number, {after} above it",
    )


def test_promise_22_nobody_has_more_dots_by_two_processes(tmp_path: Path, promise: Promise) -> None:
    async def ask(session: Session) -> list[Any]:
        voters = [await session.participant(f"Person {n}", f"City {n}") for n in range(VOTERS)]
        notes = [await session.note(session.facilitator, text) for text in ("One", "Two")]
        return [await votes_at_once(session, voters, notes, CASTS) for _ in range(BALLOTS)]

    found = between_two(tmp_path, ask)
    assert max(each.most for each in found) == DOTS
    assert all(each.recounted for each in found)
    accepted, refused = sum(each.accepted for each in found), sum(each.refused for each in found)
    promise(
        22,
        f"{BALLOTS} ballots by two processes, each with {VOTERS} voters who cast {CASTS} times at once from {TABS}"
        f" tabs: {accepted:,} casts accepted, {refused:,} refused, never more than {DOTS} dots of anybody;"
        " every published tally equals its recount",
    )
