"""A live board to test on: a facilitator and three participants, what they ask, and the tabs that follow it."""

import asyncio
import itertools
from collections.abc import Awaitable
from typing import Any

from app.board.board import Board
from app.board.founding import found
from app.board.keeping import Answer
from app.board.limits import Limits
from app.board.notes import NoteAdd
from app.board.people import PersonJoin
from app.board.records import Person
from app.realtime.connection import Connection
from app.realtime.neighbours import Alone, Neighbours
from app.realtime.room import Room
from tests.held import HeldKeeper, Line, settled
from tests.realtime.plain import Plain

BOARD = "board"
NOW = 1_790_000_000.0
PEOPLE = {"ada": "facilitator", "lyon": "participant", "dakar": "participant", "quito": "participant"}


def a_board(**also: Any) -> Board:
    """A board of the ready-made agenda, in its first step, where four people are seated."""
    records = found(BOARD, title="Our hour", template="brainstorm-and-vote", language="en", now=NOW)
    seated = [
        Person(id=id_, name=id_.title(), place=id_.title(), language="en", role=role, joined_at=NOW)
        for id_, role in PEOPLE.items()
    ]
    return Board(BOARD, epoch="spring", records=[*records, *seated, *also.get("records", ())])


class Stage:
    """One process that serves the board; several over one keeper are several processes."""

    def __init__(self, keeper: HeldKeeper, board: Board | None = None, drawing: Any = None) -> None:
        self.keeper, self.drawing, self.clock = keeper, drawing or Plain(), NOW
        self._process, self._ids = keeper.processes, itertools.count(1)
        self.neighbours: Neighbours = Alone()
        keeper.processes += 1
        if keeper.load(BOARD) is None:
            keeper.create(board or a_board(), title="Our hour", code_hash="code", at=NOW)

    def opens(self) -> None:
        """The process begins to serve the board."""
        loaded = self.keeper.load(BOARD)
        assert loaded is not None
        self.room = Room(
            loaded,
            self.keeper,
            self.drawing,
            clock=lambda: self.clock,
            limits=Limits(),
            code_hash=lambda board, generation: f"{board}-{generation}",
            neighbours=self.neighbours,
        )
        self.neighbours.listen(lambda _, kind, process, said: self.room.telling.overhear(kind, process, said))
        self.pump = asyncio.create_task(self.room.run())

    async def closes(self) -> None:
        """The process ends."""
        self.keeper.hand.held = self.keeper.reading.held = False
        self.keeper.hand.release()
        self.keeper.reading.release()
        self.pump.cancel()
        await asyncio.gather(self.pump, return_exceptions=True)
        self.room.telling.stop(1012)

    @property
    def board(self) -> Board:
        """The board as it is committed."""
        return self.room.board

    @property
    def step(self) -> str:
        """The step of writing."""
        return next(step.id for step in self.board.steps if step.kind == "write")

    def asks(self, who: str, command: Any, id_: str = "") -> "asyncio.Task[Answer]":
        """Somebody asks, and the answer is not waited for."""
        return asyncio.create_task(self.room.submit(who, command, id_ or f"asking-{self._process}-{next(self._ids)}"))

    async def does(self, who: str, command: Any, id_: str = "") -> Answer:
        """Somebody asks and is answered."""
        return await self.asks(who, command, id_)

    def note(self, text: str = "More trees", **also: Any) -> NoteAdd:
        """A note for the step of writing."""
        return NoteAdd(step=self.step, text=text, **also)

    async def posts(self, who: str = "lyon", text: str = "More trees", **also: Any) -> str:
        """Somebody posts a note; answers its id."""
        return (await self.does(who, self.note(text, **also))).made["note"]

    @property
    def texts(self) -> list[str]:
        """The texts of all notes, in their order."""
        return [note.text for note in self.board.notes(self.step)]

    def follows(self, person: str, *, since: int | None = None, **also: Any) -> "Tab":
        """A tab of that person follows the board, from now on unless it says since when."""
        return Tab(self, person, since=self.board.seq if since is None else since, **also)

    def joins(self, who: str, **also: Any) -> Awaitable[Answer]:
        """Somebody comes in by the door."""
        joining = {"name": who.title(), "place": who.title(), "language": "en", **also}
        return self.does(who, PersonJoin(**joining))


class Tab:
    """One browser tab: a line that writes down what it is told."""

    def __init__(self, stage: Stage, person: str, *, since: int, epoch: str = "", **also: Any) -> None:
        self._stage, self.line = stage, Line()
        facts = {"language": "en", **also}
        self.connection = Connection(line=self.line, person=person, **facts)
        self.seated = stage.room.telling.come(self.connection, since=since, epoch=epoch or stage.board.epoch)

    def leaves(self) -> None:
        """The tab is closed."""
        self._stage.room.telling.leave(self.connection)

    def sees(self, text: str) -> bool:
        """Was it told this?"""
        return any(text in told for told in self.line.texts)


async def answered(*askings: "asyncio.Task[Any]") -> list[Any]:
    """What each was answered, refusals and faults too."""
    await settled()
    return list(await asyncio.gather(*askings, return_exceptions=True))
