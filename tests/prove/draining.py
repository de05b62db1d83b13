"""Asks a server to end, or to replace its processes, while many people are there and some of them are stuck."""

import asyncio
import os
import shutil
import signal
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.proxied import Front, free_port, program, running
from tests.prove.auditing import Audit, audit
from tests.prove.serving import ROOT, Client, Served, served
from tests.prove.writing import Session, Writers, begin
from tests.web.served import Bare, bare
from tests.wire.raw import Raw

LINES_EACH = 10
PATIENCE = 60.0
# The kernel keeps more than this for one who does not read, before it takes no more.
FULL = 32 * 1024


@dataclass(frozen=True, slots=True)
class Ended:
    """How a server ended: after how many seconds, and how often each code was heard (0: nothing for 10 s)."""

    audit: Audit
    seconds: float
    codes: Counter[int]
    stuck: int
    again: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """How often all processes were replaced, what the lines heard, and how many commands were asked again and why."""

    audit: Audit
    seconds: list[float]
    codes: Counter[int]
    again: dict[str, int]


class Crowd:
    """Lines that are read until they end, by one thread."""

    def __init__(self, port: int, session: Session, count: int) -> None:
        self.codes: list[int] = []
        self._cookies = seats(port, session, -(-count // LINES_EACH))
        self._address = (port, f"/b/{session.board}/live?since=0")
        self._count, self._here = count, threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._read()))

    def __enter__(self) -> "Crowd":
        self._thread.start()
        assert self._here.wait(PATIENCE), "not all lines opened"
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    async def _read(self) -> None:
        lines: list[Bare] = []
        for number in range(self._count):
            status, line = await bare(*self._address, {"Cookie": self._cookies[number // LINES_EACH]})
            assert status == 101, status
            lines.append(line)
        self._here.set()
        self.codes = await asyncio.gather(*(_code(line) for line in lines))


async def _code(line: Bare) -> int:
    try:
        return await line.ends()
    except TimeoutError:
        return 0


def seats(port: int, session: Session, count: int) -> list[str]:
    """The cookies of so many people who have joined."""
    cookies = []
    for number in range(count):
        with Client(port) as client:
            joining = {"name": f"Reader {number}", "place": "Lyon", "language": "en"}
            status, answer = client.ask("POST", session.join, joining)
            assert status == 201, answer
            cookies.append(client.cookie)
    return cookies


@contextmanager
def stuck(port: int, session: Session, count: int) -> Iterator[list[Raw]]:
    """Lines that nobody reads, until the kernel takes nothing more for any of them and the server itself must wait."""
    lines = [Raw.silent(port, receives=2048) for _ in range(count)]
    try:
        for line, cookie in zip(lines, seats(port, session, count), strict=True):
            line.opens(port, f"/b/{session.board}/live?since=0", {"Cookie": cookie})
            assert line.status == 101, line.status
        theirs = {line.line.getsockname()[1] for line in lines}
        before = _unsent(port, theirs)

        def full() -> bool:
            nonlocal before
            threading.Event().wait(0.5)
            now, was = _unsent(port, theirs), before
            before = now
            return len(now) == count and all(was.get(each) == held > FULL for each, held in now.items())

        _until(full)
        yield lines
    finally:
        for line in lines:
            line.line.close()


def ask_to_end(place: Path, url: str, *, lines: int, not_reading: int, writers: int, **stated: str) -> Ended:
    """Have so many people there, and ask the server to end while some write and some are stuck; then look."""
    home = place / "boards"
    home.mkdir()
    with served(home, **stated) as server:
        session = begin(server.port)
        with Writers(server.port, session, writers, words=" and a few words more" * 8) as writing:
            # Who reads hears of it at once; that those are gone who do not is what takes its time.
            with Crowd(server.port, session, lines) as crowd, stuck(server.port, session, not_reading) as held:
                began = time.monotonic()
                server.stop()
                seconds = time.monotonic() - began
            server.start()
            writing.seen.await_more(20)
        found = audit(url, session, writing.seen)
    return Ended(found, seconds, Counter(crowd.codes), len(held), writing.seen.again)


def replace_again_and_again(
    place: Path, url: str, *, times: int, writers: int, lines: int, behind_caddy: bool
) -> Replaced:
    """Replace both processes again and again while people write; then compare."""
    home = place / "boards"
    home.mkdir()
    stated = {"FLIPCHART_DATABASE_URL": url, "FLIPCHART_PROCESSES": "2"}
    with served(home, **stated) as server, _front(place, server.port, behind_caddy) as port:
        session = begin(server.port)
        seconds = []
        with Writers(port, session, writers) as writing:
            with Crowd(port, session, lines) as crowd:
                for _ in range(times):
                    writing.seen.await_more(50)
                    seconds.append(replace(server))
            writing.seen.await_more(50)
        found = audit(url, session, writing.seen)
    return Replaced(found, seconds, Counter(crowd.codes), dict(writing.seen.refused))


def replace(server: Served) -> float:
    """Have the processes replaced in turn; the seconds that took."""
    said = server.log.read_text().count("processes replaced")
    began = time.monotonic()
    os.kill(server.pid, signal.SIGHUP)
    _until(lambda: server.log.read_text().count("processes replaced") > said)
    return time.monotonic() - began


@contextmanager
def _front(place: Path, upstream: int, behind_caddy: bool) -> Iterator[int]:
    """The port at which people ask: the server's own, or that of a Caddy with our file, without certificates."""
    if not behind_caddy:
        yield upstream
        return
    port = free_port()
    (place / "caddy").mkdir()
    shutil.copy(ROOT / "deploy/Caddyfile", place / "caddy/site")
    (place / "caddy/Caddyfile").write_text("{\nadmin off\n}\nimport site\n")
    command = [program("caddy"), "run", "--config", str(place / "caddy/Caddyfile"), "--adapter", "caddyfile"]
    known = {"DOMAIN": f"http://127.0.0.1:{port}", "UPSTREAM": f"127.0.0.1:{upstream}", "HOME": str(place)}
    with running(command, Front(port, port, ssl.create_default_context()), env={**os.environ, **known}):
        yield port


def _unsent(port: int, theirs: set[int]) -> dict[int, int]:
    """By the other end's port: the bytes that the kernel holds at ours and nobody has read."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    ours = [row for row in rows if _port(row[1]) == port and _port(row[2]) in theirs]
    return {_port(row[2]): int(row[4].partition(":")[0], 16) for row in ours}


def _port(end: str) -> int:
    return int(end.rpartition(":")[2], 16)


def _until(true: Callable[[], bool]) -> None:
    waiting, over = threading.Event(), time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < over, "waited in vain"
        waiting.wait(0.02)
