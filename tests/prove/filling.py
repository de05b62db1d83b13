"""Fills the disk under a server while people write, or has it fail, and says what became of what they were promised."""

import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import postgres
from tests.disk import small_disk
from tests.prove.auditing import Audit, audit, intact
from tests.prove.serving import Client, changed, served
from tests.prove.writing import Session, Writers, begin

SMALL = 48_000
LONG = " and so that the disk is full soon" * 6
PIECE = bytes(64 * 1024)
ATTACHED = 10.0


@dataclass(frozen=True, slots=True)
class Filled:
    """What was found after so many times without room.

    `back` is the seconds from each moment with room again until a command was answered; `read` how many pages and
    answers of the API came while there was none.
    """

    audit: Audit
    back: list[float]
    refused: int
    read: int
    intact: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """What was found after so many calls that failed."""

    audit: Audit
    failures: int
    back: float
    intact: bool


def fill_again_and_again(place: Path, *, times: int, writers: int, backend: str, careless: str = "") -> Filled:
    """Take the last room away, have people refused, read, make room; and once more. Then compare."""
    with small_disk(SMALL) as disk, _database(place, disk, backend) as (home, url):
        stated = {"FLIPCHART_DATABASE_URL": url} if backend == "postgresql" else {}
        with served(home, changed(careless), log=place / "server.log", **stated) as server:
            session = begin(server.port)
            with Client(server.port) as reader, Writers(server.port, session, writers, words=LONG) as writing:
                reader.ask("POST", session.join, {"name": "Reader", "place": "Quito", "language": "en"})
                found = [_once(reader, session, writing, disk / "ballast", careless) for _ in range(times)]
            server.stop()
        return Filled(
            audit(url, session, writing.seen),
            [back for back, _ in found],
            writing.seen.refused.get("storage-full", 0),
            sum(read for _, read in found),
            backend != "sqlite" or intact(home / "flipchart.db"),
        )


@contextmanager
def _database(place: Path, disk: Path, backend: str) -> Iterator[tuple[Path, str]]:
    """Where the server's data lies, and its database: on the small disk."""
    if backend == "sqlite":
        home = disk / "boards"
        home.mkdir()
        yield home, f"sqlite:///{home}/flipchart.db"
        return
    home = place / "boards"
    home.mkdir()
    with postgres.server(postgres.DURABLE) as database:
        yield home, database.make_on(disk / "tables", "cramped")
        database.drop("cramped", "cramped_disk")


def _once(reader: Client, session: Session, writing: Writers, ballast: Path, careless: str) -> tuple[float, int]:
    """Without room until people noticed, and with room until one was answered: the seconds, and what was read."""
    writing.seen.await_more(100)
    _fill(ballast)
    if careless:
        writing.seen.await_more(400)
    else:
        writing.seen.await_refusals("storage-full", 200)
    read = _read(reader, session)
    answered = len(writing.seen.answered)
    ballast.unlink()
    began = time.monotonic()
    writing.seen.await_count(answered + 1)
    return time.monotonic() - began, read


def _fill(ballast: Path) -> None:
    """Take all the room that there is, and again what is given back meanwhile."""
    with ballast.open("wb", buffering=0) as file:
        for piece in (PIECE, PIECE[:4096]):
            while True:
                try:
                    file.write(piece)
                except OSError:
                    break


def _read(reader: Client, session: Session) -> int:
    """The page and the board as a program reads it, by somebody who has a seat: how many answers came."""
    reader.hang_up()
    status, _ = reader.ask("GET", f"/b/{session.board}")
    asked, seen = reader.ask("GET", f"/api/boards/{session.board}")
    assert (status, asked) == (200, 200)
    assert len(seen["notes"]) >= len(session.candidates)
    return 2


def fail_again_and_again(place: Path, *, call: str, error: str, every: int, answers: int, writers: int) -> Failed:
    """Have every so-manieth call of that kind fail, from outside, while people write; then compare."""
    home = place / "boards"
    home.mkdir()
    with served(home) as server:
        session = begin(server.port)
        with Writers(server.port, session, writers) as writing:
            with _failing(server.pid, place / "calls", f"{call}:error={error}:when={every}+{every}"):
                writing.seen.await_more(answers)
            began, answered = time.monotonic(), len(writing.seen.answered)
            writing.seen.await_count(answered + 1)
            back = time.monotonic() - began
        server.stop()
    failures = (place / "calls").read_text(errors="replace").count("(INJECTED)")
    found = audit(f"sqlite:///{home}/flipchart.db", session, writing.seen)
    return Failed(found, failures, back, intact(home / "flipchart.db"))


@contextmanager
def _failing(pid: int, calls: Path, inject: str) -> Iterator[None]:
    """Attach to a server that runs; its calls fail until this is left."""
    command = ["strace", "-f", "-p", str(pid), "-o", str(calls), "-e", f"trace={inject.partition(':')[0]}"]
    with subprocess.Popen([*command, "-e", f"inject={inject}"], stderr=subprocess.PIPE, text=True) as watching:
        _until(lambda: (calls.exists() and calls.stat().st_size > 0) or watching.poll() is not None)
        assert watching.poll() is None, watching.stderr.read() if watching.stderr else ""
        try:
            yield
        finally:
            watching.send_signal(signal.SIGINT)


def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + ATTACHED
    while not true():
        assert time.monotonic() < until, "strace does not begin"
        threading.Event().wait(0.02)


def can_fail_calls() -> bool:
    """Is strace here, which has calls fail?"""
    return shutil.which("strace") is not None
