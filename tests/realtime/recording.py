"""Sessions by chance whose pages are written down: as each was fetched, what it was told, and what it made of it.

Also how each line ended, and how many tries came to nothing before another stood: those are made up here, as the
simulator's processes are always there again at once.
"""

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from tests.held import HeldLoop
from tests.realtime import drawn
from tests.realtime.browsing import Browser
from tests.realtime.simulation import CUT, FOR_GOOD, World

SILENT: Final = 4900
BUSY: Final = (1013, 4408, 4429)
# How a line ends of which nobody says anything: the browser notices, or the page by the silence.
UNSAID: Final = (1006, SILENT)
FAILED: Final = (*CUT, *BUSY, 1006, 1006)
TRIES: Final = (0, 0, 0, 1, 3, 40)


@dataclass
class Told:
    """A message: what the page did with it, where it was then, and what it asked up the line because of it."""

    text: str
    came: str
    seq: int = 0
    asked: list[int] = field(default_factory=list)


@dataclass
class Folded:
    """A page that was fetched and folded in, what was shown before, and what it asked up the line because of it."""

    markup: str
    before: list[str]
    seq: int
    asked: list[int] = field(default_factory=list)


@dataclass
class Broken:
    """A line ended so; whether the page comes back, and how its tries end before one of them does not."""

    code: int
    back: bool
    tries: list[int]


@dataclass
class Sheet:
    """One page from its first sight to its last, and what it showed then."""

    markup: str
    happened: list[Told | Folded | Broken] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    @property
    def messages(self) -> int:
        """How many it took in."""
        return sum(isinstance(each, Told) for each in self.happened)

    @property
    def ends(self) -> int:
        """How often its line ended."""
        return sum(isinstance(each, Broken) for each in self.happened)


class Recorded(Browser):
    """A browser that writes down what its pages live through. Call `ends` when it is over."""

    def __init__(self, world: World, person: str, language: str) -> None:
        super().__init__(world, person, language)
        self.sheets: list[Sheet] = []
        self._known: Any = None
        # Of its own, so that a session is the same whether it is written down or not.
        self._chance = Random(f"{world.chance.getstate()[1][:2]} {person} {language}")

    async def visits(self) -> None:
        self.ends()
        await super().visits()
        self._looks()

    async def hears(self, most: int = 1000) -> None:
        await super().hears(most)
        self._looks()

    async def breaks(self) -> None:
        if self.page is not None:
            self._ended(self._chance.choice(UNSAID))
        await super().breaks()

    async def _is_sent_away(self, code: int) -> None:
        if self.page is not None and not self.ended:
            self._ended(code)
        await super()._is_sent_away(code)

    def _ended(self, code: int) -> None:
        tries = [self._chance.choice(FAILED) for _ in range(self._chance.choice(TRIES))]
        self.sheets[-1].happened.append(Broken(code, code not in FOR_GOOD, tries))

    def folds(self, fresh: Any) -> None:
        self.sheets[-1].happened.append(Folded(fresh.markup, drawn.shown(self.page), fresh.seq))
        self._known = fresh
        super().folds(fresh)

    def receives(self, text: str) -> str:
        told = Told(text, "")
        self.sheets[-1].happened.append(told)
        told.came = super().receives(text)
        told.seq = self.page.seq
        return told.came

    def asks(self) -> None:
        last = self.sheets[-1].happened[-1]
        assert not isinstance(last, Broken), "a page asks because of what it heard or fetched"
        last.asked.append(self.page.seq)
        super().asks()

    def ends(self) -> None:
        """Nobody looks at this page any more."""
        if self._known is not None:
            self.sheets[-1].shown = drawn.shown(self._known)
        self._known = None

    def _looks(self) -> None:
        """What stands here now may be another page than the one before."""
        if self.page is self._known:
            return
        self.ends()
        if self.page is not None:
            self.sheets.append(Sheet(self.page.markup))
            self._known = self.page


def recorded(seed: int, steps: int, processes: int) -> list[Sheet]:
    """Every page of a session, with the real drawing."""

    async def lived() -> list[Sheet]:
        world = World(seed, real=True, processes=processes, browsing=Recorded)
        await world.lives(steps)
        await world.ends()
        found: list[Sheet] = []
        for browser in world.browsers:
            assert isinstance(browser, Recorded)
            browser.ends()
            found += browser.sheets
        return found

    with asyncio.Runner(loop_factory=HeldLoop) as runner:
        return runner.run(lived())
