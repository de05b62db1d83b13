"""Token buckets, by the numbers."""

import random

import pytest

from app.realtime.buckets import Buckets, Rate


class Clock:
    """Stands until it is moved."""

    def __init__(self, now=5_000.0):
        self.now = now

    def __call__(self):
        return self.now


@pytest.mark.parametrize("now", [0.0, 5_000.0, 1_790_000_000.123])
@pytest.mark.parametrize("rate", [Rate(60, 0.05), Rate(300, 0.1), Rate(10, 6.0), Rate(2_000, 0.001), Rate(1, 1.0)])
def test_exactly_a_burst_may_happen_at_once(rate, now):
    buckets = Buckets(rate, Clock(now))
    assert [buckets.take("a") for _ in range(rate.burst)] == [0.0] * rate.burst
    assert buckets.take("a") == pytest.approx(rate.every, rel=1e-2)


@pytest.mark.parametrize("rate", [Rate(60, 0.05), Rate(10, 6.0)])
def test_then_one_more_each_time(rate):
    clock = Clock()
    buckets = Buckets(rate, clock)
    for _ in range(rate.burst):
        buckets.take("a")
    for _ in range(50):
        assert buckets.take("a") > 0
        clock.now += rate.every
        assert buckets.take("a") == 0


def test_waiting_as_long_as_was_said_is_long_enough():
    clock, chance = Clock(), random.Random(7)
    buckets = Buckets(Rate(5, 0.3), clock)
    waited = []
    for _ in range(1_000):
        wait = buckets.take("a")
        clock.now += wait if wait else chance.random() * 0.1
        if wait:
            waited.append(buckets.take("a"))
    assert len(waited) > 100
    assert set(waited) == {0}


def test_asking_how_long_takes_nothing():
    buckets = Buckets(Rate(1, 1.0), Clock())
    assert [buckets.wait("a") for _ in range(3)] == [0.0] * 3
    assert buckets.take("a") == 0
    assert buckets.wait("a") == pytest.approx(1.0)


def test_a_refused_try_costs_nothing():
    clock = Clock()
    buckets = Buckets(Rate(1, 1.0), clock)
    buckets.take("a")
    for _ in range(100):
        buckets.take("a")
    clock.now += 1.0
    assert buckets.take("a") == 0


def test_each_key_has_a_bucket_of_its_own():
    buckets = Buckets(Rate(1, 1.0), Clock())
    assert buckets.take("a") == 0
    assert buckets.take("b") == 0
    assert buckets.take("a") > 0


def test_a_full_bucket_saves_nothing_up():
    clock = Clock()
    buckets = Buckets(Rate(3, 1.0), clock)
    clock.now += 1_000
    assert [buckets.take("a") > 0 for _ in range(5)] == [False, False, False, True, True]


def test_there_are_never_more_buckets_than_allowed():
    buckets = Buckets(Rate(1, 1.0), Clock(), most=100)
    for n in range(1_000):
        buckets.take(n)
        buckets.wait(f"only looked at {n}")
    assert len(buckets._left) == 100
    assert buckets.take(999) > 0, "the newest are remembered"


def test_a_bucket_that_is_full_again_is_forgotten():
    clock = Clock()
    buckets = Buckets(Rate(3, 1.0), clock)
    for n in range(100):
        buckets.take(n)
    clock.now += 0.5
    buckets.take("kept")
    clock.now += 0.5
    buckets.take("newest")
    assert set(buckets._left) == {"kept", "newest"}
