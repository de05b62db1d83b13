"""A room: the one queue through which a board changes. Decide, commit, and only then answer and tell."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import structlog

from app.board.asking import Ask, Changes, Refused
from app.board.board import Board
from app.board.deciding import NAMES, decide
from app.board.entries import Entry
from app.board.keeping import Answer, Behind, Keeper, Loaded, OutcomeUnknown, StorageFull
from app.board.limits import Limits
from app.board.parts import Part, parts_of
from app.board.records import Key, Record
from app.board.undoing import BoardUndo
from app.realtime.asking import Asking
from app.realtime.frames import Audiences
from app.realtime.history import History
from app.realtime.telling import Telling
from app.realtime.wire import Clock, Drawing

TOGETHER = 64
TRIES = 5
log = structlog.get_logger()


class Room:
    """One board, live. `board` is what is committed and may be read at any time; `_ahead` is one batch further."""

    def __init__(
        self,
        loaded: Loaded,
        keeper: Keeper,
        drawing: Drawing,
        *,
        clock: Clock,
        limits: Limits,
        code_hash: Callable[[str, int], str],
    ) -> None:
        self._keeper, self._clock, self._limits, self._code_hash = keeper, clock, limits, code_hash
        self._queue: asyncio.Queue[Asking] = asyncio.Queue()
        self._adopt(loaded)
        self.audiences = Audiences(drawing)
        self.telling = Telling(self.audiences, lambda: self.board, lambda: self.history)
        self.used_at = time.monotonic()

    def _adopt(self, loaded: Loaded) -> None:
        self.board = loaded.board
        self._ahead = Board(
            loaded.board.id, epoch=loaded.board.epoch, seq=loaded.board.seq, records=loaded.board.records()
        )
        self.history = History(loaded.entries)
        self._answers = dict(loaded.answers)
        self._sound = True

    async def submit(self, actor: str, command: Any, id_: str) -> Answer:
        """Ask for a command and wait for its answer.

        Raises Refused; StorageFull and OutcomeUnknown when it could not be kept, or nobody knows whether it was:
        then the same id may be asked again.
        """
        self.used_at = time.monotonic()
        asking = Asking(actor, command, id_, asyncio.get_running_loop().create_future())
        self._queue.put_nowait(asking)
        return await asking.answer

    async def run(self) -> None:
        """Serve the queue until cancelled. What is waiting is decided together and kept in one transaction."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < TOGETHER and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            try:
                await self._settle(batch)
            except Exception as fault:  # one of the two pumps: a fault in one batch must not stop the board
                log.exception("batch failed", board=self.board.id, fault=type(fault).__name__)
                self._sound = False
                for asking in batch:
                    asking.refuse(OutcomeUnknown())

    async def _settle(self, batch: Sequence[Asking]) -> None:
        for _ in range(TRIES):
            if not self._sound:
                await self._reload()
            accepted, entries = self._decide_all(batch)
            if not entries:
                self._answer(accepted)
                return
            try:
                await self._save(entries)
            except Behind:
                self._sound = False
            except StorageFull as full:
                self._take_back()
                self._refuse(accepted, full)
                return
            except OutcomeUnknown as unknown:
                self._sound = False
                self._refuse(accepted, unknown)
                return
            else:
                self._commit(entries)
                self._answer(accepted)
                return
        self._refuse([(asking, None) for asking in batch], OutcomeUnknown())

    def _decide_all(self, batch: Sequence[Asking]) -> tuple[list[tuple[Asking, Answer | None]], list[Entry]]:
        """Decide one after the other, each against what the ones before it made of the board."""
        accepted: list[tuple[Asking, Answer | None]] = []
        entries: list[Entry] = []
        fresh: dict[tuple[str, str], Answer] = {}
        for asking in batch:
            first = fresh.get(asking.at) or self._answers.get(asking.at)
            if first is not None:
                if first.digest == asking.digest:
                    accepted.append((asking, first))
                else:
                    asking.refuse(Refused("id-reused"))
                continue
            try:
                entry = self._entry(asking)
            except Refused as refused:
                asking.refuse(refused)
                continue
            entries.append(entry)
            fresh[asking.at] = Answer(seq=entry.seq, digest=entry.digest, made=entry.made)
            accepted.append((asking, fresh[asking.at]))
        return accepted, entries

    def _entry(self, asking: Asking) -> Entry:
        seq, now = self._ahead.seq + 1, self._clock()
        undone = self.history.find(asking.command.seq) if isinstance(asking.command, BoardUndo) else None
        ask = Ask(
            board=self.board.id,
            actor=asking.actor,
            id=asking.id,
            now=now,
            seq=seq,
            limits=self._limits,
            entry=undone,
        )
        changes: Changes = decide(self._ahead, asking.command, ask)
        before = self._ahead.apply(changes.records)
        self._ahead.advance(seq)
        return Entry(
            seq=seq,
            id=asking.id,
            actor=asking.actor,
            what=NAMES[type(asking.command)],
            digest=asking.digest,
            at=now,
            before=before,
            after=changes.records,
            made=changes.made,
        )

    async def _save(self, entries: Sequence[Entry]) -> None:
        before = self.board.seq
        rotated = self._rotated_code(entries)
        await asyncio.get_running_loop().run_in_executor(
            self._keeper.writer,
            lambda: self._keeper.save(self.board.id, before=before, entries=entries, code_hash=rotated),
        )

    def _rotated_code(self, entries: Iterable[Entry]) -> str | None:
        generation = self.board.door.generations["join"]
        latest = self._ahead.door.generations["join"]
        return self._code_hash(self.board.id, latest) if latest != generation else None

    def _commit(self, entries: Iterable[Entry]) -> None:
        changed: dict[Key, Record | None] = {}
        stale: set[Part] = set()
        for entry in entries:
            self.board.apply(entry.after)
            self.board.advance(entry.seq)
            self.history.add(entry)
            self._answers[entry.actor, entry.id] = Answer(seq=entry.seq, digest=entry.digest, made=entry.made)
            changed.update(entry.after)
            stale |= parts_of(self.board, entry.before, entry.after)
        self.telling.committed(stale, changed)

    def _take_back(self) -> None:
        """Put the board ahead back to what is committed: nobody saw anything of it."""
        self._ahead = Board(self.board.id, epoch=self.board.epoch, seq=self.board.seq, records=self.board.records())

    async def _reload(self) -> None:
        """Read the board afresh: another process wrote, or a commit's outcome is unknown."""
        loaded = await asyncio.get_running_loop().run_in_executor(
            self._keeper.reader, lambda: self._keeper.load(self.board.id)
        )
        if loaded is None:
            raise OutcomeUnknown()
        was = self.board.seq
        self._adopt(loaded)
        stale = self.history.stale_since(self.board, was)
        self.telling.overtaken(stale)

    def _answer(self, accepted: Iterable[tuple[Asking, Answer | None]]) -> None:
        for asking, answer in accepted:
            if answer is not None:
                asking.accept(answer)

    def _refuse(self, accepted: Iterable[tuple[Asking, Answer | None]], why: BaseException) -> None:
        for asking, _ in accepted:
            asking.refuse(why)
