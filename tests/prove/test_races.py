"""P20, P21, P22: removals, locks, closings and votes, each again and again while many ask at the same moment."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from app.board import casting, choosing, deciding, rule
from tests.prove.conftest import Promise
from tests.web.races import DOTS, TABS, Gone, Voted, removed_with_open_tabs, shut_while_asking, votes_at_once
from tests.web.visiting import Session, Visitor, running

pytestmark = pytest.mark.prove

REMOVALS, ROUNDS, BALLOTS = 20, 100, 20
PEOPLE, VOTERS, CASTS, OPEN = 20, 4, 50, 8
A_SECOND = 1.0
Found = TypeVar("Found")


def on_a_board(data: Path, ask: Callable[[Session], Awaitable[Found]]) -> Found:
    """What comes of it on a board of its own that people write on."""

    data.mkdir(parents=True, exist_ok=True)

    async def whole() -> Found:
        async with running(data) as place:
            session = await place.board()
            await session.in_a_writing_step()
            return await ask(session)

    return asyncio.run(whole())


async def people(session: Session, count: int) -> list[Visitor]:
    """So many participants."""
    return [await session.participant(f"Person {n}", f"City {n}") for n in range(count)]


def test_promise_20_who_is_removed_hears_nothing_and_does_not_come_back(
    tmp_path: Path, promise: Promise, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(session: Session, times: int = REMOVALS) -> list[Gone]:
        return [await removed_with_open_tabs(session, OPEN) for _ in range(times)]

    found = on_a_board(tmp_path / "proof", ask)
    last = max(each.last for each in found)
    assert sum(each.effects for each in found) == sum(each.back for each in found) == 0
    assert last <= A_SECOND
    monkeypatch.setattr(deciding, "admit", lambda *_: None)
    (careless,) = on_a_board(tmp_path / "control", lambda session: ask(session, 1))
    assert careless.effects > 0
    promise(
        20,
        f"{REMOVALS} people removed with {OPEN} tabs open each, by socket and by stream, while they asked: the last "
        f"tab was closed {1_000 * last:.0f} ms after the commit; 0 effects afterwards; 0 came back by seat, device, "
        "another link or personal link",
        control=f"where nobody looks at who asks, the same person had {careless.effects} effects afterwards",
    )


def test_promise_21_nothing_is_accepted_after_a_lock_or_a_closing(
    tmp_path: Path, promise: Promise, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(session: Session, rounds: int = ROUNDS) -> tuple[int, int]:
        everybody = await people(session, PEOPLE)
        found = [await shut_while_asking(session, everybody, round_=number) for number in range(rounds)]
        return sum(before for _, before, _ in found), sum(after for _, _, after in found)

    before, after = on_a_board(tmp_path / "proof", ask)
    assert after == 0
    # A ballot that is believed to be open, and a lock that nobody looks at.
    monkeypatch.setattr(casting, "_open", lambda board, ballot: board.need(casting.Ballot, ballot))
    monkeypatch.setattr(rule, "facilitates", lambda person: person.state == "here")
    _, careless = on_a_board(tmp_path / "control", lambda session: ask(session, 10))
    assert careless > 0
    promise(
        21,
        f"{ROUNDS} rounds of {2 * PEOPLE} commands racing with a lock or a closing: {before} were accepted "
        f"below its number, {after} above it",
        control=f"with both checks taken out, {careless} were accepted above it in 10 rounds",
    )


def test_promise_22_no_budget_is_exceeded_and_every_tally_equals_a_recount(
    tmp_path: Path, promise: Promise, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(session: Session, ballots: int = BALLOTS) -> list[Voted]:
        voters = await people(session, VOTERS)
        notes = [await session.note(session.facilitator, text) for text in ("One", "Two")]
        return [await votes_at_once(session, voters, notes, CASTS) for _ in range(ballots)]

    found = on_a_board(tmp_path / "proof", ask)
    assert max(each.most for each in found) == DOTS
    assert all(each.recounted for each in found)
    monkeypatch.setattr(choosing, "_within", lambda ballot, found, _: choosing._in_order(ballot, found))
    (careless,) = on_a_board(tmp_path / "control", lambda session: ask(session, 1))
    assert careless.most > DOTS
    promise(
        22,
        f"{BALLOTS} ballots, each with {VOTERS} voters who cast {CASTS} times at once from {TABS} tabs: "
        f"{sum(each.accepted for each in found):,} casts accepted, {sum(each.refused for each in found):,} refused, "
        f"never more than {DOTS} dots of anybody; every published tally equals its recount",
        control=f"with the check taken out, somebody had {careless.most} of {DOTS} dots",
    )
