"""Races: what many ask for at the same moment, and what became of it."""

import asyncio
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from app.board.records import Cast
from app.outcomes.recounting import recounts
from tests.web.streams import stream
from tests.web.visiting import Session, Visitor, refusal_of

TABS = 10
REMOVED = 4403
DOTS = 3


def another_tab(of: Visitor) -> Visitor:
    """The same seat in another tab."""
    tab = of.place.visitor()
    tab.person = of.person
    tab.http.cookies.update(of.http.cookies)
    return tab


async def answers(askings: Iterable[object]) -> list[tuple[int, str, int]]:
    """Status, refusal and number of each; all are asked at once."""
    found = await asyncio.gather(*askings)  # type: ignore[call-overload]
    return [(*refusal_of(each), int(each.headers.get("flipchart-seq", 0))) for each in found]


@dataclass
class Voted:
    """A ballot on which more was cast at once than anybody has."""

    accepted: int
    refused: int
    most: int
    recounted: bool


async def votes_at_once(session: Session, voters: list[Visitor], notes: list[str], casts: int) -> Voted:
    """Each voter casts so often from ten tabs, for one choice or the other, and for more than there are dots."""
    session.place.ticks.passes(3_600)
    ballot = await session.ballot(*notes, dots=DOTS, per_candidate=DOTS)
    refs = [f"note:{note}" for note in notes]
    wishes = [{refs[0]: DOTS}, {refs[1]: DOTS}, {refs[0]: 2, refs[1]: 1}, {refs[0]: DOTS, refs[1]: 1}]
    tabs = [[another_tab(voter) for _ in range(TABS)] for voter in voters]
    told = await answers(
        mine[number % TABS].asks(session.id, "ballot.cast", ballot=ballot, choices=wishes[number % len(wishes)])
        for number in range(casts)
        for mine in tabs
    )
    room = await session.place.house.room(session.id)
    assert room is not None
    await session.runs("ballot.close", ballot=ballot)
    entries = session.place.house.keeper.entries_since(session.id, 0)
    kept = [each for entry in entries for each in entry.after.values() if isinstance(each, Cast)]
    used = [sum(each.choices.values()) for each in kept if each.ballot == ballot]
    counted = recounts(room.board, entries)
    accepted = sum(status == 200 for status, _, _ in told)
    return Voted(accepted, len(told) - accepted, max(used), all(each.equal for each in counted))


async def shut_while_asking(session: Session, people: list[Visitor], *, round_: int) -> tuple[int, int, int]:
    """The board is locked, or a ballot closed, while everybody asks: that number, how many came before, and after."""
    session.place.ticks.passes(3_600)
    step = session.step("write")
    if round_ % 2:
        notes = [await session.note(session.facilitator, f"Choice {n} of {round_}") for n in range(2)]
        ballot = await session.ballot(*notes)
        wishes = [{f"note:{notes[n % 2]}": 1} for n in range(len(people))]
        asked = [("ballot.cast", {"ballot": ballot, "choices": wish}) for wish in wishes]
        shut = ("ballot.close", {"ballot": ballot})
    else:
        asked = [("note.add", {"step": step, "text": f"Note {n} of {round_}"}) for n in range(len(people))]
        shut = ("board.lock", {"on": True})
    half = len(people) // 2
    askings = [each.asks(session.id, do, **fields) for each, (do, fields) in zip(people, asked, strict=True)]
    first, closing, rest = askings[:half], session.facilitator.asks(session.id, shut[0], **shut[1]), askings[half:]
    told = await answers([*first, closing, *rest])
    status, _, number = told.pop(half)
    assert status == 200
    late = await answers(each.asks(session.id, do, **fields) for each, (do, fields) in zip(people, asked, strict=True))
    if not round_ % 2:
        await session.runs("board.lock", on=False)
    accepted = [seq for status, _, seq in told + late if status == 200]
    return number, sum(seq < number for seq in accepted), sum(seq > number for seq in accepted)


@dataclass
class Gone:
    """Somebody who was removed: how long each of their tabs heard, what they said after, and how they came back."""

    last: float
    effects: int
    back: int


async def removed_with_open_tabs(session: Session, tabs: int) -> Gone:
    """Somebody follows in many tabs, asks without end, has a personal link; and is removed in the midst of it."""
    session.place.ticks.passes(3_600)
    person, writer = await session.participant("Guest", "Dakar"), await session.participant("Writer", "Lyon")
    step = session.step("write")
    personal = (await person.post(f"/b/{session.id}/me", json={})).json()["url"]
    ends: list[float] = []

    async def heard(line: object) -> None:
        assert await line.ends() == REMOVED  # type: ignore[attr-defined]
        ends.append(time.monotonic())

    async with AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(another_tab(person).follows(session.id)) for _ in range(tabs - 1)]
        lines.append(await stack.enter_async_context(stream(person, session.id)))
        listening = [asyncio.create_task(heard(line)) for line in lines]
        await asyncio.sleep(0)
        writing = [writer.asks(session.id, "note.add", step=step, text=f"Note {n}") for n in range(10)]
        theirs = [another_tab(person).asks(session.id, "note.add", step=step, text="Mine") for _ in range(20)]
        asking = asyncio.create_task(answers([*theirs[:10], *writing, *theirs[10:]]))
        number = (await session.runs("person.remove", person=person.person))["seq"]
        committed = time.monotonic()
        told = await asking
        await asyncio.gather(*listening)
    late = await answers([person.asks(session.id, "note.add", step=step, text="Again")])
    effects = sum(status == 200 and seq > number for status, _, seq in told[:10] + told[20:] + late)
    return Gone(max(ends) - committed, effects, await came_back(session, person, personal))


async def came_back(session: Session, person: Visitor, personal: str) -> int:
    """In how many ways somebody who was removed got in again: their seat, their device, their personal link."""
    await person.joins(session.link("join"), "Somebody else", "Quito")
    phone = session.place.visitor()
    await phone.takes(personal)
    await person.takes(session.link("observer"))
    ways = [await each.get(f"/api/boards/{session.id}") for each in (person, phone, another_tab(person))]
    return sum(answer.status_code == 200 for answer in ways)
