"""A session by chance, over a hostile network: lost, doubled and reordered messages, broken lines, faults, restarts."""

from __future__ import annotations

import itertools
import json
from collections import deque
from dataclasses import dataclass, field
from random import Random
from typing import Any

from app.board.asking import Refused
from app.board.audience import FACILITATORS, base_of
from app.board.board import Board
from app.board.keeping import Answer, OutcomeUnknown, StorageFull
from app.board.records import Person, key
from app.realtime.wire import Sight
from tests.held import HeldKeeper, passes
from tests.realtime import drawn, plain
from tests.realtime.chances import Chances
from tests.realtime.stage import Stage, Tab, answered

TERMINAL = (4401, 4403, 4404)


class PlainPage:
    """A page of the plain drawing, which takes frames by the browser's rules."""

    def __init__(self, sight: Sight, person: str, language: str) -> None:
        self.seq, self.epoch = sight.board.seq, sight.board.epoch
        base = drawn.base_seen(sight.board, person)
        self.audience, self.shown = base.value, plain.page(sight, base, person, language)

    def receive(self, text: str) -> str:
        """Apply a message: applied, dropped, missing, refresh or heard."""
        frame = json.loads(text)
        if "seq" not in frame:
            return "refresh" if frame.get("refresh") else "heard"
        if frame["epoch"] != self.epoch:
            return "missing"
        if frame["seq"] < self.seq:
            return "dropped"
        lines = [json.loads(line) for line in frame["content"].splitlines() if line]
        if frame["after"] > self.seq or not self._all_have_their_place(lines):
            return "missing"
        for part, into, value in lines:
            self._apply(part, into, value)
        self.seq = frame["seq"]
        return "applied"

    def _all_have_their_place(self, lines: list[plain.Seen]) -> bool:
        there = set(self.shown) | {part for part, _, _ in lines}
        return all(value is None or into is None or into in there for _, into, value in lines)

    def _apply(self, part: str, into: str | None, value: Any) -> None:
        if value is not None:
            self.shown[part] = value if part.startswith(("mine/", "own/")) else [into, value]
            return
        for inner in [inner for inner, shown in self.shown.items() if shown[0] == part]:
            self.shown.pop(inner)
        self.shown.pop(part, None)


