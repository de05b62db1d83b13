"""An entry: one accepted command as it is kept, with the records before and after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.board.records import Key, Record, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One seq of a board's life. `digest` tells the same command apart from another one under the same id."""

    seq: int
    id: str
    actor: str
    what: str
    digest: str
    at: float
    before: Mapping[Key, Record | None] = field(default_factory=dict)
    after: Mapping[Key, Record | None] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)


def without_pen(records: Mapping[Key, Record | None]) -> dict[Key, Record | None]:
    """The records as an entry keeps them: what a version needs to be written on together is kept once, in its row."""
    return {
        at: replace(record, pen="") if isinstance(record, Version) and record.pen else record
        for at, record in records.items()
    }
