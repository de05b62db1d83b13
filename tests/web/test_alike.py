"""Notes about the same subject over the wire: for whom, what the list says, and what accepting and dismissing do."""

import re
from typing import Any

import pytest_asyncio

from tests.web.visiting import Place, Session, Visitor, refusal_of, words_of

TREES = ("More trees on every street", "Plus d'arbres dans chaque rue", "Más árboles en las calles")
BUSES = ("We need more buses", "We don't need more buses")


@pytest_asyncio.fixture(loop_scope="module")
async def session(place: Place) -> Session:
    """A board with a grouping step."""
    return await place.board(template="brainstorm-and-vote")


async def in_a_grouping_step(session: Session) -> tuple[Visitor, list[str], str]:
    """Somebody's notes, where they are to be grouped."""
    writer = await session.participant()
    await session.in_a_writing_step()
    notes = [await session.note(writer, text) for text in (*TREES, *BUSES, "Solar panels on school roofs")]
    step = session.step("group")
    await session.runs("agenda.go", step=step)
    return writer, notes, step


async def listed(who: Visitor, session: Session, **more: str) -> str:
    answer = await who.get(f"/b/{session.id}/alike", params=more, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return str(answer.text)


def subjects(markup: str) -> list[set[str]]:
    return [set(each.split()) for each in re.findall(r'data-notes="([^"]*)"', markup)]


async def test_I1_notes_of_one_meaning_are_listed_across_languages(session: Session):
    writer, notes, step = await in_a_grouping_step(session)
    found = await listed(session.facilitator, session)
    assert subjects(found) == [set(notes[3:5]), set(notes[:3])]
    assert f'data-near="{notes[3]}" data-n="1" data-with="{notes[4]}"' in found
    assert "Compares meanings, across languages." in words_of(found)
    assert "<html" not in found
    assert (await session.facilitator.get(f"/b/{session.id}/alike?step={step}")).text.startswith("<!doctype html>")
    assert writer is not None


async def test_I7_what_says_not_beside_what_does_not_is_marked(session: Session):
    await in_a_grouping_step(session)
    found = words_of(await listed(session.facilitator, session))
    assert found.count("says “not”") == 1
    assert "duplicate" not in found.casefold()


async def test_I4_only_who_may_group_is_given_the_list(session: Session):
    writer, notes, step = await in_a_grouping_step(session)
    assert subjects(await listed(writer, session))
    observer = await session.seated("observer")
    path = f"/b/{session.id}/alike"
    assert refusal_of(await observer.get(path)) == (403, "only-facilitators")
    await session.runs("step.settings", step=step, group=False)
    assert refusal_of(await writer.get(path)) == (403, "only-facilitators")
    assert refusal_of(await session.facilitator.get(f"{path}?step=nothing")) == (422, "unknown")
    await session.runs("person.remove", person=writer.person)
    assert refusal_of(await writer.get(path)) == (403, "removed")
    assert notes


async def test_I1_what_was_hidden_leaks_to_nobody(session: Session):
    writer, notes, _ = await in_a_grouping_step(session)
    await session.runs("note.hide", note=notes[4])
    for who in (writer, session.facilitator):
        found = await listed(who, session)
        assert notes[4] not in found
        assert "don&#39;t need" not in found
        assert subjects(found) == [set(notes[:3])]
    await session.runs("board.blank")
    assert subjects(await listed(writer, session)) == []
    assert subjects(await listed(session.facilitator, session, **{"as": "participant"})) == []
    assert subjects(await listed(session.facilitator, session)) == [set(notes[:3])]


async def test_I5_what_was_accepted_or_dismissed_is_suggested_no_more(session: Session):
    writer, notes, _ = await in_a_grouping_step(session)
    answer = await writer.asks(session.id, "alike.group", notes=notes[:3], title="Trees")
    theme = answer.json()["made"]["theme"]
    assert subjects(await listed(session.facilitator, session)) == [set(notes[3:5])]
    await writer.asks(session.id, "alike.dismiss", notes=notes[3:5])
    found = await listed(session.facilitator, session)
    assert subjects(found) == []
    assert f'data-near="{notes[3]}"' not in found
    board: dict[str, Any] = await writer.board(session.id)
    assert {note["theme"] for note in board["notes"] if note["id"] in notes[:3]} == {theme}


async def test_a_list_without_a_script_is_accepted_by_a_plain_form(session: Session):
    writer, notes, step = await in_a_grouping_step(session)
    onward = f"/b/{session.id}/alike?step={step}"
    fields = [("do", "alike.dismiss"), ("id", "abcdefgh1"), ("next", onward), ("notes", notes[3]), ("notes", notes[4])]
    answer = await writer.form(f"/b/{session.id}/commands", fields)
    assert (answer.status_code, answer.headers["location"]) == (303, onward)
    assert subjects(await listed(writer, session)) == [set(notes[:3])]
