"""A session by chance, over a hostile network: lost, doubled and reordered messages, broken lines, faults, restarts.

With several processes the board is served by any of them: what they say to each other is lost, doubled and late, and
each may be killed in the middle of anything.
"""

from __future__ import annotations

import itertools
from random import Random
from typing import Any

from app.board.asking import Refused
from app.board.audience import FACILITATORS, base_of
from app.board.board import Board
from app.board.keeping import Answer, OutcomeUnknown, StorageFull
from app.board.records import Person, key
from app.realtime.connection import Connection
from tests.held import HeldKeeper, Line, passes
from tests.neighbourhood import Neighbourhood, by_chance
from tests.realtime import drawn
from tests.realtime.browsing import Browser, PlainPage, Tab
from tests.realtime.chances import Chances
from tests.realtime.nodes import Process
from tests.realtime.plain import Plain
from tests.realtime.stage import NOW, a_board, answered

# Written by hand: no seat, removed, no such board. Whoever is sent away by another code comes back.
FOR_GOOD = (4401, 4403, 4404)
# How a line ends whose process was killed or failed, as a browser and the proxies on the way tell it.
CUT = (1001, 1006, 1011, 1012)


class World:
    """The people, their browsers, the processes, and the ledger of every answer."""

    def __init__(self, seed: int, *, real: bool, processes: int = 1, browsing: type[Browser] = Browser) -> None:
        self.chance, self.real = Random(seed), real
        self.chances = Chances(self.chance)
        self.keeper = HeldKeeper()
        self.keeper.others = processes > 1
        self.keeper.create(a_board(), title="Our hour", code_hash="code", at=NOW)
        self.neighbourhood = Neighbourhood(by_chance(self.chance))
        drawing = drawn.DRAWER if real else Plain()
        self.processes = [Process(self.keeper, self.neighbourhood, drawing) for _ in range(processes)]
        self.old: list[Tab] = []
        self.answers: dict[tuple[str, str], Answer] = {}
        self.unknown: list[tuple[str, Any, str]] = []
        self.said: list[tuple[str, Any, str]] = []
        self._ids = itertools.count()
        self.people = ["ada", "lyon", "dakar", "quito"]
        self.generation = 1
        first = self.keeper.load("board")
        assert first is not None
        self.founded = {key(record): record for record in first.board.records()}
        tabs = [("ada", "en"), ("lyon", "en"), ("lyon", "fr"), ("dakar", "en"), ("quito", "es"), ("", "en")]
        self._browsing = browsing
        self.browsers = [browsing(self, person, language) for person, language in tabs]

    def any_process(self) -> Process:
        """Whichever a proxy would hand a request to."""
        return self.chance.choice(self.processes)

    @property
    def board(self) -> Board:
        """The board as one process knows it, which may be behind."""
        return self.processes[0].board

    async def page(self, person: str, language: str, by: Process | None = None) -> Any:
        """The page drawn afresh; None where there is no board on it."""
        process = by or self.any_process()
        room = await process.found()
        if not person and room.board.door.generations["screen"] != self.generation:
            return None
        sight = room.telling.sight
        if drawn.base_seen(sight.board, person) is drawn.WAITING:
            return None
        if not self.real:
            return PlainPage(sight, person, language)
        return drawn.page(sight, person, language, kept=(process.kept, room.history))

    async def lives(self, steps: int, *, kindly: bool = False) -> None:
        """So many things happen; then the network is kind, and everybody is told what they missed.

        `kindly`: it was kind all the time, though lines broke and people came and went.
        """
        for process in self.processes:
            await process.begins()
        for browser in self.browsers:
            await browser.visits()
        happenings = (self._asks,) * 10 + (self._hears,) * 6 + (self._suffers,) * 3 + (self._arrives,) * 3
        happenings += (self._breaks, self._passes, self._passes, self._beats, self._notices, self._faults)
        happenings += (self._asks_again, self._joins, self._revisits) + ((self._restarts,) if steps > 50 else ())
        if kindly:
            happenings = (self._asks, self._asks, self._hears, self._joins, self._passes, self._breaks, self._arrives)
        for _ in range(steps):
            await self.chance.choice(happenings)()
        await self.calms_down()

    async def ends(self) -> None:
        """Everything stops."""
        for process in self.processes:
            await process.ends()

    async def calms_down(self) -> None:
        """Nothing is lost any more; heartbeats tell who is behind, and whoever is asks."""
        self.keeper.before.clear()
        self.keeper.after.clear()
        await passes(1.5)
        head = self.keeper.heads(["board"])["board"]
        behind = [each for each in self.processes if (each.board.seq, each.board.epoch) != head]
        assert not behind, "within a second and a half every process knows what is kept, whatever hints were lost"
        self.neighbourhood.fate = lambda: (0.0,)
        for tab in self.old:
            tab.leaves()
        self.old.clear()
        for _ in range(2 * len(self.unknown)):
            await self._asks_again()
        assert not self.unknown, "every unknown outcome ends"
        await self._somebody_looks_in()
        for _ in range(4):
            # What other processes said of who is there is forgotten, and said again, within so many seconds.
            await passes(2 if len(self.processes) == 1 else 30)
            await self._beats()
            for browser in self.browsers:
                await browser.arrives()
                await browser.hears()
                await browser.arrives()
                await browser.hears()
            for tab in self.old:
                tab.leaves()
            self.old.clear()

    async def _somebody_looks_in(self) -> None:
        """For a moment: whoever is here is told anew."""
        for process in self.processes:
            connection = Connection(line=Line(), person="quito", language="en")
            if process.room.telling.come(connection, since=process.board.seq, epoch=process.board.epoch):
                process.room.telling.leave(connection)

    async def _asks(self) -> None:
        who = self.chance.choice(self.people)
        board = self.any_process().board
        person = board.get(Person, who)
        hosts = person is not None and base_of(person) is FACILITATORS
        some = [self.chances.command(board, hosts=hosts) for _ in range(self.chance.choice((1, 1, 1, 5)))]
        await self._ask([(who, command, f"id-{next(self._ids)}") for command in some])

    async def _ask(self, asked: list[tuple[str, Any, str]]) -> None:
        """Ask, some of it twice at once and anywhere, and write down what was answered."""
        doubled = [*asked, *(each for each in asked if self.chance.random() < 0.2)]
        before = set(self.answers)
        answers = await answered(*(self.any_process().asks(*each) for each in doubled))
        for (who, command, id_), answer in zip(doubled, answers, strict=True):
            if isinstance(answer, OutcomeUnknown):
                self.unknown.append((who, command, id_))
            elif isinstance(answer, Answer):
                assert self.answers.setdefault((who, id_), answer) == answer
                self.said.append((who, command, id_))
            else:
                assert isinstance(answer, Refused | StorageFull), answer
                assert (who, id_) not in before, f"an accepted command is never refused afterwards: {answer!r}"

    async def _asks_again(self) -> None:
        if self.unknown:
            await self._ask([self.unknown.pop(0)])
        elif self.said:
            await self._ask([self.chance.choice(self.said)])

    async def _joins(self) -> None:
        who = f"guest-{len(self.people)}" if len(self.people) < 8 else self.chance.choice(self.people)
        await self._ask([(who, self.chances.joining(), f"id-{next(self._ids)}")])
        loaded = self.keeper.load("board")
        if loaded is not None and loaded.board.get(Person, who) is not None and who not in self.people:
            self.people.append(who)
            self.browsers.append(self._browsing(self, who, self.chance.choice(("en", "fr"))))
            await self.browsers[-1].visits()

    async def _hears(self) -> None:
        await self.chance.choice(self.browsers).hears(self.chance.randint(1, 4))

    async def _suffers(self) -> None:
        self.chance.choice(self.browsers).suffers(self.chance)

    async def _arrives(self) -> None:
        await self.chance.choice(self.browsers).arrives()

    async def _breaks(self) -> None:
        await self.chance.choice(self.browsers).breaks()

    async def _revisits(self) -> None:
        browser, process = self.chance.choice(self.browsers), self.any_process()
        self.generation = (await process.found()).board.door.generations["screen"]
        await browser.visits()

    async def _passes(self) -> None:
        await passes(self.chance.choice((0.01, 0.05, 1.0)))

    async def _beats(self) -> None:
        for process in self.processes:
            process.room.telling.beat(0)

    async def _notices(self) -> None:
        """The server notices a line that broke a while ago: the close comes late."""
        if self.old:
            self.old.pop(self.chance.randrange(len(self.old))).leaves()

    async def _faults(self) -> None:
        fault = self.chance.choice((StorageFull(), OutcomeUnknown(), RuntimeError("a fault"), None))
        if fault is None:
            self.keeper.loses_the_answer()
        else:
            self.keeper.before.append(fault)

    async def _restarts(self) -> None:
        """A process is killed, maybe while somebody asks it; another one begins, and who was there comes back."""
        process, room = (each := self.any_process()), each.room
        asked = self.chance.choice(((), self.said[-1:]))
        waiting = [process.asks(*command) for command in asked]
        await process.dies()
        await answered(*waiting)
        await process.begins()
        self.old = [tab for tab in self.old if tab.room is not room]
        for browser in self.browsers:
            if browser.tab is not None and browser.tab.room is room:
                browser.dies(self.chance.choice(CUT))

    # What must hold

    def replayed(self) -> tuple[Board, dict[Any, Any]]:
        """The board, and what its entries make of how it was founded."""
        loaded = self.keeper.load("board")
        assert loaded is not None
        made: dict[Any, Any] = dict(self.founded)
        for entry in self.keeper.entries_since("board", 0):
            made |= entry.after
        return loaded.board, {at: record for at, record in made.items() if record is not None}

    async def divergences(self) -> list[str]:
        """What pages show that a page drawn afresh does not, whichever process draws it."""
        found: list[str] = []
        for browser, process in itertools.product(self.browsers, self.processes):
            fresh = await self.page(browser.person, browser.language, process)
            if browser.ended not in (0, *FOR_GOOD):
                found.append(f"{browser.person or 'screen'} was sent away by {browser.ended} and never came back")
            if (browser.tab is not None and browser.tab.line.code in FOR_GOOD) or (browser.page is None) != (
                fresh is None
            ):
                # Sent away (a reload says why), or a card that a reload turns into the board.
                continue
            if fresh is None:
                continue
            name = f"{browser.person or 'screen'} ({browser.language})"
            if self.real:
                found += (f"{name}: {line}" for line in drawn.differences(browser.page, fresh))
            elif browser.page.shown != fresh.shown or browser.page.seq != fresh.seq:
                found += _between(name, browser.page, fresh)
        return found


def _between(name: str, seen: PlainPage, fresh: PlainPage) -> list[str]:
    parts = [part for part in seen.shown | fresh.shown if seen.shown.get(part) != fresh.shown.get(part)]
    shown = [f"{name}: {part}: {seen.shown.get(part)} is by now {fresh.shown.get(part)}" for part in parts]
    return [f"{name}: at {seen.seq} of {fresh.seq}", *shown]