@dataclass
class Browser:
    """One tab: its page, its line, what is on the way to it, and whether it is fetching the page just now."""

    world: World
    person: str
    language: str
    page: Any = None
    tab: Tab | None = None
    on_the_way: deque[str] = field(default_factory=deque)
    fetching: tuple[Any] | None = None
    asks_for_missing: bool = False
    behind: int = 0
    fetched: int = 0

    def visits(self) -> None:
        """Load the page, and open a line if there is a board on it."""
        self.page, self.fetching = self.world.page(self.person, self.language), None
        self.on_the_way.clear()
        if self.page is not None:
            self.connects()

    def connects(self) -> None:
        """Open a new line from where the page is. The server may think that the old one is still open."""
        if self.tab is not None:
            self.world.old.append(self.tab)
        also: dict[str, Any] = {"page": _audience(self.page), "language": self.language}
        also |= {"role": "screen", "generation": self.world.generation} if not self.person else {}
        seq, epoch = _at(self.page)
        self.tab = Tab(self.world.stage, self.person, since=seq, epoch=epoch, **also)

    def breaks(self) -> None:
        """The line breaks: what was on the way is lost, and the server does not notice yet."""
        self._collect()
        self.on_the_way.clear()
        if self.page is not None:
            self.connects()

    def _collect(self) -> None:
        if self.tab is None:
            return
        self.on_the_way += self.tab.line.texts
        self.tab.line.forget()

    def suffers(self, chance: Random) -> None:
        """Something happens to a message that is on the way."""
        self._collect()
        if not self.on_the_way:
            return
        at = chance.randrange(len(self.on_the_way))
        what = chance.choice(("lost", "doubled", "late"))
        if what == "lost" and _seq(self.on_the_way[at]) is not None:
            del self.on_the_way[at]
        elif what == "doubled":
            self.on_the_way.insert(at, self.on_the_way[at])
        elif at + 1 < len(self.on_the_way) and _seq(self.on_the_way[at]) != _seq(self.on_the_way[at + 1]):
            self.on_the_way.insert(at + 1, self.on_the_way[at])
            del self.on_the_way[at]

    def hears(self, most: int = 1000) -> None:
        """Take in what has arrived; nothing while a page is being fetched."""
        self._collect()
        while self.on_the_way and self.fetching is None and most > 0:
            most -= 1
            self._takes(self.on_the_way.popleft())
        if self.tab is not None and self.tab.line.code in TERMINAL and not self.on_the_way and self.fetching is None:
            self.page = self.world.page(self.person, self.language) if self.tab.line.code == 4403 else None

    def _takes(self, text: str) -> None:
        if self.page is None:
            if "refresh" in text:
                self.fetches()
            return
        came = self.page.receive(text)
        if came in ("refresh", "missing"):
            self.fetches()
        elif came == "heard":
            self._compares(json.loads(text)["head"])

    def _compares(self, head: int) -> None:
        self.behind = self.behind + 1 if head > _at(self.page)[0] else 0
        if self.behind >= 2 and self.tab is not None and self.tab.line.code is None:
            self.behind = 0
            seq, epoch = _at(self.page)
            self.world.stage.room.telling.ask(self.tab.connection, since=seq, epoch=epoch)

    def fetches(self) -> None:
        """The page is drawn now and arrives later."""
        self.fetching, self.fetched = (self.world.page(self.person, self.language),), self.fetched + 1

    def arrives(self) -> None:
        """The page that was fetched is there. One for another audience is not folded in, but loaded anew."""
        if self.fetching is None:
            return
        (fresh,), self.fetching = self.fetching, None
        if fresh is None or self.page is None or _audience(fresh) != _audience(self.page):
            self.visits()
        else:
            self.page = fresh


def _seq(text: str) -> int | None:
    seq = json.loads(text).get("seq")
    return int(seq) if seq is not None else None


def _audience(page: Any) -> str:
    """Whom a page was drawn for, as it says itself."""
    return page.audience if isinstance(page, PlainPage) else str(page.board.attributes["data-audience"])


def _at(page: Any) -> tuple[int, str]:
    if isinstance(page, PlainPage):
        return page.seq, page.epoch
    return page.seq, str(page.board.attributes["data-epoch"])


