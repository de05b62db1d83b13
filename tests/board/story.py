"""Given, when, then, in the product's words: people on one board, what they do, and what each of them sees.

Every act is verified on its way: deciding changes nothing, the same asking decides the same, and what was
applied can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.board.agenda import AgendaGo
from app.board.asking import Ask, Changes, Refused
from app.board.ballots import BallotClose, BallotOpen, BallotReopen
from app.board.board import Board
from app.board.casting import BallotCast, BallotCastFor, BallotDone, BallotRetract
from app.board.counting import Row, Tally, tally
from app.board.deciding import NAMES, decide
from app.board.entries import Entry
from app.board.founding import found
from app.board.hall import BoardBlank, BoardClose, BoardLock, BoardReopen, DoorSet
from app.board.limits import Limits
from app.board.moderating import NoteApprove, NoteHide, NoteLock, NoteReturn, NoteShow
from app.board.moderating_people import PersonMute, PersonRemove
from app.board.notes import NoteAdd, NoteDelete, NoteEdit, NoteRestore
from app.board.people import Hand, PersonJoin, PersonPlace
from app.board.records import Ballot, Cast, Key, Note, Person, Record, Step, key
from app.board.replanning import AgendaCatchUp
from app.board.stepping import StepReveal, StepSettings
from app.board.timing import TimerStart
from app.board.undoing import BoardUndo

MINUTE = 60.0


@dataclass
class Story:
    """One board, its clock, and its entries so far."""

    board: Board
    limits: Limits = field(default_factory=Limits)
    clock: float = 1_000.0
    entries: list[Entry] = field(default_factory=list)

    def ask(self, actor: str, command: Any, entry: Entry | None = None) -> Changes:
        """Ask, verify, apply, and keep the entry."""
        asking = self.asking(actor, entry)
        before = self.records()
        changes = decide(self.board, command, asking)
        assert decide(self.board, command, asking) == changes
        assert self.records() == before
        old = self.board.apply(changes.records)
        after = self.records()
        assert self.board.apply(old).keys() == changes.records.keys()
        assert self.records() == before
        self.board.apply(changes.records)
        assert self.records() == after
        self.board.advance(asking.seq)
        self.entries.append(
            Entry(
                seq=asking.seq,
                id=asking.id,
                actor=actor,
                what=NAMES[type(command)],
                digest="",
                at=self.clock,
                before=old,
                after=changes.records,
                made=changes.made,
            )
        )
        return changes

    def asking(self, actor: str, entry: Entry | None = None) -> Ask:
        """The next asking by that person."""
        seq = self.board.seq + 1
        return Ask(
            board=self.board.id,
            actor=actor,
            id=f"asking-{seq}",
            now=self.clock,
            seq=seq,
            limits=self.limits,
            entry=entry,
        )

    def records(self) -> dict[Key, Record]:
        """Everything on the board, by kind and id."""
        return {key(record): record for record in self.board.records()}

    def joins(self, place: str, name: str = "", role: str = "participant", **also: str) -> Somebody:
        """Somebody comes in by a link of that role; named after their place."""
        who = Somebody(self, name or place.lower() or role)
        who.comes_in(place=place, role=role, **also)
        return who

    def minutes_pass(self, minutes: float) -> None:
        """The clock goes on."""
        self.clock += minutes * MINUTE

    @property
    def seq(self) -> int:
        """The seq of the newest entry."""
        return self.board.seq

    @property
    def steps(self) -> list[Step]:
        """The agenda."""
        return self.board.steps

    def note(self, note: str) -> Note:
        """The note as it is now."""
        return self.board.need(Note, note)

    def ballot(self, ballot: str) -> Ballot:
        """The ballot as it is now."""
        return self.board.need(Ballot, ballot)

    def casts(self, ballot: str) -> dict[str, Cast]:
        """What was cast, by voter."""
        return {cast.voter: cast for cast in self.board.casts(ballot)}

    def tally(self, ballot: str) -> Tally:
        """The count of the ballot."""
        return tally(self.board, self.ballot(ballot))

    def row(self, ballot: str, note: str) -> Row:
        """One note's row in the count."""
        return next(row for row in self.tally(ballot).rows if row.ref == f"note:{note}")


