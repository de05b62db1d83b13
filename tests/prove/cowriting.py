"""People who write one version together over real sockets; as pages do, they come back with the words they have."""

import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from pycrdt import Doc, Text, create_sync_message, create_update_message, handle_sync_message
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from app.realtime.pen_updates import Reader
from tests.prove.serving import Client

LANGUAGE = "en"
FOUNDING = {"title": "Pens", "template": "blank", "language": LANGUAGE, "name": "Host", "place": "Geneva"}
AGAIN = 0.1


@dataclass(frozen=True, slots=True)
class Desk:
    """A version that may be written, and how to come in."""

    board: str
    headline: str
    join: str
    host: str

    def kept(self, port: int) -> str:
        """Its words as the board has them."""
        with Client(port) as client:
            client.cookie = self.host
            _, seen = client.ask("GET", f"/api/boards/{self.board}")
        return str(seen["headlines"][0]["versions"][0]["text"])


def desk(port: int, words: str = "A city") -> Desk:
    """A board whose people write headlines, with one."""
    with Client(port) as client:
        status, made = client.ask("POST", "/boards", FOUNDING)
        assert status == 201, made

        def does(name: str, **fields: Any) -> dict[str, Any]:
            asked = {"id": str(uuid4()), "do": name, **fields}
            status, answer = client.ask("POST", f"/b/{made['board']}/commands", asked)
            assert status == 200, answer
            found: dict[str, Any] = answer.get("made", {})
            return found

        step = does("agenda.add", kind="headline", title={LANGUAGE: "Headlines"}, minutes=5)["step"]
        does("agenda.go", step=step)
        headline = does("headline.add", language=LANGUAGE, text=words)["headline"]
        return Desk(made["board"], headline, "/j/" + made["join_url"].rpartition("/")[2], client.cookie)


@dataclass(slots=True)
class Hand:
    """Somebody with the pen. What they write goes out at once, or when they are back; `codes` is how lines ended.

    Nothing goes out before the server has said what it knows: it may follow words that this one lacks.
    """

    port: int
    desk: Desk
    name: str
    doc: "Doc[Text]" = field(default_factory=Doc)
    codes: list[int] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=lambda: threading.Condition(threading.RLock()))
    state: str = ""
    _generation: str = ""
    _cookie: str = ""
    _line: ClientConnection | None = None
    _met: bool = False
    _over: bool = False
    _thread: threading.Thread = field(init=False)

    def __enter__(self) -> "Hand":
        with Client(self.port) as client:
            status, answer = client.ask("POST", self.desk.join, {"name": self.name, "place": "Dakar", "language": "en"})
            assert status in (200, 201), answer
            self._cookie = client.cookie
        self._thread = threading.Thread(target=self._follow)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        with suppress(AttributeError):
            self._line.close()  # type: ignore[union-attr]
        self._thread.join()

    @property
    def text(self) -> str:
        """As it stands on their page."""
        with self.changed:
            return str(self.doc.get("text", type=Text))

    def writes(self, words: str, *, over: int = 0) -> None:
        """At the end, instead of so many bytes."""
        with self.changed:
            known, text = self.doc.get_state(), self.doc.get("text", type=Text)
            end = len(str(text).encode())
            if over:
                del text[end - over : end]
            text.insert(end - over, words)
            if self._met:
                self._say(create_update_message(self.doc.get_update(known)))

    def sees(self, words: str, within: float) -> float:
        """When these stand on their page, by the monotonic clock. Raises AssertionError when they do not in time."""
        with self.changed:
            assert self.changed.wait_for(lambda: words in self.text, within), (words, self.text)
            return time.monotonic()

    def _say(self, message: bytes) -> None:
        with suppress(ConnectionClosed, AttributeError):
            self._line.send(message)  # type: ignore[union-attr]

    def _follow(self) -> None:
        waiting = threading.Event()
        while not self._over:
            with suppress(OSError, TimeoutError, EOFError, InvalidStatus):
                self._write_together()
            waiting.wait(AGAIN)

    def _write_together(self) -> None:
        path = f"/b/{self.desk.board}/versions/{self.desk.headline}/{LANGUAGE}?generation={self._generation}"
        home = f"127.0.0.1:{self.port}"
        headers = {"Cookie": self._cookie, "Origin": f"http://{home}"}
        with connect(f"ws://{home}{path}", additional_headers=headers) as line:
            with self.changed:
                self._line, self._met = line, False
                self._say(create_sync_message(self.doc))
            try:
                while True:
                    self._hear(line.recv())
            except ConnectionClosed as end:
                if not self._over:
                    self.codes.append(end.rcvd.code if end.rcvd else 1006)

    def _hear(self, message: str | bytes) -> None:
        assert isinstance(message, bytes)
        with self.changed:
            if message[0] == 1:
                self._meet(Reader(Reader(message, 1).bytes()))
            elif answer := handle_sync_message(message[1:], self.doc):
                self._met = True
                self._say(answer)
            self.changed.notify_all()

    def _meet(self, reader: Reader) -> None:
        """The first of those who are here is the document itself."""
        for _ in (reader.number(), reader.number(), reader.number()):
            continue
        told = json.loads(reader.text())["pen"]
        self._generation, self.state = told["generation"], told["state"]
