"""Starts a server to be attacked, with a board, people with seats on it and a healthy neighbour; and measures it."""

import http.client
import itertools
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.web.served import ROOT
from tests.wire.raw import Raw

KIB = 1024
PEOPLE = 8


@dataclass
class Server:
    """A running server. `within` is how many seconds an attack waits before it says that nothing happened."""

    process: subprocess.Popen[str]
    port: int
    within: float
    board: str = ""
    cookies: Iterator[str] = field(default_factory=lambda: itertools.cycle([""]))
    lines: list[Raw] = field(default_factory=list)
    said: Path | None = None

    @property
    def path(self) -> str:
        return f"/b/{self.board}/live?since=0"

    def silent(self, *, receives: int = 0) -> Raw:
        """A connection on which nothing was said; it stays open until the server is gone."""
        self.lines.append(Raw.silent(self.port, receives=receives))
        return self.lines[-1]

    def opened(self, *, receives: int = 0, **headers: str) -> Raw:
        """A socket of one of the people, who follows the board from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        raw = self.silent(receives=receives)
        raw.opens(self.port, self.path, {"Cookie": next(self.cookies), **named})
        assert raw.status == 101, raw.status
        assert next(raw.frames())[1] == b'{"refresh": true}'
        return raw

    def asks(self, path: str, body: Any = None, cookie: str = "") -> tuple[Any, str]:
        """The answer read as JSON, and the cookies that came with it."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Accept": "application/json", "Content-Type": "application/json", "Cookie": cookie}
        line.request("GET" if body is None else "POST", path, None if body is None else json.dumps(body), headers)
        answer = line.getresponse()
        said = answer.read()
        cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        line.close()
        return json.loads(said or "null"), "; ".join(cookies)

    def fill(self) -> None:
        """A board, its people, and something that it is told without end."""
        made, _ = self.asks("/boards", {"title": "Streets", "template": "blank", "language": "en", "name": "Hall"})
        self.board = made["board"]
        link = "/" + made["join_url"].split("/", 3)[3]
        people = [{"name": f"Office {number}", "place": "Lyon", "language": "en"} for number in range(PEOPLE)]
        self.cookies = itertools.cycle([self.asks(link, person)[1] for person in people])
        self.asks(f"/lab/feed/{self.board}")

    def log(self) -> str:
        """What it has written so far."""
        return self.said.read_text(encoding="utf-8") if self.said else ""

    def memory(self) -> int:
        """Bytes of the process that are in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) * KIB

    def peak(self, afresh: bool = False) -> int:
        """The most bytes that it ever had in memory, or since this was asked `afresh`."""
        if afresh:
            Path(f"/proc/{self.process.pid}/clear_refs").write_text("5", encoding="utf-8")
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) * KIB

    def unsent(self) -> list[int]:
        """For each connection, the bytes that the kernel keeps for a peer that has not read them."""
        rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
        mine = [row for row in rows if int(row[1].rpartition(":")[2], 16) == self.port and row[3] != "0A"]
        return [int(row[4].partition(":")[0], 16) for row in mine]

    def stop(self, patience: float) -> bool:
        """End it as an operator does; did it end in time?"""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        return True


@contextmanager
def serving(kind: str, directory: Path, *, within: float) -> Iterator[Server]:
    """A server of that kind (see `tests.wire.lab`), filled."""
    directory.mkdir(parents=True, exist_ok=True)
    said = directory / f"{kind}.log"
    with said.open("w", encoding="utf-8") as log:
        process = run("tests.wire.lab", kind, str(directory / kind), stderr=log)
    assert process.stdout is not None
    lines: list[Raw] = []
    try:
        server = Server(process, int(process.stdout.readline()), within, lines=lines, said=said)
        server.fill()
        yield server
    finally:
        end(process)
        for line in lines:
            line.line.close()


@dataclass
class Neighbour:
    """Somebody who keeps every rule."""

    process: subprocess.Popen[str]

    def says(self) -> dict[str, Any]:
        """What they were told, once their line is closed."""
        out, _ = self.process.communicate(timeout=30)
        told: dict[str, Any] = json.loads(out.splitlines()[-1])
        return told


@contextmanager
def neighbour(server: Server) -> Iterator[Neighbour]:
    """A healthy neighbour, whose line is open before this returns."""
    process = run("tests.wire.neighbour", str(server.port), server.path, next(server.cookies))
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "here\n"
        yield Neighbour(process)
    finally:
        end(process)


def run(module: str, *said: str, stderr: Any = subprocess.DEVNULL) -> subprocess.Popen[str]:
    """A program of the tests in a process of its own."""
    asked = {"env": {**os.environ, "PYTHONPATH": str(ROOT)}, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-P", "-m", module, *said], stderr=stderr, **asked)  # type: ignore[call-overload,no-any-return]


def end(process: subprocess.Popen[str]) -> None:
    """Leave nothing running."""
    if process.poll() is None:
        process.kill()
    process.communicate()
