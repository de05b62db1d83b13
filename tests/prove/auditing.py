"""Watches a server from outside: one that can be killed, clients that remember every answer, and an audit."""

import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.board.records import Note
from app.store.looking import open_to_look

ROOT = Path(__file__).resolve().parents[2]
FLIPCHART = (sys.executable, "-m", "app")
STARTING = 30.0


class Served:
    """A real server in a process of its own, on a port and a data directory that it keeps when started again."""

    def __init__(self, data: Path, program: tuple[str, ...]) -> None:
        self.data = data
        self._program = program
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start, and wait until it answers; the seconds that took."""
        began = time.monotonic()
        serve = (*self._program, "serve", "--port", str(self.port), "--data", str(self.data))
        with (self.data / "server.log").open("ab") as log:
            self._process = subprocess.Popen(serve, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() - began > STARTING:
                raise RuntimeError((self.data / "server.log").read_text()[-2000:])
            threading.Event().wait(0.02)
        return time.monotonic() - began

    def kill(self) -> None:
        """Kill it without telling it."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, how)
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with Client(self.port) as client:
                return client.ask("GET", "/healthz")[0] == 200
        except (OSError, http.client.HTTPException):
            return False


@contextmanager
def served(data: Path, program: tuple[str, ...] = FLIPCHART) -> Iterator[Served]:
    """A server that runs, and is gone afterwards."""
    server = Served(data, program)
    server.start()
    try:
        yield server
    finally:
        server.kill()


class Client:
    """One device: one line to the server at a time, and the seat that it was given."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
        self._cookie = ""

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def ask(self, method: str, path: str, fields: Mapping[str, Any] | None = None) -> tuple[int, Any]:
        """The status and the JSON of an answer. Raises OSError or HTTPException when none came."""
        headers = {"Accept": "application/json", "Cookie": self._cookie}
        if fields is not None:
            headers["Content-Type"] = "application/json"
        try:
            self._line.request(method, path, json.dumps(fields) if fields is not None else None, headers)
            answer = self._line.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self._line.close()
            raise
        given = answer.getheader("Set-Cookie")
        if given:
            self._cookie = given.partition(";")[0]
        return answer.status, json.loads(body) if body.startswith(b"{") else None


@dataclass(frozen=True, slots=True)
class Session:
    """A board that is being written on: its id, its step and how to come in."""

    board: str
    step: str
    join: str


def begin(port: int) -> Session:
    """Make a board and go to its first step in which people write."""
    founding = {"title": "Audit", "template": "flip-the-script", "language": "en", "name": "Host", "place": "Geneva"}
    with Client(port) as host:
        status, made = host.ask("POST", "/boards", founding)
        assert status == 201, made
        _, seen = host.ask("GET", f"/api/boards/{made['board']}")
        step = next(step["id"] for step in seen["steps"] if step["kind"] == "write")
        going = {"id": str(uuid4()), "do": "agenda.go", "step": step}
        status, answer = host.ask("POST", f"/b/{made['board']}/commands", going)
        assert status == 200, answer
    return Session(made["board"], step, "/j/" + made["join_url"].rpartition("/")[2])


@dataclass(slots=True)
class Acknowledged:
    """What was sent and what was answered, as the clients remember it."""

    sent: dict[str, str] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    again: int = 0
    _news: threading.Condition = field(default_factory=threading.Condition)

    def remember(self, id_: str, seq: int) -> None:
        """An answer came."""
        with self._news:
            assert self.answered.setdefault(id_, seq) == seq
            self._news.notify_all()

    def await_count(self, count: int) -> None:
        """Wait until so many answers have come; fails when they do not."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.answered) >= count, timeout=60), "no more answers"


class Writers:
    """Clients that write notes as fast as they may, and send a command again until it is answered."""

    def __init__(self, port: int, session: Session, seats: int) -> None:
        self.seen = Acknowledged()
        self.up = threading.Event()
        self._stop = threading.Event()
        self._session = session
        self.up.set()
        self._threads = [threading.Thread(target=self._write, args=(port, number)) for number in range(seats)]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self.up.set()
        for thread in self._threads:
            thread.join()

    def _write(self, port: int, number: int) -> None:
        joining = {"name": f"Writer {number}", "place": f"Place {number}", "language": "en"}
        with Client(port) as client:
            self._insist(client, self._session.join, joining)
            for nth in itertools.count():
                if self._stop.is_set():
                    return
                self._add(client, f"Note {nth} of writer {number}")

    def _add(self, client: Client, text: str) -> None:
        id_ = str(uuid4())
        self.seen.sent[id_] = text
        adding = {"id": id_, "do": "note.add", "step": self._session.step, "text": text}
        answer = self._insist(client, f"/b/{self._session.board}/commands", adding)
        if answer is not None:
            self.seen.remember(id_, answer["seq"])

    def _insist(self, client: Client, path: str, fields: Mapping[str, Any]) -> Any:
        """Ask again, the same, until there is an answer; None when time is up before."""
        while not self._stop.is_set():
            self.up.wait()
            try:
                status, answer = client.ask("POST", path, fields)
            except (OSError, http.client.HTTPException):
                self.seen.again += 1
                self._stop.wait(0.02)
                continue
            if status in (200, 201):
                return answer
            assert status in (429, 503), (status, answer)
            self._stop.wait(0.05)
        return None


@dataclass(frozen=True, slots=True)
class Audit:
    """What the database says of what the clients remember."""

    acknowledged: int
    lost: int
    doubled: int
    foreign: int
    dense: bool


def audit(url: str, session: Session, seen: Acknowledged) -> Audit:
    """Compare what is at rest with every answer that was given."""
    store = open_to_look(url)
    try:
        loaded = store.load(session.board, entries=1_000_000)
    finally:
        store.close()
    assert loaded is not None
    kept = {command: answer.seq for (_, command), answer in loaded.answers.items()}
    texts = [note.text for note in loaded.board.all(Note)]
    return Audit(
        acknowledged=len(seen.answered),
        lost=sum(kept.get(id_) != seq or seen.sent[id_] not in texts for id_, seq in seen.answered.items()),
        doubled=len(texts) - len(set(texts)),
        foreign=len(set(texts) - set(seen.sent.values())),
        dense=[entry.seq for entry in loaded.entries] == list(range(1, loaded.board.seq + 1)),
    )