@dataclass
class Somebody:
    """A person in the story, and what they can do."""

    story: Story
    id: str

    def asks(self, command: Any) -> Changes:
        return self.story.ask(self.id, command)

    @property
    def person(self) -> Person:
        return self.story.board.need(Person, self.id)

    def comes_in(self, place: str, role: str = "participant", name: str = "", **also: str) -> None:
        joining = PersonJoin(
            name=name or self.id.title(), place=place, language=also.pop("language", "fr"), role=role, **also
        )
        self.asks(joining)

    def posts(self, text: str = "Nos villes d’abord", step: Step | None = None, **also: Any) -> str:
        here = step.id if step else self.story.board.now.step
        return self.asks(NoteAdd(step=here, text=text, **also)).made["note"]

    def edits(self, note: str, text: str, base: int | None = None) -> None:
        self.asks(NoteEdit(note=note, text=text, base=self.story.seq if base is None else base))

    def deletes(self, note: str) -> None:
        self.asks(NoteDelete(note=note))

    def restores(self, note: str) -> None:
        self.asks(NoteRestore(note=note))

    def hides(self, note: str) -> None:
        self.asks(NoteHide(note=note))

    def shows(self, note: str) -> None:
        self.asks(NoteShow(note=note))

    def approves(self, note: str) -> None:
        self.asks(NoteApprove(note=note))

    def returns(self, note: str, reason: Any = "rephrase", text: str = "") -> None:
        self.asks(NoteReturn(note=note, reason=reason, text=text))

    def locks_note(self, note: str) -> None:
        self.asks(NoteLock(note=note))

    def mutes(self, other: Somebody, *, on: bool = True) -> None:
        self.asks(PersonMute(person=other.id, on=on))

    def removes(self, other: Somebody, **also: bool) -> None:
        self.asks(PersonRemove(person=other.id, **also))

    def goes_to(self, number: int) -> Step:
        step = self.story.steps[number]
        self.asks(AgendaGo(step=step.id))
        return step

    def sets(self, step: Step, **settings: bool) -> None:
        self.asks(StepSettings(step=step.id, **settings))

    def reveals(self, step: Step) -> None:
        self.asks(StepReveal(step=step.id))

    def starts_the_timer(self, seconds: int | None = None) -> None:
        self.asks(TimerStart(seconds=seconds))

    def catches_up(self, how: Any) -> None:
        self.asks(AgendaCatchUp(how=how))

    def opens_a_ballot(self, *notes: str, title: str = "", **also: Any) -> str:
        candidates = tuple(f"note:{note}" for note in notes)
        return self.asks(BallotOpen(title=title, candidates=candidates, **also)).made["ballot"]

    def closes(self, ballot: str) -> None:
        self.asks(BallotClose(ballot=ballot))

    def reopens(self, ballot: str) -> str:
        return self.asks(BallotReopen(ballot=ballot)).made["ballot"]

    def votes(self, ballot: str, **dots: int) -> None:
        self.asks(BallotCast(ballot=ballot, choices=_choices(dots)))

    def chooses(self, ballot: str, choices: Any, **also: Any) -> None:
        """Casts as the ballot's method has it: refs in a list, a ranking, or what can be carried."""
        self.asks(BallotCast(ballot=ballot, choices=choices, **also))

    def chooses_for(self, place: str, people: int, ballot: str, choices: Any) -> None:
        self.asks(BallotCastFor(ballot=ballot, place=place, people=people, choices=choices))

    def votes_for(self, place: str, people: int, ballot: str, **dots: int) -> None:
        self.asks(BallotCastFor(ballot=ballot, place=place, people=people, choices=_choices(dots)))

    def retracts(self, ballot: str) -> None:
        self.asks(BallotRetract(ballot=ballot))

    def is_done(self, ballot: str) -> None:
        self.asks(BallotDone(ballot=ballot))

    def moves_to(self, place: str, **also: str) -> None:
        self.asks(PersonPlace(place=place, **also))

    def raises_a_hand(self) -> None:
        self.asks(Hand(up=True))

    def locks(self, *, on: bool = True) -> None:
        self.asks(BoardLock(on=on))

    def blanks(self, *, on: bool = True) -> None:
        self.asks(BoardBlank(on=on))

    def ends_the_session(self) -> None:
        self.asks(BoardClose())

    def goes_on(self) -> None:
        self.asks(BoardReopen())

    def sets_the_door(self, state: Any) -> None:
        self.asks(DoorSet(open=state))

    def undoes(self, seq: int | None = None) -> Changes:
        wanted = self.story.seq if seq is None else seq
        entry = next((entry for entry in self.story.entries if entry.seq == wanted), None)
        return self.story.ask(self.id, BoardUndo(seq=wanted), entry)


def _choices(dots: dict[str, int]) -> dict[str, int]:
    return {f"note:{note}": count for note, count in dots.items()}


def given(template: str = "flip-the-script", **limits: int) -> tuple[Story, Somebody]:
    """A new board in its first step, and its facilitator."""
    held = Limits(**limits)
    records = found("hall", title="Flip the Script", template=template, language="fr", now=1_000.0)
    story = Story(Board("hall", epoch="e1", records=records), held)
    return story, story.joins("", name="facilitator", role="facilitator")


@dataclass
class Room:
    """A board in its first writing step with a facilitator, Lyon and Dakar."""

    story: Story
    facilitator: Somebody
    lyon: Somebody
    dakar: Somebody
    step: Step


def given_a_room(**limits: int) -> Room:
    """Everybody in, and in the step where common messages are written."""
    story, facilitator = given(**limits)
    step = facilitator.goes_to(2)
    return Room(story, facilitator, story.joins("Lyon"), story.joins("Dakar"), step)


@contextmanager
def refused(code: str, **facts: object) -> Iterator[None]:
    """What is asked inside is refused so, with at least these facts, and changes nothing."""
    with pytest.raises(Refused) as answer:
        yield
    assert answer.value.code == code
    assert dict(answer.value.facts).items() >= facts.items()
