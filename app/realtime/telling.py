"""When a room tells its connections: at once while it is quiet, at a measured pace while it is busy."""

import asyncio
import json
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

import structlog

from app.board.audience import FACILITATORS, SCREEN
from app.board.board import Board
from app.board.hinting import may_be_told
from app.board.parts import Part, presence_parts
from app.board.records import Door, Key, Person, Record
from app.realtime.connection import NO_SEAT, REMOVED, Connection
from app.realtime.frames import REFRESH, Audiences, owner
from app.realtime.here import Here
from app.realtime.hints import Hints
from app.realtime.history import History
from app.realtime.metering import REFRESHED, RESUMED, Meter, Silent
from app.realtime.neighbours import BACK, LOST, Alone, Neighbours
from app.realtime.picture import Picture
from app.realtime.wire import Sight

SHORTEST = 0.03
SHARE = 12
# What a pass costs for each line is saved by waiting, what it costs for each byte is not: with many lines and many
# bytes a share of each pass would be ever more. So does the first pass of a process, which compiles the templates.
LONGEST = 0.15
# Characters that one page alone is told at once; beyond it a page, which is compressed, costs both sides less.
MOST_MISSED = 128 * 1024
PRESENCE = 1.0
PRESENCE_PARTS = ("here", "people")
log = structlog.get_logger()


