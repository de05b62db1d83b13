"""An entry: one accepted command as it is kept, with the records before and after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.board.records import Key, Record


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
