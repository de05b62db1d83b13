"""Knows how the load client is built and driven: it says a line at each step, and goes on when it is told to."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCES = HERE / "load"
BUILT = HERE / "built"
WIRE = ("wire.c", "inflate.c")
NOTES = ("notes.c", "posting.c")
PROGRAMS = {
    "session": (*WIRE, *NOTES, "session.c"),
    "storm": (*WIRE, "storm.c"),
    "reconnect": (*WIRE, "reconnect.c"),
    "crowd": (*WIRE, *NOTES, "crowd.c"),
    "send_loop": ("send_loop.c",),
}
FLAGS = ("-O2", "-Wall", "-Wextra", "-std=gnu11")


RESULT = "result "


class NoCompiler(Exception):
    """The load client cannot be built here: one sentence."""


def program(name: str, built: Path = BUILT) -> Path:
    """The load client of that name, compiled where its source is newer. Raises NoCompiler."""
    paths = [SOURCES / source for source in PROGRAMS[name]]
    made = built / name
    if made.is_file() and all(made.stat().st_mtime > path.stat().st_mtime for path in (*paths, *SOURCES.glob("*.h"))):
        return made
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise NoCompiler(
            "The load client is written in C and there is no compiler here: install gcc, then start again."
        )
    built.mkdir(exist_ok=True)
    said = subprocess.run([compiler, *FLAGS, "-o", made, *paths, "-lz"], capture_output=True, text=True, check=False)
    if said.returncode:
        raise NoCompiler(f"The load client could not be compiled:\n{said.stderr}")
    return made


class Client:
    """A load client that runs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._to_go_on = False

    def step(self) -> str:
        """Let it go on to its next step, and give what it says there."""
        if self._to_go_on:
            self.tell("")
        self._to_go_on = True
        return self.hear()

    def tell(self, line: str) -> None:
        """Say a line to it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def hear(self) -> str:
        """The next line that it says."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the load client ended with {self._process.wait()}")
        return line.strip()

    def result(self) -> dict[str, Any]:
        """Let it go on to its last step, and give what it found."""
        said = self.step()
        while not said.startswith(RESULT):
            said = self.step()
        return found_in(said)


def found_in(said: str) -> dict[str, Any]:
    """What it found, from the line that tells it."""
    found: dict[str, Any] = json.loads(said.removeprefix(RESULT))
    return found


@contextmanager
def client(name: str, **facts: object) -> Iterator[Client]:
    """A load client with these facts as its arguments; it is ended with the block."""
    arguments = [f"{key}={value}" for key, value in facts.items()]
    with subprocess.Popen(
        [program(name), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Client(process)
        finally:
            process.kill()
