"""A room: the one queue through which a board changes. Decide, commit, and only then answer and tell."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import structlog

from app.board.asking import Ask, Changes, Refused
from app.board.board import Board
from app.board.deciding import NAMES, decide
from app.board.entries import Entry, without_pen
from app.board.keeping import Answer, Behind, Keeper, Loaded, OutcomeUnknown, StorageFull, Unavailable
from app.board.limits import Limits
from app.board.records import Key, Record
from app.board.undoing import BoardUndo
from app.realtime.asking import Asking
from app.realtime.frames import Audiences
from app.realtime.history import History
from app.realtime.pens import Pens
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
        self._closing = False
        self._adopt(loaded)
        self.audiences = Audiences(drawing)
        self.telling = Telling(self.audiences, lambda: self.board, lambda: self.history)
        self.pens = Pens(lambda: self.board, self.submit, limits)
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
        """Ask for a command and wait for its answer. Whoever stops waiting does not stop the command.

        Raises Refused; StorageFull and OutcomeUnknown when it could not be kept, or nobody knows whether it was:
        then the same id may be asked again.
        """
        if self._closing:
            raise OutcomeUnknown()
        self.used_at = time.monotonic()
        asking = Asking(actor, command, id_, asyncio.get_running_loop().create_future())
        self._queue.put_nowait(asking)
        return await asking.answer

    async def run(self) -> None:
        """Serve the queue until cancelled. What is waiting is decided together and kept in one transaction."""
        try:
            while True:
                await self._serve(await self._next())
        finally:
            self._closing = True
            while not self._queue.empty():
                self._queue.get_nowait().refuse(OutcomeUnknown())
                self._queue.task_done()

    async def finish(self) -> None:
        """Take nothing more, and return once everybody who asked before has an answer."""
        self._closing = True
        await self._queue.join()

    async def _next(self) -> list[Asking]:
        batch = [await self._queue.get()]
        while len(batch) < TOGETHER and not self._queue.empty():
            batch.append(self._queue.get_nowait())
        return batch

    async def _serve(self, batch: Sequence[Asking]) -> None:
        try:
            await self._settle(batch)
            if not self._sound:
                await self._recover()
        except Exception as fault:  # one of the two pumps: a fault in one batch must not stop the board
            log.exception("batch failed", board=self.board.id, fault=type(fault).__name__)
            self._sound = False
        finally:
            for asking in batch:
                asking.refuse(OutcomeUnknown())
                self._queue.task_done()

    async def _settle(self, batch: Sequence[Asking]) -> None:
        """Nobody is answered before what was decided is kept: a refusal may rest on an entry that comes to nothing."""
        for _ in range(TRIES):
            if not self._sound:
                await self._reload()
            batch = [asking for asking in batch if not _answered(asking, self._answers.get(asking.at))]
            entries, refusals = self._decide_all(batch)
            last = self._last_words()
            if last:
                self._take_back()
                entries, refusals = self._decide_all([*last, *batch])
            try:
                if entries:
                    await self._save(entries)
            except Behind:
                self._sound = False
                continue
            except StorageFull as full:
                self._take_back()
                _refuse(batch, full)
            except OutcomeUnknown as unknown:
                self._sound = False
                _refuse(batch, unknown)
            else:
                self._commit(entries)
                self._answer(batch, refusals)
                self._tell(entries)
            return

    def _decide_all(self, batch: Sequence[Asking]) -> tuple[list[Entry], dict[Asking, Refused]]:
        """Decide one after the other, each against what the ones before it made of the board."""
        entries: list[Entry] = []
        refusals: dict[Asking, Refused] = {}
        fresh: set[tuple[str, str]] = set()
        for asking in batch:
            if asking.at in fresh:
                continue
            try:
                entries.append(self._entry(asking))
            except Refused as refused:
                refusals[asking] = refused
            else:
                fresh.add(asking.at)
        return entries, refusals

    def _last_words(self) -> list[Asking]:
        """What people wrote together and could no longer ask to be kept, after what was just decided."""
        found = self.pens.last_words(self._ahead)
        return [Asking(person, command, uuid4().hex, asyncio.Future()) for person, command in found]

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
        rotated = self._rotated_code()
        await asyncio.get_running_loop().run_in_executor(
            self._keeper.writer,
            lambda: self._keeper.save(self.board.id, before=before, entries=entries, code_hash=rotated),
        )

    def _rotated_code(self) -> str | None:
        generation = self.board.door.generations["join"]
        latest = self._ahead.door.generations["join"]
        return self._code_hash(self.board.id, latest) if latest != generation else None

    def _commit(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.board.apply(entry.after)
            self.board.advance(entry.seq)
            self.history.add(replace(entry, before=without_pen(entry.before), after=without_pen(entry.after)))
            self._answers[entry.actor, entry.id] = Answer(seq=entry.seq, digest=entry.digest, made=entry.made)

    def _answer(self, batch: Iterable[Asking], refusals: Mapping[Asking, Refused]) -> None:
        for asking in batch:
            if asking in refusals:
                asking.refuse(refusals[asking])
            else:
                _answered(asking, self._answers.get(asking.at))

    def _tell(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        changed: dict[Key, Record | None] = {}
        for entry in entries:
            changed.update(entry.after)
        stale = self.history.stale_since(self.board, entries[0].seq - 1)
        self.telling.committed(stale or set(), changed)
        self.pens.look()

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
        was = self.board
        self._adopt(loaded)
        same = self.board.epoch == was.epoch
        self.telling.overtaken(self.history.stale_since(self.board, was.seq) if same else None)
        self.pens.look()

    async def _recover(self) -> None:
        """Read it now, so that pages see what came of it; if that cannot be, the next asking tries again."""
        with contextlib.suppress(Unavailable, OutcomeUnknown):
            await self._reload()


def _answered(asking: Asking, first: Answer | None) -> bool:
    """Answer a command that was accepted before as it was answered then; False when there is no such answer."""
    if first is None:
        return False
    if first.digest == asking.digest:
        asking.accept(first)
    else:
        asking.refuse(Refused("id-reused"))
    return True


def _refuse(batch: Iterable[Asking], why: BaseException) -> None:
    for asking in batch:
        asking.refuse(why)
