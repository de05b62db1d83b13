"""Clearing a board and copying it to rehearse on: what stays, what goes, and what comes back."""

from dataclasses import replace

import pytest

from app.board.board import Board
from app.board.clearing import BoardClear
from app.board.hall import BoardAnnounce, Spotlight
from app.board.limits import Limits
from app.board.parts import parts_of
from app.board.people import PersonJoin
from app.board.reacting import NoteReact
from app.board.records import (
    Ballot,
    Cast,
    Comment,
    Cue,
    Note,
    Person,
    Reaction,
    Stage,
    Step,
    Timer,
    Translation,
    key,
)
from app.board.rehearsing import rehearsal_of
from app.board.walls import MOST_NOTES
from tests.board.story import Room, given_a_room, refused

CLEAR = BoardClear(keep="agenda")


def _practised() -> Room:
    """A room in which everything was tried once."""
    room = given_a_room()
    board = room.story.board
    writing = next(step for step in room.story.steps if step.write)
    room.facilitator.sets(writing, silent=True)
    room.facilitator.reveals(writing)
    one, two = room.lyon.posts(), room.dakar.posts("Ici d’abord")
    room.dakar.asks(NoteReact(note=one, emoji="♥"))
    ballot = room.facilitator.opens_a_ballot(one, two)
    room.lyon.votes(ballot, **{two: 1})
    room.facilitator.starts_the_timer()
    room.facilitator.asks(BoardAnnounce(text="Encore cinq minutes"))
    room.facilitator.asks(Spotlight(part=f"note:{one}"))
    room.dakar.raises_a_hand()
    room.facilitator.mutes(room.lyon)
    said = {"author": "lyon", "language": "fr", "place": "Lyon", "created_at": 1.0, "seq": 1}
    hung = (
        Comment(id="c1", note=one, text="Oui", **said),
        Translation(id=f"{one}.en", note=one, language="en", text="Here", by="lyon", of=1, at=1.0, text_seq=1),
        Cue(id=writing.id, step=writing.id, text="Read three aloud", text_seq=1),
        Stage(id=writing.id, step=writing.id, file="f1", pages=9, page=4),
        Person(id="extra", name="A planner", place="Quito", language="es", joined_at=1.0, simulated=True),
    )
    board.apply({key(record): record for record in hung})
    return room


def test_H1_clearing_keeps_the_agenda_and_takes_away_what_was_written():
    room = _practised()
    before = room.story.records()
    room.facilitator.asks(CLEAR)
    board = room.story.board
    for kind in (Note, Reaction, Comment, Translation, Ballot, Cast):
        assert board.all(kind) == [], kind
    assert {step.id: step.minutes for step in board.steps} == {
        at[1]: step.minutes for at, step in before.items() if isinstance(step, Step)
    }
    for at, record in before.items():
        if at[0] in ("about", "door", "cue"):
            assert board.find(at) == record


def test_H2_a_cleared_board_is_before_its_start():
    room = _practised()
    room.facilitator.blanks()
    room.facilitator.locks()
    room.facilitator.ends_the_session()
    room.facilitator.asks(CLEAR)
    board = room.story.board
    assert board.now == replace(type(board.now)(), step=room.story.steps[0].id)
    assert board.timer == Timer()
    assert not any(step.revealed for step in board.steps)
    assert [stage.page for stage in board.all(Stage)] == [1]


def test_H3_people_keep_their_seats_and_whoever_was_simulated_goes():
    room = _practised()
    room.facilitator.removes(room.dakar)
    room.facilitator.asks(CLEAR)
    people = {person.id: person for person in room.story.board.people()}
    assert "extra" not in people
    assert all(person.hand_at is None and not person.muted for person in people.values())
    assert (room.lyon.person.state, room.dakar.person.state) == ("here", "removed")
    assert room.facilitator.person.role == "facilitator"
    room.facilitator.goes_to(3)
    room.lyon.posts("Une vraie idée")


def test_H4_clearing_is_undone_whole_and_so_is_its_undo():
    room = _practised()
    full = room.story.records()
    room.facilitator.asks(CLEAR)
    empty = room.story.records()
    room.facilitator.undoes()
    assert room.story.records() == full
    room.facilitator.undoes()
    assert room.story.records() == empty


def test_H4_what_happened_since_is_not_overwritten():
    room = _practised()
    room.facilitator.asks(CLEAR)
    clearing = room.story.seq
    room.facilitator.asks(BoardAnnounce(text="Bienvenue"))
    with refused("changed-since"):
        room.facilitator.undoes(clearing)


def test_H1_only_facilitators_clear_a_board():
    room = given_a_room()
    with refused("only-facilitators"):
        room.lyon.asks(CLEAR)


def test_H5_a_copy_has_the_agenda_and_nothing_that_anybody_wrote():
    room = _practised()
    original = room.story.board
    records = rehearsal_of(original, title="Rehearsal: our hour", now=2_000.0)
    copied = Board("copy", epoch="e", records=records)
    assert copied.about == replace(
        original.about, title="Rehearsal: our hour", created_at=2_000.0, starts_at=None, rehearsal=True
    )
    assert [step.title for step in copied.steps] == [step.title for step in original.steps]
    assert not any(step.revealed for step in copied.steps)
    assert copied.all(Cue) == original.all(Cue)
    assert [stage.page for stage in copied.all(Stage)] == [1]
    assert copied.people() == [] and copied.count(Note) == 0
    assert set(copied.door.generations.values()) == {1}
    assert {record.KIND for record in records} == {"about", "now", "timer", "door", "step", "cue", "stage"}


def test_H5_a_title_over_the_limit_is_cut():
    board = given_a_room().story.board
    records = rehearsal_of(board, title="Rehearsal: " + "é" * 200, now=1.0, limits=Limits(title=40))
    assert Board("copy", epoch="e", records=records).about.title == "Rehearsal: " + "é" * 29


@pytest.mark.parametrize("role", ["participant", "observer"])
def test_H6_somebody_simulated_comes_to_a_rehearsal_only(role: str):
    room = given_a_room()
    coming = PersonJoin(name="A planner", place="Quito", language="es", role=role, simulated=True)
    with refused("not-a-rehearsal"):
        room.story.ask("extra", coming)
    room.story.board.apply({("about", "about"): replace(room.story.board.about, rehearsal=True)})
    room.story.ask("extra", coming)
    person = room.story.board.need(Person, "extra")
    assert person.simulated


def _stale(notes: int) -> set[str]:
    """What goes stale when a board of so many notes is cleared."""
    room = given_a_room()
    step = next(step for step in room.story.steps if step.write)
    for number in range(notes):
        room.lyon.posts(f"Idée {number}", step=step)
    room.facilitator.asks(CLEAR)
    entry = room.story.entries[-1]
    return parts_of(room.story.board, entry.before, entry.after)


def test_H1_few_notes_go_one_by_one_and_many_with_their_wall():
    few, many = _stale(3), _stale(MOST_NOTES + 1)
    assert sum(part.startswith("note/") for part in few) == 3
    assert not any(part.startswith(("note/", "queue/")) for part in many)
    assert "queues" in many and any(part.startswith("wall/") for part in many)
    assert len(many) < 40
