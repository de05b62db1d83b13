"""A real server in a process of its own, which can be killed and started again, and one device that asks it."""

import http.client
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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FLIPCHART = (sys.executable, "-m", "app")
STARTING = 30.0


def changed(how: str) -> tuple[str, ...]:
    """The program with something about it changed, by lines of Python that are run before it."""
    return (sys.executable, "-c", f"{how}\nfrom app.cli import run\nrun()\n")


# Whatever becomes of saving, people are told that it was done.
SAYS_IT_IS_SAVED = (
    "from app.board.keeping import OutcomeUnknown, StorageFull, Unavailable\n"
    "from app.store.store import Store\n"
    "save = Store.save\n"
    "def careless(self, board, **how):\n"
    "    try:\n"
    "        return save(self, board, **how)\n"
    "    except (OutcomeUnknown, StorageFull, Unavailable):\n"
    "        return None\n"
    "Store.save = careless\n"
)
# Notes and votes are answered at once, and saved a moment later. Who has a seat keeps it, or nobody could write on.
ANSWERS_TOO_EARLY = (
    "import time\n"
    "from concurrent.futures import ThreadPoolExecutor\n"
    "from app.store.store import Store\n"
    "save, later = Store.save, ThreadPoolExecutor(1)\n"
    "def behind(self, board, **how):\n"
    "    saved = later.submit(lambda: (time.sleep(0.02), save(self, board, **how)))\n"
    "    if any(entry.what not in ('note.add', 'ballot.cast') for entry in how['entries']):\n"
    "        saved.result()\n"
    "Store.save = behind\n"
)
# One save of votes in two is not made, and people are told that it was.
LOSES_SOME = (
    "import itertools\n"
    "from app.store.store import Store\n"
    "save, nth = Store.save, itertools.count()\n"
    "def careless(self, board, **how):\n"
    "    votes = all(entry.what == 'ballot.cast' for entry in how['entries'])\n"
    "    return None if votes and next(nth) % 2 else save(self, board, **how)\n"
    "Store.save = careless\n"
)
# Each delivery of a command counts as another command.
FORGETS_IDS = (
    "from uuid import uuid4\n"
    "from app.realtime.room import Room\n"
    "submit = Room.submit\n"
    "Room.submit = lambda self, actor, command, id_: submit(self, actor, command, uuid4().hex)\n"
)


class Served:
    """A real server in a process of its own, on a port and a data directory that it keeps when started again."""

    def __init__(self, data: Path, program: tuple[str, ...], *, log: Path | None = None, **stated: str) -> None:
        self.data = data
        self.log = log or data.with_name(f"{data.name}.log")
        self._program = program
        plain = {name: value for name, value in os.environ.items() if not name.startswith("FLIPCHART_")}
        self._environment = {**plain, "PYTHONPATH": str(ROOT), "FLIPCHART_MAX_NOTES": "100000", **stated}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start, and wait until it answers; the seconds that took."""
        began = time.monotonic()
        serve = (*self._program, "serve", "--port", str(self.port), "--data", str(self.data))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                serve, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() - began > STARTING:
                raise RuntimeError(self.log.read_text()[-2000:])
            threading.Event().wait(0.02)
        return time.monotonic() - began

    @property
    def pid(self) -> int:
        """Its process, which leads a group of its own."""
        assert self._process is not None
        return self._process.pid

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
def served(
    data: Path, program: tuple[str, ...] = FLIPCHART, *, log: Path | None = None, **stated: str
) -> Iterator[Served]:
    """A server that runs with these settings, and is gone afterwards. What it says goes to `log`, beside its data."""
    server = Served(data, program, log=log, **stated)
    try:
        server.start()
        yield server
    finally:
        server.kill()


class Client:
    """One device: one line to the server at a time, and the seat that it was given."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
        self.cookie = ""

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def hang_up(self) -> None:
        """The next question goes by a new line: the server closes one that was at rest for some seconds."""
        self._line.close()

    def ask(self, method: str, path: str, fields: Mapping[str, Any] | None = None) -> tuple[int, Any]:
        """The status and the JSON of an answer. Raises OSError or HTTPException when none came."""
        headers = {"Accept": "application/json", "Cookie": self.cookie}
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
            self.cookie = given.partition(";")[0]
        return answer.status, json.loads(body) if body.startswith(b"{") else None
