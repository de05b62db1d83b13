"""A crowd is counted board by board and level by level, and what held is what held each time."""

import asyncio
import json
import os
import subprocess
import sys

import pytest

from bench import capacity, clients, crowd
from tests.machine import needs_a_compiler

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the load client and /proc are Linux's")
BOARDS = "/red/live\t/red/commands\tstep\n/blue/live\t/blue/commands\tstep\n"
PEOPLE = "0 seat=one\n0 seat=two\n1 seat=three\n1 seat=four\n"
ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    needs_a_compiler()
    return clients.program("crowd", tmp_path_factory.mktemp("built"))


class Server:
    """Each note goes to everybody of its board; those of the blue one lack it where that is to be seen."""

    def __init__(self, *, silent: bool) -> None:
        self.silent = silent
        self.lines = {"red": [], "blue": []}
        self.posted = []
        self.writers = []

    async def __call__(self, reader, writer):
        self.writers.append(writer)
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                await self.answers(head, reader, writer)
        except asyncio.IncompleteReadError:
            pass

    async def answers(self, head, reader, writer):
        board = head.split("/")[1]
        seat = head.partition("Cookie: ")[2].partition("\r\n")[0]
        if head.startswith("GET"):
            self.lines[board].append(writer)
            writer.write(f"HTTP/1.1 101 Switching\r\nSec-WebSocket-Accept: {ACCEPT}\r\n\r\n".encode())
            return
        length = int(head.partition("Content-Length: ")[2].partition("\r\n")[0])
        fields = dict(pair.split("=", 1) for pair in (await reader.readexactly(length)).decode().split("&"))
        self.posted.append((board, seat, fields["id"]))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        for line in self.lines[board]:
            told = fields["text"].encode()
            line.write(b"" if self.silent and board == "blue" else bytes((0x81, len(told))) + told)


async def levels(program, place, *said: str, silent: bool = False):
    """What the client found at each level, and the server that it was talking to.

    What comes is waited for as long as a busy machine takes; what never comes, for a moment.
    """
    server = Server(silent=silent)
    listening = await asyncio.start_server(server, "127.0.0.1", 0)
    (place / "boards").write_text(BOARDS)
    (place / "people").write_text(PEOPLE)
    facts = [f"port={listening.sockets[0].getsockname()[1]}", "warm=0.1", f"patience={0.5 if silent else 10}"]
    files = [f"boards={place / 'boards'}", f"people={place / 'people'}"]
    process = await asyncio.create_subprocess_exec(
        program, *facts, *files, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await asyncio.wait_for(process.communicate("".join(f"{level}\n" for level in said).encode()), 30)
    for writer in server.writers:
        writer.close()
    listening.close()
    await listening.wait_closed()
    lines = told.decode().splitlines()
    assert lines[0] == "ready"
    assert lines[1:5][:3] == ["opened", "writing", "written"]
    return [json.loads(line.removeprefix("result ")) for line in lines if line.startswith("result ")], server


async def test_each_note_is_counted_by_everybody_of_its_board(program, tmp_path):
    found, server = await levels(program, tmp_path, "2 100 0.2", "4 100 0.2")
    assert [(each["notes"], each["lacking"], each["refused"], each["lost"]) for each in found] == [(20, 0, 0, 0)] * 2
    assert [each["deliveries"] for each in found] == [40, 40]
    first, second = server.posted[:30], server.posted[30:]
    assert {board for board, _, _ in first} == {"red"}
    assert sorted(board for board, _, _ in second) == ["blue"] * 15 + ["red"] * 15
    assert len({id_ for _, _, id_ in server.posted}) == 60
    assert {seat for _, seat, _ in second} == {"seat=one", "seat=two", "seat=three", "seat=four"}


async def test_what_does_not_come_is_lacking(program, tmp_path):
    found, _ = await levels(program, tmp_path, "4 100 0.2", silent=True)
    assert (found[0]["lacking"], found[0]["deliveries"]) == (15, 20)


def level(*, seen: float = 10, lacking: int = 0):
    found = {"lacking": lacking, "refused": 0, "lost": 0, "ack_p99": 5, "seen_p99": seen, "deliveries": 4, "seconds": 2}
    return crowd.Level(1, 1, found, {"server": 2e-6, "broker": 6e-6})


def climbing(monkeypatch, *climbs):
    """As if each climb had found that, one after the other."""
    waiting, asked = list(climbs), []

    def climb(steps, seconds):
        asked.append([step.lines for step in steps])
        return waiting.pop(0)

    monkeypatch.setattr(capacity, "climb", climb)
    return asked


def test_what_held_is_the_last_step_that_held_each_time(monkeypatch):
    steps = capacity.people([1, 2, 3], 20)
    late = level(seen=251)
    asked = climbing(monkeypatch, [level(), level(), late], [level(lacking=1)], [level(seen=250)])
    held = capacity.up(steps, 1, 2)
    assert asked == [[1, 2, 3], [2], [1]]
    assert (held.step, held.missed, len(held.runs)) == (steps[0], steps[1], 2)
    climbing(monkeypatch, [late])
    assert capacity.up(steps, 1, 2) == capacity.Held(None, [], steps[0], late)
    climbing(monkeypatch, [level(), level(), level()], [level()])
    assert capacity.up(steps, 1, 2).missed is None


def test_what_several_processes_use_is_added_up():
    assert level().delivery == 2
    assert level().delivery_of("broker") == 1.5
    before = crowd.used_by(os.getpid())
    subprocess.run([sys.executable, "-S", "-c", "sum(range(3_000_000))"], check=True)
    assert crowd.used_by(os.getpid()) - before > 0.02
