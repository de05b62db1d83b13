"""What is believed of what comes over the broker: only what another process of this key said, once and just now."""

import json

import pytest

from app.broker.sealing import HOLDS, MOST_BYTES, Seal

KEY, NOW = b"k" * 32, 1_790_000_000.0


class Clock:
    now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pair(clock: Clock) -> tuple[Seal, Seal]:
    return Seal(KEY, clock), Seal(KEY, clock)


def test_what_one_process_says_another_hears_once(pair):
    one, two = pair
    message = one.sealed("board", "head", {"seq": 7})
    heard = two.opened(message)
    assert (heard.board, heard.kind, heard.process, heard.said) == ("board", "head", one.process, {"seq": 7})
    assert two.opened(message) is None, "doubled"
    assert one.opened(message) is None, "one's own"


def test_what_was_overtaken_is_not_heard_any_more(pair):
    one, two = pair
    first, second = one.sealed("board", "here", {}), one.sealed("board", "here", {"people": {}})
    assert two.opened(second) and two.opened(first) is None


@pytest.mark.parametrize("off", [-3_600, -HOLDS - 1, HOLDS + 1, 3_600])
def test_what_is_older_than_a_minute_is_a_replay_whichever_clock_is_wrong(pair, clock, off):
    message = pair[0].sealed("board", "head", {"seq": 7})
    clock.now += off
    assert pair[1].opened(message) is None


@pytest.mark.parametrize("off", [-HOLDS + 1, HOLDS - 1])
def test_clocks_may_differ_by_less(pair, clock, off):
    message = pair[0].sealed("board", "head", {"seq": 7})
    clock.now += off
    assert pair[1].opened(message)


def test_what_another_key_signed_or_somebody_changed_is_not_believed(pair, clock):
    one, two = pair
    message = one.sealed("board", "head", {"seq": 7})
    assert two.opened(Seal(b"x" * 32, clock).sealed("board", "head", {"seq": 7})) is None
    assert two.opened(message.replace(b'"seq":7', b'"seq":8')) is None
    assert two.opened(message), "and unchanged it is"


@pytest.mark.parametrize(
    "nonsense",
    [
        b"",
        b".",
        b"x" * (MOST_BYTES + 1),
        b"\xff\xfe",
        None,
        7,
        "text",
        json.dumps(["p", 1, NOW, "b", "k", {}]).encode(),
    ],
)
def test_nonsense_is_not_heard(pair, nonsense):
    assert pair[1].opened(nonsense) is None


@pytest.mark.parametrize("row", [[], {}, 7, ["p"], ["p", "one", NOW, "b", "k", {}], ["p", 1, "now", "b", "k", {}]])
def test_nor_is_what_another_version_signs_and_means_otherwise(pair, row):
    one, two = pair
    assert two.opened(one._signer.sign(json.dumps(row))) is None


def test_what_is_too_long_is_not_told(pair):
    assert pair[0].sealed("board", "here", {"people": "x" * MOST_BYTES}) is None


def test_two_deployments_on_one_broker_have_two_channels(clock):
    assert Seal(KEY, clock).channel == Seal(KEY, clock).channel != Seal(b"x" * 32, clock).channel
