"""Knows how a server under measurement is started as a process of its own, watched, and stopped by its id."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).absolute().parents[1]
KEY = "a key for benchmarks that is long enough to be one"
PATIENCE = 30.0
# Beside the process's id stands the kind of its CPU clock (Linux: CPUCLOCK_SCHED), all threads together.
CPU_CLOCK = 2


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: where it listens, and its process."""

    port: int
    process: subprocess.Popen[str]

    @property
    def pid(self) -> int:
        return self.process.pid

    def cpu(self) -> float:
        """Seconds of CPU that it has used so far, all threads together."""
        return time.clock_gettime((~self.pid << 3) | CPU_CLOCK)

    def memory(self) -> int:
        """Bytes that it holds in memory now."""
        resident = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(resident) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def flipchart(data: Path, *, port: int = 0, planted: str = "", **settings: str) -> Iterator[Served]:
    """Flipchart itself as `bin/serve` starts it, on a free port of this machine or on `port`. Boards lie in `data`.

    `planted` is a module that is imported first: a fault that a measurement must show, or it shows nothing.
    """
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FLIPCHART_")}
    stated = {"FLIPCHART_DATA": str(data), "FLIPCHART_LOG_FORMAT": "json", "FLIPCHART_SECRET_KEY": KEY, **settings}
    log = data / "server.log"
    serving = "serving" if int(settings.get("FLIPCHART_PROCESSES", "1")) == 1 else "processes ready"
    (data / "address").unlink(missing_ok=True)
    first = ["-c", f"import {planted}; from app.cli import run; run()"] if planted else ["-m", "app"]
    command = [sys.executable, "-P", *first, "serve", "--port", str(port)]
    with log.open("w", encoding="utf-8") as lines, _process(command, {**plain, **stated}, stderr=lines) as process:
        address = data / "address"
        _until(process, lambda: serving in log.read_text(encoding="utf-8") and address.is_file(), log)
        port = int(address.read_text(encoding="utf-8").strip().rpartition(":")[2])
        # The list of cities is read beside the first requests: not what is measured.
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/places?q=lyo", timeout=PATIENCE) as cities:
            cities.read()
        yield Served(port, process)


@contextmanager
def announced(command: Sequence[str | Path], **settings: str) -> Iterator[Served]:
    """Any other server; it prints the port that it listens on as its first line."""
    with _process(command, {**os.environ, **settings}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        if not port.isdigit():
            raise RuntimeError(f"{command[0]} did not say which port it listens on")
        yield Served(int(port), process)


@contextmanager
def _process(
    command: Sequence[str | Path], environment: dict[str, str], **more: object
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, env={**environment, "PYTHONPATH": str(ROOT)}, cwd=ROOT, text=True, **more)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _until(process: subprocess.Popen[str], true: object, log: Path) -> None:
    over = time.monotonic() + PATIENCE
    while not true():  # type: ignore[operator]
        if process.poll() is not None or time.monotonic() > over:
            raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.02)
