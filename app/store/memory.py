"""Keeps boards in memory, for as long as the process lives: the same keeper without a database."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from secrets import token_hex
from threading import Lock

from app.board.board import Board
from app.board.entries import Entry
from app.board.forgetting import forgets
from app.board.keeping import Answer, Behind, Kept, Loaded, News, Page, RuleBroken, Taken, Turn
from app.board.records import Campaign, Cast, Key, Record, Stage, key
from app.store import shapes
from app.store.forgetting import cleared_entry, words_of
from app.store.turns import MOST, OpenTurn


@dataclass(slots=True)
class Shelf:
    """One board: its line in the list, its code, its records, its entries, and the pages of its files.

    `left` says since when no stage shows a file.
    """

    kept: Kept
    code_hash: str
    records: dict[Key, Record]
    entries: list[Entry]
    answers: dict[tuple[str, str], Answer]
    pages: dict[tuple[str, int, str], Page] = field(default_factory=dict)
    left: dict[str, float] = field(default_factory=dict)


class MemoryStore:
    """The keeper without a database: `app.board.keeping.Keeper` says what each method does and raises."""

    def __init__(self) -> None:
        self._shelves: dict[str, Shelf] = {}
        self._turn = Lock()
        self._writer = ThreadPoolExecutor(1, "store-writer")
        self._reader = ThreadPoolExecutor(1, "store-reader")

    @property
    def writer(self) -> Executor:
        """The thread that changes."""
        return self._writer

    @property
    def reader(self) -> Executor:
        """The thread that reads."""
        return self._reader

    @property
    def finisher(self) -> Executor:
        """The thread that changes."""
        return self.writer

    @property
    def shared(self) -> bool:
        """Nobody else sees this memory."""
        return False

    def create(self, board: Board, *, title: str, code_hash: str, at: float) -> None:
        """Keep a new board with all its records, at its seq. Raises Taken."""
        with self._turn:
            if board.id in self._shelves or self._coded(code_hash):
                raise Taken("Another board has this id or this code.")
            kept = Kept(id=board.id, title=title, seq=board.seq, epoch=board.epoch, created_at=at, active_at=at)
            records = {key(record): record for record in board.records()}
            self._shelves[board.id] = Shelf(kept, code_hash, records, [], {})

    def load(self, board_id: str, *, entries: int = 2000) -> Loaded | None:
        """The board with so many of its newest entries; None when there is none."""
        with self._turn:
            shelf = self._shelves.get(board_id)
            if shelf is None:
                return None
            kept = shelf.kept
            board = Board(board_id, epoch=kept.epoch, seq=kept.seq, records=list(shelf.records.values()))
            return Loaded(board, shelf.entries[max(0, len(shelf.entries) - entries) :], dict(shelf.answers))

    def save(
        self, board_id: str, *, before: int, entries: Sequence[Entry], code_hash: str | None = None, epoch: str = ""
    ) -> None:
        """Keep the entries after seq `before`, and the records as the last one leaves them: all or nothing.

        Raises Behind, RuleBroken; ValueError when the seqs are not dense.
        """
        shapes.require_dense(before, entries)
        with self._turn:
            shelf = self._shelves.get(board_id)
            if shelf is None or shelf.kept.seq != before or epoch not in ("", shelf.kept.epoch):
                raise Behind(f"{board_id} is no longer at seq {before}")
            answers = _with_answers(shelf, entries)
            records = _with_records(shelf, entries)
            if code_hash is not None and self._coded(code_hash) not in (None, board_id):
                raise RuleBroken("Another board has this code.")
            title = shapes.new_title(entries) or shelf.kept.title
            shelf.kept = replace(shelf.kept, seq=entries[-1].seq, active_at=entries[-1].at, title=title)
            shelf.code_hash = code_hash or shelf.code_hash
            shelf.records, shelf.answers = records, answers
            shelf.entries.extend(entries)
            for entry in entries:
                if forgets(entry):
                    _sweep(shelf, entry.actor)

    def take_turn(self, board_id: str, seq: int) -> Turn:
        """The news since `seq`; nobody is kept from writing."""
        return OpenTurn(self, board_id, self.news(board_id, seq))

    def news(self, board_id: str, seq: int, *, most: int = MOST) -> News | None:
        """The board's place and at most `most` of its entries after `seq`; None when there is no such board."""
        with self._turn:
            shelf = self._shelves.get(board_id)
            if shelf is None:
                return None
            entries = [entry for entry in shelf.entries if entry.seq > seq][:most]
            return News(shelf.kept.seq, shelf.kept.epoch, entries)

    def entries_since(self, board_id: str, seq: int) -> list[Entry]:
        """Every entry after `seq`, ascending."""
        return [entry for entry in self._entries(board_id) if entry.seq > seq]

    def entry(self, board_id: str, seq: int) -> Entry | None:
        """The entry of that seq, or None."""
        return next((entry for entry in self._entries(board_id) if entry.seq == seq), None)

    def entries(self, board_id: str, limit: int, before: int | None = None) -> list[Entry]:
        """The newest `limit` entries (older than seq `before`, if given), ascending."""
        older = [entry for entry in self._entries(board_id) if before is None or entry.seq < before]
        return older[max(0, len(older) - limit) :]

    def heads(self, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """(seq, epoch) of each of these boards that there is."""
        with self._turn:
            found = [self._shelves[board_id].kept for board_id in ids if board_id in self._shelves]
        return {kept.id: (kept.seq, kept.epoch) for kept in found}

    def boards(self) -> list[Kept]:
        """Every board, the one active last first."""
        with self._turn:
            kept = [shelf.kept for shelf in self._shelves.values()]
        return sorted(kept, key=lambda one: (-one.active_at, one.id))

    def find_by_code(self, code_hash: str) -> str | None:
        """The id of the board that has this code, or None."""
        with self._turn:
            return self._coded(code_hash)

    def delete(self, board_id: str, *, unless_after: float | None = None) -> bool:
        """Erase the board, unless it was used since; whether there was one."""
        with self._turn:
            shelf = self._shelves.get(board_id)
            if shelf is None or (unless_after is not None and shelf.kept.active_at > unless_after):
                return False
            del self._shelves[board_id]
            return True

    @property
    def unclean(self) -> bool:
        """Nothing lies anywhere."""
        return False

    def leave_nothing(self) -> None:
        """Nothing lies anywhere."""

    def keep_page(self, board_id: str, page: Page) -> None:
        """Keep one page of a file, whether it is there or not. Raises RuleBroken."""
        with self._turn:
            if board_id not in self._shelves:
                raise RuleBroken("There is no such board.")
            shelf = self._shelves[board_id]
            shelf.pages[page.file, page.number, page.size] = page
            shelf.left.pop(page.file, None)

    def page(self, board_id: str, file: str, number: int, size: str) -> Page | None:
        """That page in that size, or None."""
        with self._turn:
            shelf = self._shelves.get(board_id)
            return shelf.pages.get((file, number, size)) if shelf else None

    def weight(self, board_id: str) -> int:
        """How many bytes the pages of all its files have."""
        with self._turn:
            shelf = self._shelves.get(board_id)
            return sum(len(page.content) for page in shelf.pages.values()) if shelf else 0

    def forget_files(self, *, now: float, after: float) -> int:
        """Erase the files that no stage has shown for more than `after` seconds; how many pages."""
        with self._turn:
            return sum(_forget_files(shelf, now, after) for shelf in self._shelves.values())

    def ready(self) -> None:
        """Return: memory is always there."""

    def try_writing(self, *, much: bool) -> None:
        """Return: there is nothing that could be full."""

    def close(self) -> None:
        """Let go of the threads."""
        self._writer.shutdown()
        self._reader.shutdown()

    def _coded(self, code_hash: str) -> str | None:
        return next((id_ for id_, shelf in self._shelves.items() if shelf.code_hash == code_hash), None)

    def _entries(self, board_id: str) -> list[Entry]:
        with self._turn:
            shelf = self._shelves.get(board_id)
            return list(shelf.entries) if shelf else []


def _forget_files(shelf: Shelf, now: float, after: float) -> int:
    shown = {record.file for record in shelf.records.values() if isinstance(record, Stage)}
    shown |= {record.logo for record in shelf.records.values() if isinstance(record, Campaign)}
    shelf.left = {file: shelf.left.get(file, now) for file, _, _ in shelf.pages if file not in shown}
    gone = [at for at in shelf.pages if shelf.left.get(at[0], now) < now - after]
    for at in gone:
        del shelf.pages[at]
    return len(gone)


def _sweep(shelf: Shelf, person: str) -> None:
    rows = [shapes.entry_row(shelf.kept.id, entry) for entry in shelf.entries]
    plain = {f"{kind}/{id_}": shapes.fields_of(record) for (kind, id_), record in shelf.records.items()}
    words = words_of(person, rows, plain)
    shelf.entries = [shapes.entry_of(row | (cleared_entry(words, row) or {})) for row in rows]
    left = shapes.records_of({name: words.cleared(name, fields) for name, fields in plain.items()})
    shelf.records = {at: record for at, record in left.items() if record is not None}
    shelf.kept = replace(shelf.kept, epoch=token_hex(8))
    shelf.answers = {(each.actor, each.id): Answer(each.seq, each.digest, each.made) for each in shelf.entries}


def _with_answers(shelf: Shelf, entries: Sequence[Entry]) -> dict[tuple[str, str], Answer]:
    answers = dict(shelf.answers)
    for entry in entries:
        if (entry.actor, entry.id) in answers:
            raise RuleBroken(f"{entry.id} was accepted before")
        answers[entry.actor, entry.id] = Answer(entry.seq, entry.digest, entry.made)
    return answers


def _with_records(shelf: Shelf, entries: Sequence[Entry]) -> dict[Key, Record]:
    records = dict(shelf.records)
    for entry in entries:
        for at, record in entry.after.items():
            if record is None:
                records.pop(at, None)
            else:
                records[at] = record
    casts = [record for record in records.values() if isinstance(record, Cast)]
    if any(cast.used > cast.allowed for cast in casts):
        raise RuleBroken("a cast is over its limit")
    if len({(cast.ballot, cast.voter) for cast in casts}) < len(casts):
        raise RuleBroken("a second cast of one voter on one ballot")
    return records
