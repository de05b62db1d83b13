"""Pages on a line that loses frames: each follows the rules of the protocol, and tells how long it lacked what."""

import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from websockets.sync.client import connect

from tests.faulty.faults import losing
from tests.faulty.framing import Frame
from tests.faulty.proxy import Proxy, proxied
from tests.markup import Page
from tests.prove.joining import boards_at, notes_of
from tests.prove.serving import Client, served
from tests.prove.writing import Session, begin

# Two heartbeats that are ahead, and whatever is between them.
NOTICED = 25.0
PAUSE = 0.04
PATIENCE = 15.0


@dataclass
class Follower:
    """One page: what it shows, how far it was when, and whether it heeds `after` and heartbeats at all."""

    proxy: Proxy
    session: Session
    heeds: bool
    page: Page = field(init=False)
    reached: list[tuple[float, int]] = field(default_factory=list)
    fetched: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    cookie: str = ""

    def __post_init__(self) -> None:
        with Client(self.proxy.port) as client:
            joining = {"name": f"Guest {uuid4().hex[:8]}", "place": "Dakar", "language": "en"}
            status, _ = client.ask("POST", self.session.join, joining)
            assert status in (200, 201), status
            self.cookie = client.cookie
        self._fetch()

    def _fetch(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.proxy.port, timeout=PATIENCE)
        line.request("GET", f"/b/{self.session.board}", headers={"Cookie": self.cookie, "Accept": "text/html"})
        answer = line.getresponse()
        if answer.status == 200:
            self.page = Page.of(answer.read().decode())
            self.fetched += 1
        line.close()
        self._note()

    def _note(self) -> None:
        self.reached.append((time.monotonic(), self.page.seq))

    def follow(self) -> None:
        """Until it is over."""
        here = f"127.0.0.1:{self.proxy.port}"
        where = urlencode({"since": self.page.seq, "epoch": self.page.board.attributes["data-epoch"] or ""})
        address = f"ws://{here}{self.page.board.attributes['data-live']}&{where}"
        behind = 0
        with connect(address, additional_headers={"Cookie": self.cookie}, origin=f"http://{here}") as line:  # type: ignore[arg-type]
            while not self.over.is_set():
                try:
                    said = str(line.recv(0.2))
                except TimeoutError:
                    continue
                message = json.loads(said)
                if not self.heeds:
                    message |= {"after": 0}
                answer = self.page.receive(json.dumps(message))
                if "head" in message and self.heeds:
                    behind = behind + 1 if message["head"] > self.page.seq else 0
                    if behind == 2:
                        line.send(json.dumps({"seen": self.page.seq}))
                        behind = 0
                elif answer in ("missing", "refresh"):
                    self._fetch()
                self._note()

    def behind_after(self, at: float, seq: int) -> float:
        """Seconds from then until it was as far as that."""
        return max(0.0, next(when for when, there in self.reached if there >= seq) - at)


@dataclass(frozen=True, slots=True)
class Lost:
    """What so many lost frames came to: pages that show another board at the end, and how long one was behind."""

    frames: int
    pages: int
    others: int
    longest: float
    fetched: int


def lose_again_and_again(place: Path, *, pages: int, bursts: int, notes: int, seed: int, heeds: bool = True) -> Lost:
    """Bursts of notes while every other frame is lost; after each burst the last frames of it are lost as well."""
    home = place / "lost"
    home.mkdir()
    lost: list[tuple[float, int]] = []

    def remember(frame: Frame) -> None:
        if "seq" in (message := json.loads(frame.payload)):
            lost.append((time.monotonic(), message["seq"]))

    with served(home) as server, proxied(server.port, seed=seed) as proxy:
        session = begin(server.port)
        followers = [Follower(proxy, session, heeds) for _ in range(pages)]
        threads = [threading.Thread(target=each.follow) for each in followers]
        for thread in threads:
            thread.start()
        with Client(server.port) as writer:
            writer.ask("POST", session.join, {"name": "Writer", "place": "Lyon", "language": "en"})
            cookie = writer.cookie
        for burst in range(bursts):
            # While pages find out, the server ends a line on which nobody asks.
            with Client(server.port) as writer:
                writer.cookie = cookie
                proxy.faults.down.frames = losing(0.5, random.Random(seed + burst), lost=remember)
                for number in range(notes):
                    if number == notes - 2:
                        proxy.faults.down.frames = losing(1.0, proxy.chance, lost=remember)
                    told = {"id": str(uuid4()), "do": "note.add", "step": session.step, "text": f"{burst}.{number}"}
                    status, answer = writer.ask("POST", f"/b/{session.board}/commands", told)
                    assert status == 200, answer
                    threading.Event().wait(PAUSE)
                threading.Event().wait(0.5)
                proxy.faults.down.frames = None
                head = answer["seq"]
                until = time.monotonic() + NOTICED
                while time.monotonic() < until and any(each.page.seq < head for each in followers):
                    threading.Event().wait(0.05)
        for each in followers:
            each.over.set()
        for thread in threads:
            thread.join(PATIENCE)
        server.stop()
    there = boards_at(f"sqlite:///{home}/flipchart.db", session)[head]
    others = sum(notes_of(each.page) != there for each in followers)
    longest = 0.0 if others else max(each.behind_after(at, seq) for at, seq in lost for each in followers)
    return Lost(len(lost), pages, others, longest, sum(each.fetched - 1 for each in followers))
