"""Compares what is at rest with every answer that was given: nothing lost, nothing doubled, nothing foreign."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.board.entries import Entry
from app.board.keeping import Loaded
from app.board.records import Cast, Note
from app.store.looking import open_to_look
from tests.prove.serving import Client, Served, served
from tests.prove.writing import Seen, Session, Writers, begin

__all__ = ["Audit", "Client", "Served", "Session", "Writers", "audit", "begin", "intact", "served"]
EVERY_ENTRY = 1_000_000


@dataclass(frozen=True, slots=True)
class Audit:
    """What the database says of what the clients remember.

    `lost`: answers whose entry, note or vote is not there. `doubled`: commands with more than one effect.
    `foreign`: effects that nobody asked for. `open`: commands that were sent and came to neither.
    """

    notes: int
    votes: int
    lost: int
    doubled: int
    foreign: int
    open: int
    dense: bool

    @property
    def acknowledged(self) -> int:
        """All answers that were given."""
        return self.notes + self.votes

    @property
    def whole(self) -> bool:
        """Is everything as it was answered, once, in numbers without a gap?"""
        return (self.lost, self.doubled, self.foreign, self.dense) == (0, 0, 0, True)


def audit(url: str, session: Session, seen: Seen) -> Audit:
    """Compare what is at rest with every answer that was given."""
    store = open_to_look(url)
    try:
        loaded = store.load(session.board, entries=EVERY_ENTRY)
    finally:
        store.close()
    assert loaded is not None
    kept = {entry.id: entry.seq for entry in loaded.entries}
    texts = Counter(note.text for note in loaded.board.all(Note) if note.text not in session.candidates)
    said = {words for words in seen.sent.values() if isinstance(words, str)}
    lost = sum(kept.get(id_) != seq for id_, seq in seen.answered.items())
    lost += sum(isinstance(seen.sent[id_], str) and seen.sent[id_] not in texts for id_ in seen.answered)
    votes = sum(not isinstance(seen.sent[id_], str) for id_ in seen.answered)
    return Audit(
        notes=len(seen.answered) - votes,
        votes=votes,
        lost=lost + _votes_that_are_others(loaded, seen),
        doubled=sum(count - 1 for count in texts.values()) + _twice(loaded.entries),
        foreign=len(set(texts) - said),
        open=len(set(seen.sent) - set(seen.answered)),
        dense=[entry.seq for entry in loaded.entries] == list(range(1, loaded.board.seq + 1)),
    )


def _votes_that_are_others(loaded: Loaded, seen: Seen) -> int:
    """The voters whose vote is neither the last that was acknowledged nor one that they sent after it."""
    cast = {each.by: dict(each.choices) for each in loaded.board.all(Cast)}
    return sum(cast.get(voter) not in may_be for voter, may_be in _last_votes(seen).items())


def _last_votes(seen: Seen) -> dict[str, list[Mapping[str, int]]]:
    last: dict[str, list[Mapping[str, int]]] = {}
    for voter, ids in seen.voted.items():
        answered = [at for at, id_ in enumerate(ids) if id_ in seen.answered]
        if answered:
            last[voter] = [seen.choices(id_) for id_ in ids[answered[-1] :]]
    return last


def _twice(entries: list[Entry]) -> int:
    counted = Counter((entry.actor, entry.id) for entry in entries)
    return sum(count - 1 for count in counted.values())


def intact(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with its file."""
    with closing(sqlite3.connect(path)) as connection:
        found: list[tuple[str]] = connection.execute("PRAGMA integrity_check").fetchall()
    return found == [("ok",)]
