"""A room: the one queue through which a board changes. Decide, commit, and only then answer and tell."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

import structlog

from app.board.asking import Ask, Changes, Refused
from app.board.board import Board
from app.board.deciding import NAMES, decide
from app.board.entries import Entry
from app.board.forgetting import forgets
from app.board.keeping import Answer, Behind, Keeper, Loaded, OutcomeUnknown, StorageFull, Unavailable
from app.board.limits import Limits
from app.board.parts import Part
from app.board.records import Key, Record
from app.board.undoing import BoardUndo
from app.realtime.asking import Asking, refuse
from app.realtime.catching_up import CatchingUp
from app.realtime.frames import Audiences
from app.realtime.history import History
from app.realtime.known import Known
from app.realtime.metering import Meter, Silent, outcome_of
from app.realtime.neighbours import Alone, Neighbours
from app.realtime.pens import Pens
from app.realtime.telling import Telling
from app.realtime.turns import Turns
from app.realtime.wire import Clock, Drawing

TOGETHER = 64
TRIES = 5
log = structlog.get_logger()


class Room:
    """One board, live. `neighbours` hear of what is committed; `gone` is called when the board was erased elsewhere.

    `renewed` is called when it begins another life: what was made of the one before is not to be given any more.
    """

    def __init__(
        self,
        loaded: Loaded,
        keeper: Keeper,
        drawing: Drawing,
        *,
        clock: Clock,
        limits: Limits,
        code_hash: Callable[[str, int], str],
        neighbours: Neighbours | None = None,
        gone: Callable[[], None] | None = None,
        renewed: Callable[[], None] | None = None,
        meter: Meter | None = None,
    ) -> None:
        self._renewed, self._meter = renewed or (lambda: None), meter or Silent()
        self._keeper, self._clock, self._limits, self._code_hash = keeper, clock, limits, code_hash
        self._neighbours = neighbours or Alone()
        self._queue: asyncio.Queue[Asking | None] = asyncio.Queue()
        self._closing = False
        self._known = Known(loaded)
        self._catching_up = CatchingUp(
            self._known, keeper, told=self._others, overtaken=self._overtaken, gone=gone or (lambda: None)
        )
        self._turns = Turns(self._known, keeper, self._catching_up, self._meter)
        self.audiences = Audiences(drawing)
        self.telling = Telling(self.audiences, lambda: self.board, lambda: self.history, self._neighbours, self._meter)
        self.pens = Pens(lambda: self.board, self.submit, limits, self._neighbours)
        self.used_at = time.monotonic()

    @property
    def board(self) -> Board:
        """As it is committed; may be read at any time."""
        return self._known.board

    @property
    def history(self) -> History:
        """Its newest entries."""
        return self._known.history

    async def submit(self, actor: str, command: Any, id_: str) -> Answer:
        """Ask for a command and wait for its answer. Whoever stops waiting does not stop the command.

        Raises Refused; StorageFull and OutcomeUnknown when it could not be kept, or nobody knows whether it was:
        then the same id may be asked again.
        """
        if self._closing:
            raise OutcomeUnknown()
        self.used_at = time.monotonic()
        asking = Asking(actor, command, id_, asyncio.get_running_loop().create_future())
        asking.answer.add_done_callback(lambda done: self._meter.answered(NAMES[type(command)], outcome_of(done)))
        self._queue.put_nowait(asking)
        return await asking.answer

    def look(self) -> "asyncio.Future[bool]":
        """Have the room look for what other processes wrote; whether it could, once it has. Nobody need wait."""
        asked = self._catching_up.ask(lambda: self._queue.put_nowait(None))
        if self._closing:
            self._catching_up.end()
        return asked

    async def caught_up(self) -> bool:
        """Whether the board here is as far as it was kept when this was asked; at once where nobody else writes."""
        return not self._keeper.shared or await asyncio.shield(self.look())

    async def run(self) -> None:
        """Serve the queue until cancelled. What is waiting is decided together and kept in one transaction."""
        try:
            while True:
                await self._serve(await self._next())
        finally:
            self._closing = True
            while not self._queue.empty():
                asking = self._queue.get_nowait()
                if asking is not None:
                    asking.refuse(OutcomeUnknown())
                self._queue.task_done()
            self._catching_up.end()

    async def finish(self) -> None:
        """Take nothing more, and return once everybody who asked before has an answer."""
        self._closing = True
        await self._queue.join()

    async def _next(self) -> list[Asking | None]:
        batch = [await self._queue.get()]
        while len(batch) < TOGETHER and not self._queue.empty():
            batch.append(self._queue.get_nowait())
        return batch

    async def _serve(self, waiting: Sequence[Asking | None]) -> None:
        batch = [asking for asking in waiting if asking is not None]
        try:
            if len(batch) < len(waiting):
                await self._catching_up.answer()
            if batch:
                await self._settle(batch)
            if not self._catching_up.sound:
                await self._catching_up.recover()
        except (Unavailable, OutcomeUnknown) as no:
            log.warning("board waits", board=self.board.id, fault=type(no).__name__)
        except Exception as fault:  # one of the two pumps: a fault in one batch must not stop the board
            log.exception("batch failed", board=self.board.id, fault=type(fault).__name__)
            self._catching_up.sound = False
        finally:
            for asking in batch:
                asking.refuse(OutcomeUnknown())
            for _ in waiting:
                self._queue.task_done()

    async def _settle(self, batch: Sequence[Asking]) -> None:
        for _ in range(TRIES):
            if not self._catching_up.sound:
                await self._catching_up.reload()
            try:
                await self._turns.begin()
                if await self._settled(batch):
                    return
            finally:
                await self._turns.end()

    async def _settled(self, batch: Sequence[Asking]) -> bool:
        """Nobody is answered before what was decided is kept: a refusal may rest on an entry that comes to nothing.

        False when others wrote meanwhile, and it must be decided again.
        """
        batch = [asking for asking in batch if not _answered(asking, self._known.answers.get(asking.at))]
        entries, refusals = self._decide_all(batch)
        last = self._last_words()
        if last:
            self._known.take_back()
            entries, refusals = self._decide_all([*last, *batch])
        try:
            if entries:
                await self._turns.save(entries, self._rotated_code())
            elif refusals and not await self._turns.stands():
                return False
        except Behind:
            self._known.take_back()
            return False
        except StorageFull as full:
            self._known.take_back()
            # One of these may have been accepted by another process, and its answer stands.
            if not await self._turns.stands():
                return False
            refuse(batch, full)
        except (OutcomeUnknown, Unavailable):
            self._catching_up.sound = False
            refuse(batch, OutcomeUnknown())
        else:
            self._known.commit(entries)
            self._answer(batch, refusals)
            self._tell(entries)
            self._say(entries)
            self._leave_nothing(entries)
        return True

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
        found = self.pens.last_words(self._known.ahead)
        return [Asking(person, command, uuid4().hex, asyncio.Future()) for person, command in found]

    def _entry(self, asking: Asking) -> Entry:
        seq, now = self._known.ahead.seq + 1, self._clock()
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
        changes: Changes = decide(self._known.ahead, asking.command, ask)
        before = self._known.ahead.apply(changes.records)
        self._known.ahead.advance(seq)
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

    def _rotated_code(self) -> str | None:
        generation = self.board.door.generations["join"]
        latest = self._known.ahead.door.generations["join"]
        return self._code_hash(self.board.id, latest) if latest != generation else None

    def _answer(self, batch: Iterable[Asking], refusals: Mapping[Asking, Refused]) -> None:
        for asking in batch:
            if asking in refusals:
                asking.refuse(refusals[asking])
            else:
                _answered(asking, self._known.answers.get(asking.at))

    def _tell(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        changed: dict[Key, Record | None] = {}
        for entry in entries:
            changed.update(entry.after)
        stale = self.history.stale_since(self.board, entries[0].seq - 1)
        self.telling.committed(stale or set(), changed)
        self.pens.look()

    def _others(self, entries: Sequence[Entry]) -> None:
        self._meter.took_in(entries)
        self._tell(entries)

    def _overtaken(self, stale: set[Part] | None) -> None:
        if stale is None:
            self._renewed()
        self.telling.overtaken(stale)
        self.pens.look()

    def _leave_nothing(self, entries: Sequence[Entry]) -> None:
        """Whoever was forgotten is not in the past any more either: it is read afresh."""
        if any(map(forgets, entries)):
            self._catching_up.sound = False
            leaving = asyncio.get_running_loop().run_in_executor(self._keeper.writer, self._keeper.leave_nothing)
            leaving.add_done_callback(lambda done: done.exception() and log.warning("erased words may lie about yet"))

    def _say(self, entries: Sequence[Entry]) -> None:
        if entries:
            self._neighbours.say(self.board.id, "head", {"seq": self.board.seq, "epoch": self.board.epoch})


def _answered(asking: Asking, first: Answer | None) -> bool:
    """Answer a command that was accepted before as it was answered then; False when there is no such answer."""
    if first is None:
        return False
    if first.digest == asking.digest:
        asking.accept(first)
    else:
        asking.refuse(Refused("id-reused"))
    return True
