"""What a live board needs of the place that keeps it, and the few ways in which keeping can fail."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from app.board.board import Board
from app.board.entries import Entry


class Behind(Exception):
    """Another process wrote to this board first and nothing was saved: catch up, decide again."""


class StorageFull(Exception):
    """There is no room left and nothing was saved. Reading goes on; saving works again once there is room."""


class OutcomeUnknown(Exception):
    """The database went away during the commit: it may or may not have been saved. Never a refusal."""


class Unavailable(Exception):
    """The database cannot be reached or used; nothing was saved. One sentence for the operator."""


class NoTables(Unavailable):
    """The database answers, and what Flipchart keeps boards in is not there."""


class NotDurable(Exception):
    """The database answers before what it keeps is on the disk. Its text names the settings."""


class RuleBroken(Exception):
    """A constraint caught what no rule lets through: a command twice, a second cast, a cast over its limit.

    Nothing was saved.
    """


class Taken(Exception):
    """Another board has this id or this code."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an accepted command was answered, for the life of the board."""

    seq: int
    digest: str
    made: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A board as it was at one moment, its newest entries (ascending) and every answer ever given.

    `answers` is keyed by (actor, command id).
    """

    board: Board
    entries: list[Entry]
    answers: dict[tuple[str, str], Answer]


@dataclass(frozen=True, slots=True)
class News:
    """Where a board is, and what came after the seq that was asked for: ascending, dense, all as of one moment.

    `entries` end before `seq` where there are more than were asked for. The last version of a record that an entry
    keeps without a part of it (`app.board.entries.without_pen`) is whole.
    """

    seq: int
    epoch: str
    entries: list[Entry]


class Turn(Protocol):
    """The right to write to a board next. While it is held, no other process writes to that board.

    Whoever takes it ends it within a few seconds, by one of its two methods; both block, and run in `Keeper.finisher`.
    """

    @property
    def news(self) -> News | None:
        """What the board had when the turn was taken; None when there is no such board."""

    def save(self, *, before: int, entries: Sequence[Entry], code_hash: str | None = None) -> None:
        """Keep the entries as `Keeper.save` does, and end the turn whatever comes of it. Raises what that raises."""

    def give_back(self) -> None:
        """End the turn with nothing saved. Never fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One line of the list of boards. Times are seconds since 1970."""

    id: str
    title: str
    seq: int
    epoch: str
    created_at: float
    active_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a file in one of its sizes ("large", "small"): a picture as it is served; pages count from 1."""

    file: str
    number: int
    size: str
    type: str
    content: bytes


class Keeper(Protocol):
    """Keeps boards. Every method blocks: writing ones run in `writer`, the others in `reader`.

    Every method may raise Unavailable; what else it raises stands beside it.
    """

    @property
    def writer(self) -> Executor:
        """Runs create, save and delete; one thread where the database has one writer."""

    @property
    def reader(self) -> Executor:
        """Runs everything else."""

    @property
    def finisher(self) -> Executor:
        """Runs what ends a turn: never behind anybody who waits for one."""

    @property
    def shared(self) -> bool:
        """Whether other processes may write to the same boards."""

    def create(self, board: Board, *, title: str, code_hash: str, at: float) -> None:
        """Keep a new board with all its records, at seq 0. Raises Taken, StorageFull, OutcomeUnknown."""

    def load(self, board_id: str, *, entries: int = 2000) -> Loaded | None:
        """The board in one consistent read, with so many of its newest entries; None when there is none."""

    def save(
        self, board_id: str, *, before: int, entries: Sequence[Entry], code_hash: str | None = None, epoch: str = ""
    ) -> None:
        """Keep the entries after seq `before`, and the records as the last one leaves them: all or nothing.

        `epoch` is the life of the board that it was decided in: one that was restored meanwhile is another (Behind).
        `code_hash` replaces the code in the same transaction; a board that is renamed is listed so.
        Raises Behind, StorageFull, OutcomeUnknown, RuleBroken; ValueError when the seqs are not dense.
        """

    def take_turn(self, board_id: str, seq: int) -> Turn:
        """Wait until nobody else writes to the board, and keep it so; with the news since `seq`. Runs in `writer`.

        Where there is no other process nobody is kept from anything, and saving may still raise Behind.
        """

    def news(self, board_id: str, seq: int, *, most: int = 2000) -> News | None:
        """The board's place and at most `most` of its entries after `seq`; None when there is no such board."""

    def entries_since(self, board_id: str, seq: int) -> list[Entry]:
        """Every entry after `seq`, ascending."""

    def entry(self, board_id: str, seq: int) -> Entry | None:
        """The entry of that seq, or None."""

    def entries(self, board_id: str, limit: int, before: int | None = None) -> list[Entry]:
        """The newest `limit` entries (older than seq `before`, if given), ascending."""

    def heads(self, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """(seq, epoch) of each of these boards that there is."""

    def boards(self) -> list[Kept]:
        """Every board, the one active last first."""

    def find_by_code(self, code_hash: str) -> str | None:
        """The id of the board that has this code, or None."""

    def delete(self, board_id: str, *, unless_after: float | None = None) -> bool:
        """Erase the board and all that was written or shown on it; whether there was one.

        `unless_after` that moment (seconds) something was done on it: then it stays.
        """

    @property
    def unclean(self) -> bool:
        """Whether what was erased lies somewhere yet, because somebody reads it: `leave_nothing` is asked again."""

    def leave_nothing(self) -> None:
        """What was erased or forgotten is nowhere any more, also not where it lay; else `unclean`. Runs in `writer`."""

    def keep_page(self, board_id: str, page: Page) -> None:
        """Keep one page of a file, whether it is there or not. Runs in `writer`.

        Raises RuleBroken when there is no such board, StorageFull, OutcomeUnknown.
        """

    def page(self, board_id: str, file: str, number: int, size: str) -> Page | None:
        """That page in that size, or None."""

    def weight(self, board_id: str) -> int:
        """How many bytes the pages of all its files have."""

    def forget_files(self, *, now: float, after: float) -> int:
        """Erase the files that no stage has shown for more than `after` seconds; how many pages. Runs in `writer`.

        A file's time begins when it is first seen here without a stage: it is never erased early. Raises StorageFull.
        """

    def ready(self) -> None:
        """Return when the database can be used; raises Unavailable (NoTables) otherwise."""

    def try_writing(self, *, much: bool) -> None:
        """Write something that changes nothing, `much` where the disk may be full. Runs in `writer`.

        Raises NotDurable, StorageFull, OutcomeUnknown.
        """

    def close(self) -> None:
        """Wait for what is being written, then let go of threads and connections."""
