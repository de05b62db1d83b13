"""A Redis server of the tests' own: in memory, on a free port of this machine, with or without a password."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.machine import missing

PATIENCE = 10.0
SETTINGS = ("--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--daemonize", "no")


class Server:
    """A server that runs, and can be stopped, started again at the same port, frozen and thawed."""

    def __init__(self, program: str, home: Path, password: str) -> None:
        self.port = free_port()
        self.password = password
        self._program, self._home = program, home
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is, as FLIPCHART_BROKER_URL takes it."""
        return f"redis://{f':{self.password}@' if self.password else ''}127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        """Its process, while it runs."""
        assert self._running is not None
        return self._running.pid

    def start(self) -> None:
        """Start, and wait until it answers."""
        secret = ("--requirepass", self.password) if self.password else ()
        self._running = subprocess.Popen(
            [self._program, "--port", str(self.port), "--dir", str(self._home), *SETTINGS, *secret],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._running.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"redis-server does not answer on port {self.port}")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=0.05) as asked:
                asked.sendall(b"PING\r\n")
                return asked.recv(1) in b"+-"
        except OSError:
            return False

    def stop(self) -> None:
        """Kill it, as a crash would; what it held is gone. Harmless when it does not run."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None

    def freeze(self) -> None:
        """Let it take connections (the system does that) and answer nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, which: signal.Signals) -> None:
        os.kill(self.pid, which)


@contextmanager
def server(password: str = "") -> Iterator[Server]:
    """A new server, gone afterwards. Skips where there is neither Redis nor Valkey; fails where one must be (CI)."""
    home = Path(tempfile.mkdtemp(prefix="flipchart-redis-"))
    running = Server(_program(), home, password)
    try:
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(home)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _program() -> str:
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        missing("Redis is not installed: neither valkey-server nor redis-server in PATH")
    return found
