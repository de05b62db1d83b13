"""Pages that write a version together: real yjs documents, lines that are delivered when a test says so."""

import asyncio
import json
import random
from collections import deque
from typing import Any

from pycrdt import Doc, Text, create_sync_message, create_update_message, handle_sync_message

from app.realtime.pen import Pen
from app.realtime.pen_company import Writer
from app.realtime.pen_updates import Reader
from tests.held import passes


class Page:
    """One page with a document of its own. What it is told waits in `heard` until it `takes_in`."""

    def __init__(self, room: Any, person: str, headline: str, language: str = "fr", *, doc: Doc | None = None) -> None:
        self.doc: Doc = doc if doc is not None else Doc()
        self.words = self.doc.get("text", type=Text)
        self.heard: deque[bytes] = deque()
        self.code: int | None = None
        self.reason = ""
        self.company: dict[int, Any] = {}
        self.written: deque[bytes] = deque()
        self._observed = self.doc.observe(lambda event: self.written.append(event.update))
        self.writer = Writer(self, person)
        self.pen: Pen | None = room.pens.come(headline, language, self.writer)

    # What the server asks of a line

    def tell(self, message: bytes) -> None:
        """It waits here."""
        assert self.code is None, "nothing is told after the end"
        self.heard.append(message)

    def close(self, code: int, reason: str = "") -> None:
        """The first end counts."""
        if self.code is None:
            self.code, self.reason = code, reason

    # What people do

    def syncs(self) -> None:
        """The page says what it has and hears what there is."""
        self.says(create_sync_message(self.doc))
        self.takes_in()

    def writes(self, text: str, at: int | None = None, over: int = 0) -> None:
        """At that character, instead of so many."""
        now = str(self.words)
        at = len(now) if at is None else at
        first = len(now[:at].encode())
        if over:
            del self.words[first : first + len(now[at : at + over].encode())]
        if text:
            self.words.insert(first, text)

    def sends(self) -> None:
        """What was written goes out."""
        while self.written:
            self.says(create_update_message(self.written.popleft()))

    def types(self, text: str, at: int | None = None) -> None:
        """At that character, and it goes out at once."""
        self.writes(text, at)
        self.sends()

    def says(self, message: bytes) -> None:
        """One message, unless the line has ended."""
        if self.code is None and self.pen is not None:
            self.pen.hear(self.writer, message)

    def takes_in(self, most: int = 10_000) -> None:
        """The next so many messages that wait."""
        for _ in range(min(most, len(self.heard))):
            message = self.heard.popleft()
            if message[0] == 1:
                self._meets(Reader(Reader(message, 1).bytes()))
                continue
            kept = len(self.written)
            answer = handle_sync_message(message[1:], self.doc)
            while len(self.written) > kept:
                self.written.pop()
            if answer:
                self.says(answer)

    def _meets(self, reader: Reader) -> None:
        for _ in range(reader.number()):
            who, _ = reader.number(), reader.number()
            self.company[who] = json.loads(reader.text())

    @property
    def text(self) -> str:
        return str(self.words)

    @property
    def facts(self) -> dict[str, Any]:
        """What the server says of the document."""
        return self.company[0]["pen"]

    @property
    def others(self) -> list[str]:
        """Who else is here."""
        return sorted(each["user"]["name"] for who, each in self.company.items() if who and each)

    def leaves(self) -> None:
        """The page is closed."""
        if self.pen is not None:
            self.pen.leave(self.writer)


ALPHABET = ["a", "é", "e\u0301", "😀", "👩\u200d👧", "سلام", "ש", "字", " ", "👍🏽", "n\u0303"]


def scribbles(page: Page, chances: random.Random) -> None:
    """One act of somebody who writes: some characters put, or some taken away, somewhere."""
    length = len(page.text)
    if length > 5 and chances.random() < 0.35:
        at = chances.randrange(length - 1)
        page.writes("", at, over=chances.randint(1, min(3, length - at)))
    else:
        page.writes(chances.choice(ALPHABET), chances.randint(0, length))


async def everything(pages: list[Page]) -> None:
    """All that was written reaches everybody."""
    while any(page.heard or page.written for page in pages if page.code is None):
        for page in pages:
            if page.code is None:
                page.sends()
                page.takes_in()
        await asyncio.sleep(0)


async def write_together(pages: list[Page], chances: random.Random, *, turns: int) -> None:
    """People write now and then, send what they wrote now and then, and are told of it now and then."""
    for _ in range(turns):
        page = chances.choice(pages)
        for _ in range(chances.randint(1, 4)):
            scribbles(page, chances)
        if chances.random() < 0.7:
            page.sends()
        await hears_and_waits(pages, chances)


async def hears_and_waits(pages: list[Page], chances: random.Random) -> None:
    """Somebody is told a part of what waits for them, and a moment passes."""
    chances.choice(pages).takes_in(chances.randint(0, 3))
    await passes(chances.choice((0, 0.1, 0.4)))


async def come_to_rest(pages: list[Page]) -> None:
    """Nobody writes any more: everything is told to everybody, also by one process to the other, and kept."""
    for _ in range(4):
        await everything(pages)
        await passes(3)
    await everything(pages)
