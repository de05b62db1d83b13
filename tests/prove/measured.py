"""A server that says what it holds: tasks, descriptors, rooms, threads, memory, and objects by their kind."""

import asyncio
import ctypes
import gc
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from app import serving
from app.listening.socket import Socket
from app.metrics.measures import Measures
from app.realtime import rooms
from tests.prove.serving import changed

# The limits count by a clock that runs ahead, rooms close soon, and so do the lines of who reads nothing: no more.
HASTE = 10_000.0
IDLE, BEAT = 6.0, 0.5
LAST_WORD = 1.0
OURS = ("app.", "web.", "uvicorn.", "websockets.", "starlette.", "asyncio", "_asyncio")


def measured(planted: str = "") -> tuple[str, ...]:
    """The program that serves and says what it holds; `planted` are lines of Python that are run before it."""
    return changed(f"from tests.prove.measured import tells\ntells()\n{planted}")


def tells() -> None:
    """From now on this process serves so."""
    made, ended = serving.create_app, Measures.ended
    ways: Counter[str] = Counter()

    def counted(self: Measures, way: str, code: int | None) -> None:
        ways[f"{way} {code}"] += 1
        ended(self, way, code)

    def app(*given: Any, **more: Any) -> FastAPI:
        found = made(*given, ticks=lambda: time.monotonic() * HASTE, **more)

        async def says() -> dict[str, Any]:
            return await held(found, ways)

        found.add_api_route("/held", says)
        return found

    rooms.IDLE, rooms.BEAT, Socket.LAST_WORD = IDLE, BEAT, LAST_WORD
    Measures.ended = counted  # type: ignore[method-assign]
    serving.create_app = app


async def held(app: FastAPI, ways: Mapping[str, int]) -> dict[str, Any]:
    """All that is held now, once what can be given back has been."""
    await _every_reader(app.state.house.keeper)
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    house = app.state.house
    return {
        "tasks": Counter(_kind(task) for task in asyncio.all_tasks()),
        "descriptors": Counter(_descriptors()),
        "rooms": Counter(open=house.rooms.number),
        "threads": Counter(re.sub(r"[-_0-9]+$", "", each.name) for each in threading.enumerate()),
        "memory": _memory(),
        "maps": {"addresses": len(house.addresses), **_buckets(house.gates)},
        "objects": Counter(filter(None, map(_name, gc.get_objects()))),
        "ended": ways,
    }


async def _every_reader(keeper: Any) -> None:
    """Those who read begin one by one as they are needed: all of them have begun, and have opened the database."""
    together = threading.Barrier(keeper.reader._max_workers)
    loop = asyncio.get_running_loop()

    def read() -> None:
        together.wait(10)
        keeper.load("nobody")

    await asyncio.gather(*(loop.run_in_executor(keeper.reader, read) for _ in range(together.parties)))


def _kind(task: "asyncio.Task[Any]") -> str:
    coroutine = task.get_coro()
    name = getattr(coroutine, "__qualname__", "")
    return name or re.sub(r"[-0-9]+$", "", task.get_name())


def _descriptors() -> list[str]:
    found = []
    for each in Path("/proc/self/fd").iterdir():
        try:
            found.append(re.sub(r"[0-9]+", "", str(each.readlink())).rpartition("/")[2])
        except OSError:
            continue
    return found


def _memory() -> int:
    """Bytes of this process that are in memory."""
    found = re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(found[0]) * 1_024


def _buckets(gates: Any) -> dict[str, int]:
    names = [name for name in gates.__slots__ if hasattr(getattr(gates, name), "_left")]
    return {name: len(getattr(gates, name)._left) for name in names}


def _name(thing: object) -> str:
    kind = type(thing)
    name = f"{kind.__module__}.{kind.__qualname__}"
    return name if name.startswith(OURS) else ""