class Telling:
    """Gathers stale parts and tells them together; presence is gathered once a second."""

    def __init__(
        self,
        audiences: Audiences,
        board: Callable[[], Board],
        history: Callable[[], History],
        neighbours: Neighbours | None = None,
        meter: Meter | None = None,
    ) -> None:
        self._audiences, self._board, self._history = audiences, board, history
        self._meter = meter or Silent()
        self._stale: set[Part] = set()
        self._neighbours = neighbours or Alone()
        self._here = Here(board().id, self._neighbours, lambda: audiences.of_audience(SCREEN))
        self._told = board().seq
        self._next_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._presence: asyncio.TimerHandle | None = None
        self._presence_at = 0.0
        self._waiting: set[Part] = set()
        self._picture = Picture()
        self._hints = Hints(self._tell_hints)

    @property
    def sight(self) -> Sight:
        """The board as it is committed, and who is here now."""
        return Sight(self._board(), self._here.people, self._picture.number, self._hints.writing)

    @property
    def screens(self) -> int:
        """How many screens show the board now."""
        return self._audiences.of_audience(SCREEN) + self._here.screens

    def committed(self, stale: set[Part], changed: Mapping[Key, Record | None]) -> None:
        """Some records have a next version: reseat who they are about, and tell the stale parts."""
        waits = self._gather(_of_everybody(stale, changed))
        self._stale |= stale - waits
        if any(kind in (Person.KIND, Door.KIND) for kind, _ in changed):
            self._reseat(changed)
        if not waits or self._anybody_sees(stale - waits):
            self._tell_soon()

    def _gather(self, parts: set[Part]) -> set[Part]:
        """Of these parts, those that wait: a thousand people may join in a few seconds, and everybody is told of it.

        The first is told at once, what follows within a second is told together.
        """
        now = asyncio.get_running_loop().time()
        if not parts or now >= self._presence_at:
            self._presence_at = now + PRESENCE if parts else self._presence_at
            return set()
        self._waiting |= parts
        self._presence_soon()
        return parts

    def _anybody_sees(self, parts: set[Part]) -> bool:
        """Not what is a person's own who has no page open: whoever is just coming in."""
        return any(not owner(part) or self._audiences.of(owner(part)) for part in parts)

    def overtaken(self, stale: set[Part] | None) -> None:
        """The board was read afresh: tell what went stale, or ask every page to come for a new one."""
        self._audiences.reseat(self.sight, self._audiences.all())
        if stale is None:
            self._told = self._board().seq
            self._refresh_all()
            return
        self._stale |= stale
        self._tell_soon()

    def _reseat(self, changed: Mapping[Key, Record | None]) -> None:
        if any(kind == Door.KIND for kind, _ in changed):
            self._audiences.reseat(self.sight, [each for each in self._audiences.all() if not each.person])
        for kind, id_ in changed:
            if kind == Person.KIND:
                self._audiences.reseat(self.sight, self._audiences.of(id_))
                self._presence_soon()

    def _tell_soon(self) -> None:
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            return
        if loop.time() >= self._next_at:
            self._tell()
        else:
            self._timer = loop.call_at(self._next_at, self._tell)

    def _tell(self) -> None:
        self._timer = None
        stale, self._stale = self._stale, set()
        loop = asyncio.get_running_loop()
        began, worked = loop.time(), time.thread_time()
        try:
            written = self._audiences.tell(self.sight, stale, after=self._told)
            self._meter.told(loop.time() - began, written)
        except Exception as fault:  # the other pump: what cannot be drawn must not leave a hole in what pages show
            log.exception("frame failed", board=self._board().id, fault=type(fault).__name__)
            self._refresh_all()
        self._told = self._board().seq
        now = loop.time()
        # Work, not the time that passed: what else runs on the machine is no reason to tell less often.
        cost = min(now - began, time.thread_time() - worked)
        self._next_at = now + min(LONGEST, max(SHORTEST, SHARE * cost))

    def _refresh_all(self) -> None:
        self._meter.resynced(REFRESHED, len(self._audiences))
        self._audiences.say(REFRESH)

    def come(self, connection: Connection, *, since: int, epoch: str) -> bool:
        """Count a connection in and tell it what it missed, in one step. False (and closed) when it has no seat."""
        board = self._board()
        base = connection.base_now(board)
        if base is None:
            connection.line.close(REMOVED if connection.person else NO_SEAT)
            return False
        connection.base, connection.reads_only = base, connection.reads_only_now(board)
        self._audiences.add(connection)
        self._count(connection, +1)
        if connection.page in ("", base.value):
            self.ask(connection, since=since, epoch=epoch, also=self._picture.since(connection.gathered))
        else:
            connection.line.tell(REFRESH)
        return True

    def ask(self, connection: Connection, *, since: int, epoch: str, also: Collection[Part] = ()) -> None:
        """Tell one connection what it missed after `since`, or to fetch the page when that is not to be had.

        `also` are parts that it lacks without any entry: who is here.
        """
        board = self._board()
        stale = self._history().stale_since(board, since) if epoch == board.epoch else None
        if stale is not None and self._presence is not None and connection.base is not FACILITATORS:
            # Who is here they are told within a second, with all others.
            stale -= presence_parts(board)
        missed, own = REFRESH, ""
        if stale is not None:
            if since >= board.seq and not also:
                return
            missed, own = self._audiences.missed(self.sight, {*stale, *also}, connection, after=since)
        whole = stale is None or len(missed) + len(own) > MOST_MISSED
        if whole or since < board.seq:
            self._meter.resynced(REFRESHED if whole else RESUMED)
        if whole:
            connection.line.tell(REFRESH)
        else:
            connection.line.tell(missed, own)

    def leave(self, connection: Connection) -> None:
        """Count a connection out."""
        self._audiences.drop(connection)
        self._count(connection, -1)

    def _count(self, connection: Connection, by: int) -> None:
        """A screen is nobody, yet whoever comes is told who is here: that went on while they were away."""
        self._here.count(connection.person, by)
        self._presence_soon()

    def _presence_soon(self) -> None:
        if self._presence is None:
            self._presence = asyncio.get_running_loop().call_later(PRESENCE, self._tell_presence)

    def _tell_presence(self) -> None:
        self._presence = None
        self._presence_at = asyncio.get_running_loop().time() + PRESENCE
        self._stale |= self._waiting
        self._waiting = set()
        self._here.say_soon()
        self._stale |= presence_parts(self._board()) | self._picture.advance(self._board(), self._here.people)
        self._tell_soon()

    def hear(self, connection: Connection, part: str) -> None:
        """Somebody writes there just now, a step or a note; nothing of it is kept, and no page's number moves by it."""
        if self._writes(connection.person, part):
            self._neighbours.say(self._board().id, "typing", {"person": connection.person, "part": part})

    def _writes(self, person_id: str, part: str) -> bool:
        person = self._board().get(Person, person_id)
        if person is None or not (part == "" or may_be_told(self._board(), person, part)):
            return False
        self._hints.hear(person.id, part)
        return True

    def overhear(self, kind: str, process: str, said: Mapping[str, Any]) -> None:
        """What another process says of who is in it and who writes there; judged as what one's own pages say."""
        if kind == "here" and self._here.heard(process, said):
            self._presence_soon()
        elif kind == "who":
            self._here.say()
        elif kind == "typing":
            self._writes(str(said["person"]), str(said["part"]))
        elif kind in (LOST, BACK):
            self._here.turned(lost=kind == LOST)

    def look_round(self) -> None:
        """Every ten seconds, whoever is here: the other processes are told so, and those that say nothing are gone."""
        if self._here.beat():
            self._presence_soon()

    def _tell_hints(self) -> None:
        self._stale.add("typing")
        self._tell_soon()

    def beat(self, now: float) -> None:
        """The heartbeat: where the board is, and what the time is (clocks on phones are wrong)."""
        self._audiences.say(json.dumps({"head": self._board().seq, "now": round(now, 3)}))

    def stop(self, code: int) -> None:
        """Close every connection with this code and tell nothing more."""
        self._hints.stop()
        for timer in (self._timer, self._presence):
            if timer is not None:
                timer.cancel()
        for connection in self._audiences.all():
            connection.line.close(code)


def _of_everybody(stale: set[Part], changed: Mapping[Key, Record | None]) -> set[Part]:
    """The parts that say how many there are and who: stale whenever somebody comes or is changed."""
    people = all(kind == Person.KIND for kind, _ in changed)
    return {part for part in stale if part in PRESENCE_PARTS or (people and part.startswith("progress/"))}
