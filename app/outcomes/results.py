"""The results: notes ranked step by step, tallies, and the places that spoke, as an audience may see them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.board.audience import Audience, is_silent, may_read, may_see
from app.board.board import Board
from app.board.candidates import candidate
from app.board.counting import Tally, seen_tally
from app.board.merged import credits, origins, within
from app.board.records import Ballot, Comment, Note, Translation


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One note with its reactions by emoji and its rank in its step; equal ones share a rank.

    `comments` oldest first, `translations` by language. Of a merged note `merged` are those of its notes that may be
    read, and `credits` the places, with their country codes, whose words are in it.
    """

    note: Note
    rank: int
    reactions: int
    by_emoji: Mapping[str, int]
    comments: tuple[Comment, ...] = ()
    translations: tuple[Translation, ...] = ()
    merged: tuple[Note, ...] = ()
    credits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke:
    """A place that spoke: its country code (or ""), and how many of the notes are its own."""

    place: str
    country: str
    notes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A closed ballot with its tally, and the notes that its rows stand for, where they stand for notes."""

    ballot: Ballot
    tally: Tally
    notes: Mapping[str, Note]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """`steps` maps a step's id to its notes, most reactions first; `unsigned` counts the notes of no place."""

    steps: Mapping[str, tuple[Ranked, ...]]
    ballots: tuple[Counted, ...]
    spoke: tuple[Spoke, ...]
    countries: int
    notes: int
    unsigned: int


def results_of(board: Board, audience: Audience) -> Results:
    """The results as this audience may see them; silent, waiting, hidden and deleted notes are in none."""
    return replace(
        noted(board, audience), ballots=tuple(_counted(board, each, audience) for each in _closed(board, audience))
    )


def noted(board: Board, audience: Audience) -> Results:
    """The same without the ballots."""
    readable = [note for note in board.all(Note) if _counts(board, note, audience)]
    written = [each for note in readable for each in origins(board, note)]
    spoke = _spoke(written)
    return Results(
        steps={step.id: _ranked(board, audience, [n for n in readable if n.step == step.id]) for step in board.steps},
        ballots=(),
        spoke=spoke,
        countries=len({each.country for each in spoke if each.country}),
        notes=len(readable),
        unsigned=sum(not note.place for note in written),
    )


def _counts(board: Board, note: Note, audience: Audience) -> bool:
    return may_see(board, note, audience) and note.state == "shown" and not is_silent(board, note)


def _ranked(board: Board, audience: Audience, notes: list[Note]) -> tuple[Ranked, ...]:
    counted: dict[str, dict[str, int]] = {}
    for note in notes:
        by_emoji = counted.setdefault(note.id, {})
        for reaction in board.reactions(note.id):
            by_emoji[reaction.emoji] = by_emoji.get(reaction.emoji, 0) + 1
    sums = {note.id: sum(counted[note.id].values()) for note in notes}
    ordered = sorted(notes, key=lambda note: (-sums[note.id], note.seq))
    first: dict[int, int] = {}
    for at, note in enumerate(ordered, start=1):
        first.setdefault(sums[note.id], at)
    return tuple(
        Ranked(
            note=note,
            rank=first[sums[note.id]],
            reactions=sums[note.id],
            by_emoji=counted[note.id],
            comments=_comments(board, audience, note),
            translations=tuple(sorted(board.inside(Translation, note.id), key=lambda each: each.id)),
            merged=tuple(each for each in within(board, note) if may_read(board, each, audience)),
            credits=tuple(credits(board, note)) if note.made_of else (),
        )
        for note in ordered
    )


def _comments(board: Board, audience: Audience, note: Note) -> tuple[Comment, ...]:
    """What may be read with the note, and with what was merged into it; not what facilitators hid."""
    said = (each for one in (note, *within(board, note)) for each in board.inside(Comment, one.id))
    read = [each for each in said if each.state == "shown" and may_see(board, each, audience)]
    return tuple(sorted(read, key=lambda each: (each.seq, each.id)))


def _closed(board: Board, audience: Audience) -> list[Ballot]:
    closed = [each for each in board.all(Ballot) if each.state == "closed" and may_see(board, each, audience)]
    return sorted(closed, key=lambda each: (-(each.closed_at or 0), each.id))


def _counted(board: Board, ballot: Ballot, audience: Audience) -> Counted:
    tally = seen_tally(board, ballot, audience)
    if tally is None:
        raise ValueError(f"ballot {ballot.id} is closed, so its tally is seen by whoever sees it")
    found = ((row.ref, candidate(board, row.ref)) for row in tally.rows)
    notes = {ref: note for ref, note in found if isinstance(note, Note)}
    return Counted(ballot=ballot, tally=tally, notes=notes)


def _spoke(notes: list[Note]) -> tuple[Spoke, ...]:
    places: dict[tuple[str, str], int] = {}
    for note in notes:
        if note.place:
            places[note.place, note.country] = places.get((note.place, note.country), 0) + 1
    ordered = sorted(places.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Spoke(place=place, country=country, notes=n) for (place, country), n in ordered)
