"""One process looks after several: it waits until they are ready, replaces one after the other, and ends them all."""

import asyncio
import errno
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app import starting, supervising
from app.supervising import Supervisor

# Is ready at once, says its number to the test, and stays until it is told to end.
PROCESS = (
    "import os, pathlib, signal, sys\n"
    "files = dict(zip(sys.argv[1::2], map(int, sys.argv[2::2])))\n"
    "here = pathlib.Path(os.environ['HERE'])\n"
    "others = [int(each.name) for each in here.glob('[0-9]*')]\n"
    "before, beside = len(others), sum(os.path.exists(f'/proc/{{each}}') for each in others)\n"
    "{first}\n"
    "(here / str(os.getpid())).touch()\n"
    "os.write(files['--ready'], b'1')\n"
    "(here / 'said').open('w').write(f'{{os.getpid()}} {{beside}}\\n')\n"
    "os.read(files['--lifeline'], 1)\n"
)
AILING = "if before >= {}: (here / 'said').open('w').write('0 0\\n'); sys.exit(3)"
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"


class Crew:
    """Two processes and who looks after them."""

    def __init__(self, here: Path, first: str) -> None:
        self.here, self.beside = here, 0
        os.mkfifo(here / "said")
        self.said = os.fdopen(os.open(here / "said", os.O_RDWR), "rb")
        command = [sys.executable, "-I", "-S", "-c", PROCESS.format(first=first)]
        self.supervisor = Supervisor(command, starting.listen("127.0.0.1", 0), count=2, environment={"HERE": str(here)})

    async def next(self) -> int:
        """The number of the next process that is ready, after `beside` of those before it were there at its start."""
        async with asyncio.timeout(10):
            process, self.beside = map(int, (await asyncio.to_thread(self.said.readline)).split())
        return process


Meanwhile = Callable[[Crew], Awaitable[None]]


@pytest.fixture
def serve(tmp_path: Path) -> Callable[[Meanwhile, str], bool]:
    """Has a crew run while something is done, then ends it; whether all of the first became ready."""

    async def both(meanwhile: Meanwhile, first: str) -> bool:
        crew = Crew(tmp_path, first)
        running = asyncio.create_task(crew.supervisor.run())
        try:
            await meanwhile(crew)
            os.kill(os.getpid(), signal.SIGTERM)
            return await running
        finally:
            crew.said.close()

    def run(meanwhile: Meanwhile, first: str = "") -> bool:
        came_up = asyncio.run(both(meanwhile, first))
        assert not [each for each in tmp_path.glob("[0-9]*") if lives(int(each.name))]
        return came_up

    return run


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_each_is_replaced_once_its_successor_is_ready_and_all_are_ended(serve):
    async def meanwhile(crew: Crew) -> None:
        first = {await crew.next(), await crew.next()}
        os.kill(os.getpid(), signal.SIGHUP)
        for _ in first:
            assert lives(await crew.next())
            assert crew.beside == 2, "one goes when the next one is ready, and before the one after it is started"

    assert serve(meanwhile)


def test_who_dies_is_replaced(serve):
    async def meanwhile(crew: Crew) -> None:
        first = [await crew.next(), await crew.next()]
        os.kill(first[0], signal.SIGKILL)
        assert lives(await crew.next())
        assert lives(first[1])

    assert serve(meanwhile)


def test_who_cannot_be_started_again_for_lack_of_room_is_started_later_and_the_others_go_on(serve, monkeypatch):
    begin, begun = asyncio.create_subprocess_exec, []

    async def scarce(*words, **more):
        begun.append(words)
        if len(begun) == 3:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return await begin(*words, **more)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", scarce)
    monkeypatch.setattr(supervising, "FIRST_PAUSE", 0.01)

    async def meanwhile(crew: Crew) -> None:
        first = [await crew.next(), await crew.next()]
        os.kill(first[0], signal.SIGKILL)
        assert lives(await crew.next())
        assert lives(first[1])
        assert len(begun) == 4

    assert serve(meanwhile)


def test_no_further_one_is_replaced_when_a_successor_does_not_become_ready(serve):
    async def meanwhile(crew: Crew) -> None:
        first = [await crew.next(), await crew.next()]
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGHUP)
            assert await crew.next() == 0
        # The second time nothing was under way any more.
        assert all(map(lives, first))

    assert serve(meanwhile, AILING.format(2))


def test_all_are_ended_when_one_of_the_first_does_not_become_ready(tmp_path):
    async def run() -> bool:
        crew = Crew(tmp_path, AILING.format(0))
        with crew.said:
            return await crew.supervisor.run()

    assert asyncio.run(run()) is False


def test_who_does_not_end_is_killed(serve, monkeypatch):
    monkeypatch.setattr(supervising, "ENDED_WITHIN", 0.1)

    async def meanwhile(crew: Crew) -> None:
        await crew.next()
        await crew.next()

    assert serve(meanwhile, DEAF)
