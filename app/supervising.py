"""Several server processes behind one socket: started, replaced one after the other, and ended by whoever owns it."""

import asyncio
import os
import signal
import socket
import sys
import threading
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

import structlog
import uvicorn

# Seconds. A process says good-bye to its pages within 6; the system waits 10 for all of it.
READY_WITHIN: Final = 60.0
ENDED_WITHIN: Final = 9.0
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
# Whoever served for so long did not die of what it was started with.
HEALTHY_AFTER: Final = 60.0
READY: Final = b"1"


class Supervisor:
    """Keeps `count` processes that accept from `listener`, each started by `command`.

    A process is told, after the command, which of its files are the socket, the pipe into which it says that it is
    ready, and the lifeline, which ends with this process; and which place it has, from 0 on. SIGTERM and SIGINT end
    all of them; SIGHUP replaces one after the other, each only once its successor is ready.
    """

    def __init__(
        self, command: Sequence[str], listener: socket.socket, *, count: int, environment: Mapping[str, str]
    ) -> None:
        self._command = command
        self._listener = listener
        self._environment = environment
        self._count = count
        self._lifeline, self._alive = os.pipe()
        self._running: set[Process] = set()
        self._places: list[Process] = []
        self._turns = [asyncio.Lock() for _ in range(count)]
        self._told_to_end = asyncio.Event()
        self._told_to_replace = asyncio.Event()
        self._events = structlog.get_logger()

    async def run(self) -> bool:
        """Serve until told to stop. False when not all of the first processes became ready."""
        self._hear_signals()
        serving = asyncio.create_task(self._serve())
        told_to_end = asyncio.create_task(self._told_to_end.wait())
        await asyncio.wait({serving, told_to_end}, return_when=asyncio.FIRST_COMPLETED)
        for task in (serving, told_to_end):
            task.cancel()
        await asyncio.gather(serving, told_to_end, return_exceptions=True)
        self._listener.close()
        await asyncio.gather(*(self._end(process) for process in list(self._running)))
        return self._told_to_end.is_set()

    async def _serve(self) -> None:
        """For ever; or until it turns out that not all of the first processes become ready."""
        started = await asyncio.gather(*(self._start(place) for place in range(self._count)))
        self._places = [process for process in started if process is not None]
        if len(self._places) == self._count:
            self._events.info("processes ready", processes=self._count)
            kept = (self._keep(place) for place in range(self._count))
            await asyncio.gather(*kept, self._replace_when_told())

    def _hear_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for told in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(told, self._told_to_end.set)
        # Where there is a terminal, this says that it is gone.
        replace = self._told_to_end if sys.stdin.isatty() else self._told_to_replace
        loop.add_signal_handler(signal.SIGHUP, replace.set)

    async def _start(self, place: int) -> Process | None:
        """A new process that serves in that place; None when it ended, was not ready in time, or cannot be begun."""
        try:
            process, hears = await self._begun(place)
        except OSError as error:
            self._events.error("process not started", why=(error.strerror or "unknown reason").lower())
            return None
        self._running.add(process)
        if await _is_ready(hears):
            return process
        await self._end(process)
        return None

    async def _begun(self, place: int) -> tuple[Process, int]:
        """A process that was started, and the pipe by which it says that it is ready. Raises OSError."""
        hears, says = os.pipe()
        files = {"--listener": self._listener.fileno(), "--ready": says, "--lifeline": self._lifeline}
        told = {**files, "--place": place}
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                *(word for option, number in told.items() for word in (option, str(number))),
                pass_fds=tuple(files.values()),
                env=self._environment,
                stdin=DEVNULL,
                # What is typed at a terminal is for this process alone.
                start_new_session=True,
            )
        except BaseException:
            os.close(hears)
            raise
        finally:
            os.close(says)
        return process, hears

    async def _keep(self, place: int) -> None:
        """Start another process in this place whenever the one there has died; the longer it goes on, the later."""
        loop = asyncio.get_running_loop()
        pause, since = 0.0, loop.time()
        while True:
            process = self._places[place]
            status = await process.wait()
            async with self._turns[place]:
                if self._places[place] is not process:
                    pause, since = 0.0, loop.time()
                    continue
                self._running.discard(process)
                pause = 0.0 if loop.time() - since > HEALTHY_AFTER else pause
                pause = min(max(2 * pause, FIRST_PAUSE), LONGEST_PAUSE)
                self._events.error("process died", process=process.pid, status=status, again_in=pause)
                await asyncio.sleep(pause)
                since = loop.time()
                self._places[place] = await self._start(place) or process

    async def _replace_when_told(self) -> None:
        while True:
            await self._told_to_replace.wait()
            self._told_to_replace.clear()
            await self._replace_all()

    async def _replace_all(self) -> None:
        for place in range(self._count):
            async with self._turns[place]:
                successor = await self._start(place)
                if successor is None:
                    self._events.error("replacing stopped: a new process did not become ready", replaced=place)
                    return
                old, self._places[place] = self._places[place], successor
                await self._end(old)
        self._events.info("processes replaced", processes=self._count)

    async def _end(self, process: Process) -> None:
        """Ask a process to end, and see to it that it does."""
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), ENDED_WITHIN)
        except TimeoutError:
            self._events.error("process killed: it did not end", process=process.pid)
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        self._running.discard(process)


class OneOfSeveral(uvicorn.Server):
    """A server that says into a pipe that it is ready."""

    def __init__(self, config: uvicorn.Config, ready: int) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Ready is whoever has opened everything and listens."""
        await super().startup(sockets=sockets)
        os.write(self._ready, READY)
        os.close(self._ready)


def end_with(lifeline: int) -> None:
    """This process ends, as if told to, when the one that holds the other end of the pipe has died."""

    def wait() -> None:
        os.read(lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def this_program(*words: str) -> list[str]:
    """Another command of the command line, run as this one is."""
    return [sys.executable, *(["-P"] if sys.flags.safe_path else []), "-m", "app", *words]


async def _is_ready(hears: int) -> bool:
    """Whether a process said so, before it ended and in time; the pipe is closed."""
    loop = asyncio.get_running_loop()
    said: asyncio.Future[bytes] = loop.create_future()

    def read() -> None:
        loop.remove_reader(hears)
        said.set_result(os.read(hears, 1))

    loop.add_reader(hears, read)
    try:
        return await asyncio.wait_for(said, READY_WITHIN) == READY
    except TimeoutError:
        return False
    finally:
        loop.remove_reader(hears)
        os.close(hears)
