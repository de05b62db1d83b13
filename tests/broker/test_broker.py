"""Hints over Redis: heard by the others alone, and a broker that is away, silent or none costs nothing but time."""

import asyncio
import contextlib
import time

import pytest
from redis.asyncio import Redis

from app.broker.reaching import MOST_OF_AN_ANSWER
from app.broker.sealing import Seal
from app.realtime.neighbours import BACK, LOST
from tests import redis
from tests.broker.company import KEY, PATIENCE, Process, processes, until
from tests.redis import free_port

SOON = 5.0


async def test_hints_reach_the_others_and_not_oneself(broker):
    async with processes(broker.url, 3) as (one, two, three):
        one.broker.say("board", "head", {"seq": 1})
        one.broker.say("board", "typing", {"person": "lyon", "part": "step"})
        assert await two.hears(2) == await three.hears(2)
        assert two.heard == [("board", "head", {"seq": 1}), ("board", "typing", {"person": "lyon", "part": "step"})]
        two.broker.say("board", "head", {"seq": 2})
        await one.hears(1)
        assert one.heard == [("board", "head", {"seq": 2})], "its own words are not among them"


async def test_promise_17_forged_doubled_and_reordered_hints_are_harmless(broker):
    async with processes(broker.url, 1) as (one,), Redis.from_url(broker.url) as anybody:
        other = Seal(KEY, time.time)
        first, second = other.sealed("board", "head", {"seq": 1}), other.sealed("board", "head", {"seq": 2})
        forged = Seal(b"guessed" * 5, time.time).sealed("board", "gone", {})
        for message in (forged, b"nonsense", b"\0" * 300_000, second, second, first, forged):
            await anybody.publish(other.channel, message)
        await anybody.publish(other.channel, other.sealed("board", "head", {"seq": 3}))
        await one.hears(2)
        assert one.heard == [("board", "head", {"seq": 2}), ("board", "head", {"seq": 3})]


async def test_a_hint_that_this_version_does_not_understand_costs_no_line(broker, capsys):
    async with processes(broker.url) as (one, two):
        two.broker.listen(lambda board, kind, process, said: said["seq"])
        one.broker.say("board", "head", {"other": 1})
        one.broker.say("board", "head", {"seq": 2})
        assert len(await two.hears(2)) == 2
        assert two.turns == [BACK]


async def test_promise_17_a_broker_that_dies_is_missed_and_found_again(capsys):
    with redis.server("geheim") as running:
        async with processes(running.url) as (one, two):
            running.stop()
            await until(lambda: one.turns[-1] == two.turns[-1] == LOST)
            one.broker.say("board", "head", {"seq": 1})
            assert one.joined.away
            running.start()
            began = time.monotonic()
            await until(lambda: one.turns == two.turns == [BACK, LOST, BACK])
            one.broker.say("board", "head", {"seq": 2})
            await two.hears(1)
            assert time.monotonic() - began < SOON
            assert two.heard == [("board", "head", {"seq": 2})], "what could not be said then is not said later"
    said = capsys.readouterr().out
    assert said.count("broker away") == 2 and said.count("broker reached") == 4, "a line for each change, not each try"
    assert "geheim" not in said and "127.0.0.1" not in said


async def test_promise_17_a_frozen_broker_is_missed_and_nobody_waits_for_it(monkeypatch):
    monkeypatch.setattr("app.broker.broker.QUIET", 0.2)
    with redis.server() as running:
        async with processes(running.url, 1) as (one,):
            running.freeze()
            for number in range(5_000):
                began = time.perf_counter()
                one.broker.say("board", "head", {"seq": number})
                assert time.perf_counter() - began < SOON
            assert len(one.broker._waiting) <= 2_000
            await until(lambda: one.turns[-1] == LOST)
            running.thaw()
            await until(lambda: one.turns == [BACK, LOST, BACK])


async def _refused(url: str) -> str:
    """The first thing that comes of reaching for it."""
    process = Process(url).start()
    try:
        await until(lambda: process.turns)
        return process.turns[0]
    finally:
        await process.joined.close()


async def test_a_broker_that_refuses_the_password_is_away(capsys):
    with redis.server("right") as running:
        assert await _refused(running.url.replace("right", "wrong")) == LOST
        assert await _refused(running.url.replace(":right@", "")) == LOST
    said = capsys.readouterr().out
    assert said.count("the password is refused") == 2 and "wrong" not in said


NONSENSE = {
    "another protocol": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
    "a number": b":1\r\n" * 50,
    "nothing": b"$-1\r\n" * 50,
    "lists without end": b"*1\r\n" * 5_000,
    "a text that is no text": b"$x\r\n",
    "empty lists": b"*0\r\n" * 50,
    "a message of nobody": b"+OK\r\n+OK\r\n+OK\r\n*3\r\n$7\r\nmessage\r\n$1\r\nx\r\n$1\r\ny\r\n*1\r\n:1\r\n",
    "bytes": bytes(range(256)) * 10,
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
async def test_a_broker_that_answers_nonsense_is_away(nonsense, capsys):
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(nonsense)
        await reader.read()
        writer.close()

    port = free_port()
    async with await asyncio.start_server(answer, "127.0.0.1", port):
        assert await _refused(f"redis://127.0.0.1:{port}") == LOST
    assert capsys.readouterr().out.count("broker away") == 1


ENDLESS = {
    "one text": (b"$100000000000\r\n", bytes(1 << 16)),
    "a list of numbers": (b"*100000000000\r\n", b":1\r\n" * 10_000),
    "a list of texts": (b"*1000\r\n", b"$65536\r\n" + bytes(1 << 16) + b"\r\n"),
    "one line": (b"+", b"x" * (1 << 16)),
}


@pytest.mark.parametrize(("begin", "more"), ENDLESS.values(), ids=ENDLESS)
async def test_an_answer_that_never_ends_is_not_kept(begin, more, capsys):
    taken = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal taken
        await reader.read(1)
        writer.write(begin)
        with contextlib.suppress(OSError):
            while not writer.is_closing():
                writer.write(more)
                await writer.drain()
                taken += len(more)
        writer.close()

    port = free_port()
    async with await asyncio.start_server(answer, "127.0.0.1", port):
        assert await _refused(f"redis://127.0.0.1:{port}") == LOST
    assert "neither Redis nor Valkey" in capsys.readouterr().out
    # What the system holds for both ends of a line comes on top.
    assert taken < MOST_OF_AN_ANSWER + 16 * 2**20


async def test_nobody_there_is_away_at_once_and_a_socket_that_is_none_too(tmp_path):
    async with asyncio.timeout(PATIENCE):
        assert await _refused(f"redis://127.0.0.1:{free_port()}") == LOST
        assert await _refused(f"unix://{tmp_path}/none.sock") == LOST
