"""Limits of several processes together: exact, and where the broker does not say, each process's own."""

import asyncio
import time

import pytest
from redis.asyncio import Redis

from app.broker.counting import PATIENCE, Counting
from app.realtime.buckets import Rate
from tests import redis
from tests.broker.company import KEY, processes, until
from web.gates import Gates

FEW = Rate(burst=60, every=30.0)
MANY = Rate(burst=2_000, every=30.0)


async def test_promise_28_two_processes_let_through_no_more_than_one(broker):
    async with processes(broker.url) as them:
        asked = [
            them[n % 2].counting.ask([("commands", "lyon", FEW), ("board", "b", MANY)], takes=True) for n in range(200)
        ]
        waits = await asyncio.gather(*asked)
        assert waits.count(0.0) == FEW.burst
        assert all(FEW.every - 5 < wait <= FEW.every for wait in waits if wait)
        assert await them[0].counting.ask([("commands", "dakar", FEW)], takes=True) == 0.0, "another person's own"


async def test_whoever_waits_as_long_as_was_said_is_let_in(broker):
    quick = Rate(burst=1, every=0.05)
    async with processes(broker.url, 1) as (one,):
        assert await one.counting.ask([("quick", "k", quick)], takes=True) == 0.0
        wait = await one.counting.ask([("quick", "k", quick)], takes=True)
        until_then = time.monotonic() + wait
        await until(lambda: time.monotonic() > until_then)
        assert await one.counting.ask([("quick", "k", quick)], takes=True) == 0.0


async def test_a_request_takes_from_all_its_buckets_or_from_none(broker):
    once = Rate(burst=1, every=30.0)
    async with processes(broker.url, 1) as (one,):
        assert await one.counting.ask([("a", "1", once)], takes=True) == 0.0
        assert await one.counting.ask([("b", "1", once), ("a", "1", once)], takes=True) > 0
        assert await one.counting.ask([("b", "1", once)], takes=False) == 0.0
        assert await one.counting.ask([("b", "1", once)], takes=True) == 0.0, "asking took nothing"


async def test_nothing_in_the_broker_says_whom_it_is_about_and_it_all_ends(broker):
    address = "203.0.113.77"
    async with processes(broker.url, 1) as (one,), Redis.from_url(broker.url) as anybody:
        await anybody.flushdb()
        await one.counting.ask([("guesses", address, FEW), ("guesses_in_all", "all", FEW)], takes=True)
        keys = await anybody.keys("*")
        assert len(keys) == 2
        for key in keys:
            assert address.encode() not in key + await anybody.get(key) and b"guess" not in key
            assert 0 < await anybody.pttl(key) <= FEW.every * 1_000


async def test_a_clock_of_the_broker_that_was_put_back_keeps_nobody_out_for_longer_than_an_empty_bucket(broker):
    async with processes(broker.url, 1) as (one,), Redis.from_url(broker.url) as anybody:
        await anybody.flushdb()
        await one.counting.ask([("a", "2", FEW)], takes=True)
        (key,) = await anybody.keys("*")
        await anybody.set(key, int((time.time() + 36_000) * 1_000_000))
        assert 0 < await one.counting.ask([("a", "2", FEW)], takes=True) <= FEW.every


async def test_promise_17_a_broker_that_does_not_say_costs_a_tenth_of_a_second_once():
    with redis.server() as running:
        async with processes(running.url, 1) as (one,):
            running.freeze()
            began = time.monotonic()
            assert await one.counting.ask([("a", "1", FEW)], takes=True) == 0.0
            assert time.monotonic() - began < 5 * PATIENCE
            assert not one.counting.up
            began = time.monotonic()
            for _ in range(1_000):
                assert await one.counting.ask([("a", "1", FEW)], takes=True) == 0.0
            assert time.monotonic() - began < 5 * PATIENCE, "the second one does not wait"


class Elsewhere:
    """Says always the same, and what it was asked."""

    def __init__(self, wait: float) -> None:
        self.wait, self.asked = wait, []

    async def ask(self, tries, *, takes):
        self.asked.append(([(name, key) for name, key, _ in tries], takes))
        return self.wait


async def test_the_gates_ask_here_first_and_elsewhere_only_whom_they_let_through():
    elsewhere = Elsewhere(0.0)
    gates = Gates.new(lambda: 5_000.0, elsewhere)
    answers = [await gates.take(guesses="office", guesses_in_all="all") for _ in range(20)]
    assert answers.count(0.0) == len(elsewhere.asked) == 10
    assert elsewhere.asked[0] == ([("guesses", "office"), ("guesses_in_all", "all")], True)
    assert await gates.wait(guesses="office") > 0
    assert await gates.wait(guesses="hotel") == 0.0 and elsewhere.asked[-1] == ([("guesses", "hotel")], False)
    elsewhere.wait = 7.0
    assert await gates.take(boards="hotel") == 7.0


async def test_without_a_broker_nobody_is_asked():
    gates = Gates.new(lambda: 5_000.0)
    assert await gates.take(commands="lyon", board_commands="board") == 0.0
    assert await gates.wait(commands="lyon") == 0.0


@pytest.mark.parametrize("reached", [None, False])
async def test_where_no_broker_was_reached_it_is_not_waited_for(reached):
    counting = Counting("redis://127.0.0.1:1", KEY, reached=lambda: reached)
    assert await counting.ask([("a", "1", FEW)], takes=True) == 0.0
