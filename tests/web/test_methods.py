"""Ballots of each method over the wire: as JSON and as a form, on the page, and in the tally that comes of it."""

from uuid import uuid4

import pytest
import pytest_asyncio

from tests.web.visiting import Session, Visitor


@pytest_asyncio.fixture(loop_scope="module")
async def writer(session: Session) -> Visitor:
    """A participant in a step in which people write."""
    await session.in_a_writing_step()
    return await session.participant()


async def _tally(session: Session, ballot: str) -> list[tuple[str, int, int]]:
    await session.runs("ballot.close", ballot=ballot)
    rows = (await session.facilitator.board(session.id))["ballots"][0]["tally"]
    return [(row["ref"], row["dots"], row["rank"]) for row in rows]


@pytest.mark.parametrize(
    ("method", "said", "counted"),
    [
        ("approval", lambda a, b: [b], [(1, 1), (0, 2)]),
        ("ranking", lambda a, b: [[b], a], [(1, 1), (0, 2)]),
        ("consent", lambda a, b: {b: {"carry": True}, a: {"carry": False, "reason": "Zu teuer"}}, [(1, 1), (0, 2)]),
    ],
)
async def test_V31_V32_V33_each_method_is_cast_as_json(session: Session, writer: Visitor, method, said, counted):
    a, b = [f"note:{await session.note(writer, text)}" for text in ("One", "Two")]
    ballot = await session.ballot(a.removeprefix("note:"), b.removeprefix("note:"), method=method)
    answer = await writer.asks(session.id, "ballot.cast", ballot=ballot, choices=said(a, b))
    assert answer.status_code == 200, answer.text
    assert await _tally(session, ballot) == [(b, *counted[0]), (a, *counted[1])]


@pytest.mark.parametrize(
    ("method", "first", "second"), [("approval", "", "1"), ("ranking", "2", "1"), ("consent", "-1", "1")]
)
async def test_V31_V32_V33_each_method_is_cast_by_a_form(session, writer, method, first, second):
    a, b = [await session.note(writer, text) for text in ("One", "Two")]
    ballot = await session.ballot(a, b, method=method)
    reason = "Too dear" if method == "consent" else ""
    choices = [(f"choices.note:{a}", first), (f"choices.note:{b}", second), (f"reasons.note:{a}", reason)]
    form = [("do", "ballot.cast"), ("id", str(uuid4())), ("ballot", ballot), *choices]
    assert (await writer.sends(session.id, form)).status_code == 303
    page = (await writer.get(f"/b/{session.id}")).text
    assert ("Too dear" in page) == (method == "consent")
    assert await _tally(session, ballot) == [(f"note:{b}", 1, 1), (f"note:{a}", 0, 2)]
    closed = (await writer.get(f"/b/{session.id}")).text
    assert ("How every two choices compare" in closed) == (method == "ranking")
    assert ("Too dear" in closed) == (method == "consent")