class World:
    """The people, their browsers, the server, and the ledger of every answer."""

    def __init__(self, seed: int, *, real: bool) -> None:
        self.chance, self.real = Random(seed), real
        self.chances = Chances(self.chance)
        self.keeper = HeldKeeper()
        self.stage = Stage(self.keeper, drawing=drawn.DRAWER if real else None)
        self.stage.opens()
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
        self.browsers = [Browser(self, person, language) for person, language in tabs]

    def page(self, person: str, language: str) -> Any:
        """The page drawn afresh; None where there is no board on it."""
        board = self.stage.board
        if not person and board.door.generations["screen"] != self.generation:
            return None
        sight = self.stage.room.telling.sight
        if drawn.base_seen(board, person) is drawn.WAITING:
            return None
        return drawn.page(sight, person, language) if self.real else PlainPage(sight, person, language)

    async def lives(self, steps: int) -> None:
        """So many things happen; then the network is kind, and everybody is told what they missed."""
        for browser in self.browsers:
            browser.visits()
        happenings = (self._asks,) * 10 + (self._hears,) * 6 + (self._suffers,) * 3 + (self._arrives,) * 3
        happenings += (self._breaks, self._passes, self._passes, self._beats, self._notices, self._faults)
        happenings += (self._asks_again, self._joins, self._revisits) + ((self._restarts,) if steps > 50 else ())
        for _ in range(steps):
            await self.chance.choice(happenings)()
        await self.calms_down()

    async def calms_down(self) -> None:
        """Nothing is lost any more; heartbeats tell who is behind, and whoever is asks."""
        self.keeper.before.clear()
        self.keeper.after.clear()
        for tab in self.old:
            tab.leaves()
        for _ in range(2 * len(self.unknown)):
            await self._asks_again()
        assert not self.unknown, "every unknown outcome ends"
        self.stage.follows("quito").leaves()
        for _ in range(4):
            await passes(2)
            self.stage.room.telling.beat(0)
            for browser in self.browsers:
                browser.arrives()
                browser.hears()
                browser.arrives()
                browser.hears()

    async def _asks(self) -> None:
        who = self.chance.choice(self.people)
        person = self.stage.board.get(Person, who)
        hosts = person is not None and base_of(person) is FACILITATORS
        some = [self.chances.command(self.stage.board, hosts=hosts) for _ in range(self.chance.choice((1, 1, 1, 5)))]
        await self._ask([(who, command, f"id-{next(self._ids)}") for command in some])

    async def _ask(self, asked: list[tuple[str, Any, str]]) -> None:
        """Ask, some of it twice at once, and write down what was answered."""
        doubled = [*asked, *(each for each in asked if self.chance.random() < 0.2)]
        answers = await answered(*(self.stage.asks(*each) for each in doubled))
        for (who, command, id_), answer in zip(doubled, answers, strict=True):
            if isinstance(answer, OutcomeUnknown):
                self.unknown.append((who, command, id_))
            elif isinstance(answer, Answer):
                assert self.answers.setdefault((who, id_), answer) == answer
                self.said.append((who, command, id_))
            else:
                assert isinstance(answer, Refused | StorageFull), answer
                assert (who, id_) not in self.answers, "an accepted command is never refused afterwards"

    async def _asks_again(self) -> None:
        if self.unknown:
            await self._ask([self.unknown.pop(0)])
        elif self.said:
            await self._ask([self.chance.choice(self.said)])

    async def _joins(self) -> None:
        who = f"guest-{len(self.people)}" if len(self.people) < 8 else self.chance.choice(self.people)
        await self._ask([(who, self.chances.joining(), f"id-{next(self._ids)}")])
        if self.stage.board.get(Person, who) is not None and who not in self.people:
            self.people.append(who)
            self.browsers.append(Browser(self, who, self.chance.choice(("en", "fr"))))
            self.browsers[-1].visits()

    async def _hears(self) -> None:
        self.chance.choice(self.browsers).hears(self.chance.randint(1, 4))

    async def _suffers(self) -> None:
        self.chance.choice(self.browsers).suffers(self.chance)

    async def _arrives(self) -> None:
        self.chance.choice(self.browsers).arrives()

    async def _breaks(self) -> None:
        self.chance.choice(self.browsers).breaks()

    async def _revisits(self) -> None:
        self.generation = self.stage.board.door.generations["screen"]
        self.chance.choice(self.browsers).visits()

    async def _passes(self) -> None:
        await passes(self.chance.choice((0.01, 0.05, 1.0)))

    async def _beats(self) -> None:
        self.stage.room.telling.beat(0)

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
        """The process ends and another one begins; every page comes back from where it is."""
        await self.stage.closes()
        self.stage.opens()
        self.old.clear()
        for browser in self.browsers:
            browser.tab = None
            browser.on_the_way.clear()
            if browser.page is not None:
                browser.connects()

    # What must hold

    def replayed(self) -> tuple[Board, dict[Any, Any]]:
        """The board, and what its entries make of how it was founded."""
        loaded = self.keeper.load("board")
        assert loaded is not None
        made: dict[Any, Any] = dict(self.founded)
        for entry in self.keeper.entries_since("board", 0):
            made |= entry.after
        return loaded.board, {at: record for at, record in made.items() if record is not None}

    def divergences(self) -> list[str]:
        """What pages show that a page drawn afresh does not."""
        found: list[str] = []
        for browser in self.browsers:
            fresh = self.page(browser.person, browser.language)
            closed = browser.tab is not None and browser.tab.line.code in TERMINAL
            if closed or (browser.page is None) != (fresh is None):
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
