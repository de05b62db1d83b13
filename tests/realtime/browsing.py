"""A browser by the rules of the page's own scripts: it applies frames, comes back, fetches anew, and asks again."""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from app.realtime.connection import Connection
from app.realtime.room import Room
from app.realtime.wire import Sight
from tests.held import Line
from tests.realtime import drawn, plain

if TYPE_CHECKING:
    from tests.realtime.simulation import World

RETURNING = Path(__file__).resolve().parents[2] / "web/static/js/returning.js"
# After which closes a page does not come back, as the page's own script says.
_FINAL = re.search(r"FINAL = (\[[0-9, ]+\])", RETURNING.read_text())
assert _FINAL is not None
TERMINAL: tuple[int, ...] = tuple(json.loads(_FINAL[1]))
BROKEN = 1006


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


@dataclass(eq=False)
class Tab:
    """One line from a browser to the room of one process."""

    room: Room
    line: Line
    connection: Connection
    seated: bool = False

    def leaves(self) -> None:
        """The process notices that it is gone."""
        self.room.telling.leave(self.connection)


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
    behind: int = 0
    wanted: int = 0
    fetched: int = 0
    missing: int = 0
    # The close after which it did not come back.
    ended: int = 0

    async def visits(self) -> None:
        """Load the page, and open a line if there is a board on it."""
        self.ended = self.behind = 0
        self.page, self.fetching = await self.world.page(self.person, self.language), None
        self.on_the_way.clear()
        if self.page is not None:
            await self.connects()

    async def connects(self) -> None:
        """Open a new line from where the page is, to any process. The old one may count as open for a while."""
        if self.tab is not None:
            self.world.old.append(self.tab)
        also: dict[str, Any] = {"page": _audience(self.page), "language": self.language}
        also |= {"role": "screen", "generation": self.world.generation} if not self.person else {}
        room = await self.world.any_process().found()
        connection = Connection(line=(line := Line()), person=self.person, **also)
        self.tab = Tab(room, line, connection)
        seq, epoch = _at(self.page)
        self.tab.seated = room.telling.come(connection, since=seq, epoch=epoch)

    async def breaks(self) -> None:
        """The line breaks: what was on the way is lost, and the server does not notice yet."""
        self._collect()
        self.on_the_way.clear()
        if self.page is not None:
            await self.connects()

    def dies(self, code: int) -> None:
        """The process at the other end is gone, and nothing comes any more."""
        self.on_the_way.clear()
        if self.tab is not None:
            self.tab.line.code = code

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

    async def hears(self, most: int = 1000) -> None:
        """Take in what has arrived; nothing while a page is being fetched."""
        self._collect()
        while self.on_the_way and self.fetching is None and most > 0:
            most -= 1
            await self._takes(self.on_the_way.popleft())
        if self.tab is not None and self.tab.line.code and not self.on_the_way and self.fetching is None:
            await self._is_sent_away(self.tab.line.code)

    async def _is_sent_away(self, code: int) -> None:
        """For good, or to come back."""
        if code in TERMINAL:
            self.ended = code
            self.page = await self.world.page(self.person, self.language) if code == 4403 else None
        elif self.page is not None:
            await self.connects()

    async def _takes(self, text: str) -> None:
        if self.page is None:
            if "refresh" in text:
                await self.fetches()
            return
        came = self.receives(text)
        if came in ("refresh", "missing"):
            self.missing += came == "missing"
            await self.fetches(_seq(text) or 0)
        elif came == "heard":
            self._compares(json.loads(text)["head"])

    def receives(self, text: str) -> str:
        """What the page does with a message."""
        return str(self.page.receive(text))

    def _compares(self, head: int) -> None:
        self.behind = self.behind + 1 if head > _at(self.page)[0] else 0
        if self.behind >= 2:
            self.behind = 0
            self.asks()

    def asks(self) -> None:
        """Say up the line what this page has, and be told what it lacks."""
        if self.tab is not None and self.tab.line.code is None:
            seq, epoch = _at(self.page)
            self.tab.room.telling.ask(self.tab.connection, since=seq, epoch=epoch)

    async def fetches(self, wanted: int = 0) -> None:
        """The page is drawn now, by any process, and arrives later; what it lacks of `wanted` is asked for then."""
        self.wanted = wanted
        self.fetching, self.fetched = (await self.world.page(self.person, self.language),), self.fetched + 1

    async def arrives(self) -> None:
        """The page that was fetched is there. One for another audience is not folded in, but loaded anew."""
        if self.fetching is None:
            return
        (fresh,), self.fetching = self.fetching, None
        if fresh is None or self.page is None or _audience(fresh) != _audience(self.page):
            await self.visits()
        else:
            self.folds(fresh)

    def folds(self, fresh: Any) -> None:
        """The page shows what the one that was fetched shows."""
        self.page, self.behind = fresh, 0
        if _at(fresh)[0] < self.wanted:
            self.asks()


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
