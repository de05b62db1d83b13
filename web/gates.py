"""How often somebody may try: joining, guessing a code, asking; by person and by address, in memory only."""

import asyncio
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from ipaddress import IPv6Address, ip_address
from math import ceil

from starlette.requests import HTTPConnection

from app.realtime.buckets import Buckets, Elsewhere, Rate
from app.realtime.wire import Clock

# A whole conference behind one office address joins within a minute; a code is guessed ten times a minute.
JOINS = Rate(burst=1_000, every=0.06)
GUESSES = Rate(burst=10, every=6.0)
# A day of guesses from everywhere finds a given code with a chance below one in ten thousand (729,000,000 codes).
GUESSES_IN_ALL = Rate(burst=600, every=1.25)
COMMANDS = Rate(burst=60, every=0.05)
COMMANDS_OF_A_BOARD = Rate(burst=2_000, every=0.001)
BOARDS = Rate(burst=120, every=2.0)
# A copy takes its stages' files along: up to two hundred megabytes.
COPIES = Rate(burst=6, every=30.0)
PLACES = Rate(burst=120, every=0.1)
# Each is drawn anew page by page, one after the other for the whole server.
UPLOADS = Rate(burst=12, every=5.0)
RECEIVED_TOGETHER = 4
# Whoever sends slowly holds a place for hours: one address leaves places to the others.
RECEIVED_FROM_ONE = 2
# A page asks for what it missed a second after a command at the earliest; each such answer is drawn anew.
ASKS_UP = Rate(burst=30, every=0.5)
# A page sends what was written four times a second at most.
STROKES = Rate(burst=60, every=0.2)
# One's own tabs and what they fetch anew; each is drawn for its reader.
PAGES = Rate(burst=200, every=0.5)
LINES = Rate(burst=200, every=0.5)
# A page of billboards shows a dozen, and another one for each pause in typing.
PRINTS = Rate(burst=120, every=0.25)
# Each is up to two hundred pictures.
KITS = Rate(burst=3, every=30.0)


def nobody(_: str) -> None:
    """Hears of it."""


@dataclass(frozen=True, slots=True)
class Together:
    """Places for what is done at the same time: `most` in all, `of_one` for one address."""

    most: int
    of_one: int
    held: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def place(self, address: str) -> Iterator[bool]:
        """Whether there was a place; it is held until this is left."""
        free = self.held.total() < self.most and self.held[address] < self.of_one
        self.held[address] += free
        try:
            yield free
        finally:
            self.held[address] -= free
            if not self.held[address]:
                del self.held[address]


@dataclass(frozen=True, slots=True)
class Gates:
    """One set of buckets for each thing that can be tried too often.

    `guessing` is held while a code is looked up: else a thousand guesses at once would all pass before any counts.
    `receiving` is held while a file comes in and is drawn: it lies in memory for so long.
    """

    clock: Clock

    joins: Buckets
    guesses: Buckets
    guesses_in_all: Buckets
    commands: Buckets
    board_commands: Buckets
    boards: Buckets
    copies: Buckets
    places: Buckets
    uploads: Buckets
    pages: Buckets
    lines: Buckets
    prints: Buckets
    kits: Buckets
    guessing: asyncio.Lock = field(default_factory=asyncio.Lock)
    receiving: Together = field(default_factory=lambda: Together(RECEIVED_TOGETHER, RECEIVED_FROM_ONE))
    # Where all processes count together what this one lets through; None where it is the only one.
    elsewhere: Elsewhere | None = None
    # Hears the name of whatever was tried too often.
    hit: Callable[[str], None] = nobody

    @classmethod
    def new(cls, clock: Clock, elsewhere: Elsewhere | None = None, hit: Callable[[str], None] = nobody) -> "Gates":
        """Empty buckets, by that clock (monotonic, in seconds)."""

        def of(name: str, rate: Rate) -> Buckets:
            return Buckets(rate, clock, hit=partial(hit, name))

        return cls(
            clock=clock,
            joins=of("joins", JOINS),
            guesses=of("guesses", GUESSES),
            guesses_in_all=of("guesses_in_all", GUESSES_IN_ALL),
            commands=of("commands", COMMANDS),
            board_commands=of("board_commands", COMMANDS_OF_A_BOARD),
            boards=of("boards", BOARDS),
            copies=of("copies", COPIES),
            places=of("places", PLACES),
            uploads=of("uploads", UPLOADS),
            pages=of("pages", PAGES),
            lines=of("lines", LINES),
            prints=of("prints", PRINTS),
            kits=of("kits", KITS),
            elsewhere=elsewhere,
            hit=hit,
        )

    async def take(self, **tried: Hashable) -> float:
        """Take one of each of these buckets, here and elsewhere, and answer 0; or answer the seconds to wait.

        A bucket's name, and the key within it: `commands=person`.
        """
        for name, key in tried.items():
            if wait := self._of(name).take(key):
                return wait
        return await self._ask(tried, takes=True) if self.elsewhere else 0.0

    async def wait(self, **tried: Hashable) -> float:
        """The same, and nothing is taken."""
        waits = {name: self._of(name).wait(key) for name, key in tried.items()}
        for name in (name for name, wait in waits.items() if wait):
            self.hit(name)
        return max(waits.values()) or (await self._ask(tried, takes=False) if self.elsewhere else 0.0)

    async def _ask(self, tried: Mapping[str, Hashable], *, takes: bool) -> float:
        tries = [(name, key, self._of(name).rate) for name, key in tried.items()]
        wait = await self.elsewhere.ask(tries, takes=takes) if self.elsewhere else 0.0
        if wait:
            # Which of these it was the others do not say; the first is the narrowest.
            self.hit(tries[0][0])
        return wait

    def _of(self, name: str) -> Buckets:
        found: Buckets = getattr(self, name)
        return found

    def strokes(self) -> Buckets:
        """A bucket of its own for one page that holds the pen."""
        return Buckets(STROKES, self.clock, most=1, hit=partial(self.hit, "strokes"))

    def asks_up(self) -> Buckets:
        """A bucket of its own for one socket."""
        return Buckets(ASKS_UP, self.clock, most=1, hit=partial(self.hit, "asks_up"))


def address_of(asked: HTTPConnection) -> str:
    """The address that asks: the socket's, or what a trusted proxy said of it (the server has checked which).

    Of a version 6 address the first half: one household or machine has the whole other half to itself. What is no
    address at all counts as one and the same: words made up each time would meet no limit.
    """
    host = asked.client.host if asked.client else "unknown"
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))


def in_seconds(wait: float) -> int:
    """Whole seconds to wait, at least one, as a refusal and `Retry-After` name them."""
    return max(1, ceil(wait))
