"""Watches a server's system calls: which answers left before what they promise was synced to the disk."""

import re
import sys
from pathlib import Path

from tests.prove.serving import FLIPCHART, served
from tests.prove.writing import Writers, begin

CALLS = "trace=pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg"
CARELESS = (
    "from app.store import opening\n"
    "opening.DURABLE = tuple(each.replace('FULL', 'OFF') for each in opening.DURABLE)\n"
    "from app.cli import run\n"
    "run()\n"
)
SERVER = FLIPCHART
CARELESS_SERVER = (sys.executable, "-c", CARELESS)
COMMAND = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ANSWER = re.compile(rf'{{\\"id\\":\\"({COMMAND.pattern})\\",\\"seq\\":')
CALL = re.compile(r"^(?P<thread>\d+) +(?P<rest>.*)$")


def trace(data: Path, program: tuple[str, ...], *, answers: int) -> tuple[Path, set[str]]:
    """Have people write on a server that is watched; what was seen, and the ids that were answered."""
    seen = data / "calls"
    watched = ("strace", "-f", "-e", CALLS, "-s", "6000", "-o", str(seen), *program)
    with served(_home(data), watched) as server:
        session = begin(server.port)
        with Writers(server.port, session, 4) as writing:
            writing.seen.await_count(answers)
        server.stop()
    return seen, set(writing.seen.answered)


def early(seen: Path, commands: set[str]) -> set[str]:
    """The commands whose answer left before a sync that began after they were written had ended."""
    written: set[str] = set()
    synced: set[str] = set()
    syncing: dict[str, set[str]] = {}
    found: set[str] = set()
    with seen.open(errors="replace") as lines:
        for line in lines:
            call = CALL.match(line)
            if call is None:
                continue
            thread, rest = call["thread"], call["rest"]
            if rest.startswith("pwrite64("):
                written |= commands.intersection(COMMAND.findall(rest))
            elif rest.startswith(("fdatasync(", "fsync(")):
                syncing[thread] = set(written)
            elif rest.startswith(("write(", "writev(", "sendto(", "sendmsg(")):
                found |= commands.intersection(ANSWER.findall(rest)) - synced
            if "sync" in rest[:20] and rest.rstrip().endswith("= 0"):
                synced |= syncing.pop(thread, set())
    return found


def _home(data: Path) -> Path:
    home = data / "boards"
    home.mkdir()
    return home
