"""Who asks, when and under which id; and the two ordinary answers: changes, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from app.board.limits import Limits
from app.board.records import Key, Record, key

if TYPE_CHECKING:
    from app.board.entries import Entry

Fact = str | int | float


class Refused(Exception):
    """An ordinary answer: the command is not accepted, by a short code and the facts of its sentence."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Fact] = facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One asking: the actor's person id, the command's id, the clock in seconds, its entry's seq."""

    board: str
    actor: str
    id: str
    now: float
    seq: int
    limits: Limits = field(default_factory=Limits)
    entry: "Entry | None" = None

    def make_id(self, kind: str) -> str:
        """The id of a record that this command makes: the same asking makes the same id, for ever."""
        digest = blake2b(f"{self.board}|{self.actor}|{self.id}|{kind}".encode(), digest_size=8).hexdigest()
        return f"{kind[0]}{digest}"


@dataclass(frozen=True, slots=True)
class Changes:
    """The next version of some records (None: the record is gone), and the ids of what was made, by kind."""

    records: Mapping[Key, Record | None] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)


NOTHING = Changes()


def put(*records: Record, made: Mapping[str, str] | None = None) -> Changes:
    """Changes that give these records their next version."""
    return Changes({key(record): record for record in records}, made or {})


def drop(*records: Record) -> Changes:
    """Changes after which these records are gone."""
    return Changes({key(record): None for record in records})
