"""Knows how one process takes its turn to write to a board, and how it reads what it missed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from sqlalchemy import Connection

from app.board.entries import Entry
from app.board.keeping import Behind, Keeper, News
from app.board.records import Key, Version
from app.store import shapes, statements
from app.store.transactions import Held

MOST: Final = 2_000


class Saving(Protocol):
    """What `Keeper.save` does, to be done within a transaction."""

    def __call__(
        self, board_id: str, *, before: int, entries: Sequence[Entry], code_hash: str | None, epoch: str
    ) -> Callable[[Connection], None]:
        """Raises ValueError when the seqs are not dense."""


@dataclass(frozen=True, slots=True)
class OpenTurn:
    """A turn where there is no other process: nobody is kept from writing."""

    keeper: Keeper
    board_id: str
    news: News | None

    def save(self, *, before: int, entries: Sequence[Entry], code_hash: str | None = None) -> None:
        """Keep the entries. Raises what `Keeper.save` does."""
        epoch = self.news.epoch if self.news else ""
        self.keeper.save(self.board_id, before=before, entries=entries, code_hash=code_hash, epoch=epoch)

    def give_back(self) -> None:
        """Nothing was taken."""


@dataclass(frozen=True, slots=True)
class HeldTurn:
    """A turn on PostgreSQL: the board's row is locked by a transaction that is left open."""

    saving: Saving
    board_id: str
    news: News | None
    held: Held

    def save(self, *, before: int, entries: Sequence[Entry], code_hash: str | None = None) -> None:
        """Keep the entries and end the turn. Raises what `Keeper.save` does."""

        def make(connection: Connection) -> None:
            if self.news is None:
                raise Behind(f"{self.board_id} is gone")
            epoch = self.news.epoch
            self.saving(self.board_id, before=before, entries=entries, code_hash=code_hash, epoch=epoch)(connection)

        self.held.finish(make)

    def give_back(self) -> None:
        """End the turn with nothing saved."""
        self.held.give_up()


def news(connection: Connection, board_id: str, seq: int, *, most: int = MOST, locking: bool = False) -> News | None:
    """Where the board is, and what came after `seq`; `locking` keeps everybody else from writing to it from here on."""
    head = connection.execute(statements.TURN if locking else statements.HEAD, {"board": board_id}).first()
    if head is None:
        return None
    entries: list[Entry] = []
    if head.seq > seq:
        found = connection.execute(statements.NEWS, {"board": board_id, "since": seq, "most": most})
        entries = [shapes.entry_of(row._asdict()) for row in found]
    return News(head.seq, head.epoch, _whole(connection, board_id, entries))


def _whole(connection: Connection, board_id: str, entries: list[Entry]) -> list[Entry]:
    """The entries, the last version of each text that is written together with what its row keeps beside the words."""
    last: dict[Key, int] = {}
    for nth, entry in enumerate(entries):
        last.update({at: nth for at in entry.after if at[0] == Version.KIND})
    if last:
        rows = connection.execute(statements.PENS, {"board": board_id, "versions": [id_ for _, id_ in last]})
        for row in rows:
            at = Version.KIND, row.id
            entry = entries[last[at]]
            after = {**entry.after, at: shapes.record_of(Version.KIND, row._asdict())}
            entries[last[at]] = replace(entry, after=after)
    return entries
