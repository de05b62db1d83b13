"""The process apart, as it is run: the published sentences, its fallback, and what happens when it is cut off."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.alike.clustering import MEANINGS, WORDS
from app.alike.likeness import CannotCompare, Likeness
from app.alike.meaning import Meanings

# The sentences by which the model's thresholds were chosen.
STREETS = ["Le monde change rue par rue", "El mundo cambia calle a calle", "The world changes one block at a time"]
BUSES = ["We need more buses", "We don't need more buses", "نحتاج إلى المزيد من الحافلات"]
WATER = ["Clean water is a right", "A água é um direito"]


def texts(*said: str) -> list[tuple[str, str]]:
    return [(each, "en") for each in said]


@pytest.fixture
async def likeness() -> AsyncIterator[Likeness]:
    made = Likeness()
    yield made
    await made.close()


@pytest.fixture
async def wording() -> AsyncIterator[Likeness]:
    made = Likeness(smart=False)
    yield made
    await made.close()


async def test_sentences_of_one_meaning_find_each_other_across_languages(likeness):
    assert (likeness.way, likeness.awake) == (MEANINGS, False)
    found = await likeness.compare(texts(*STREETS, *BUSES, *WATER))
    assert found.way is MEANINGS
    alike = {(one, other): round(score, 2) for one, other, score in found.pairs}
    assert alike[0, 1] == pytest.approx(0.87, abs=0.02)
    # Blind to "not": hence never "the same", and the mark beside it.
    assert alike[3, 4] > 0.79
    assert alike[3, 5] > 0.79
    assert (0, 2) not in alike
    assert [set(each.members) for each in found.clusters] == [{3, 4, 5}, {6, 7}, {0, 1, 2}]
    asked_apart = await likeness.compare(texts(*STREETS, *BUSES, *WATER), [(0, 1, 2), (3, 4)])
    assert [set(each.members) for each in asked_apart.clusters] == [{3, 5}, {6, 7}]


async def test_without_the_model_words_are_compared_within_one_language(wording):
    said = [
        ("More trees on every street", "en"),
        ("Every street needs more trees", "en"),
        ("Más árboles en las calles", "es"),
        ("Mas arboles, en las calles!", "es-MX"),
        ("More trees on every street", "fr"),
        ("❤️", "en"),
    ]
    found = await wording.compare(said)
    assert (found.way, wording.way) == (WORDS, WORDS)
    assert {(one, other) for one, other, _ in found.pairs} == {(0, 1), (2, 3)}
    assert [set(each.members) for each in found.clusters] == [{2, 3}, {0, 1}]


async def test_nothing_and_one_are_compared_to_nothing(wording):
    assert (await wording.compare([])).clusters == ()
    assert (await wording.compare(texts("Trees"))).pairs == ()


async def test_the_same_question_is_answered_without_asking(wording):
    first = await wording.compare(texts(*STREETS))
    await wording.close()
    assert await wording.compare(texts(*STREETS)) is first
    assert not wording.awake


async def test_who_is_too_slow_is_ended_and_the_next_question_begins_anew():
    slow = Likeness(patience=0.001)
    with pytest.raises(CannotCompare):
        await slow.compare(texts(*STREETS))
    assert not slow.awake
    await slow.close()


async def test_who_breaks_off_leaves_nothing_to_be_read_by_the_next(wording):
    asking = asyncio.create_task(wording.compare(texts(*BUSES)))
    await asyncio.wait([asking], timeout=0.005)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    found = await wording.compare(texts("More trees now", "More trees now", "Water"))
    assert [pair[:2] for pair in found.pairs] == [(0, 1)]


async def test_it_gives_its_memory_back_when_nobody_asks():
    idle = Likeness(smart=False, idle=0)
    await idle.compare(texts(*BUSES))
    assert not (await turned(idle)).awake
    assert (await idle.compare(texts(*WATER))).way is WORDS
    await idle.close()


async def turned(likeness: Likeness) -> Likeness:
    """The same, once the loop has come to what was due."""
    for _ in range(3):
        await asyncio.sleep(0)
    return likeness


class Counting:
    """Says how often it was asked for which text."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: list[str]) -> list[list[float]]:
        self.asked += texts
        return [[1.0, 0.0] if "a" in text else [0.0, 1.0] for text in texts]


def test_a_text_is_encoded_once_and_the_oldest_are_forgotten():
    encoder = Counting()
    meanings = Meanings(encoder, most=3)
    assert meanings.compared(["a", "ab", "b"]) == [(0, 1, 1.0)]
    meanings.compared(["b", "a", "a"])
    assert encoder.asked == ["a", "ab", "b"]
    meanings.compared(["c", "b"])
    meanings.compared(["a", "ab"])
    assert encoder.asked == ["a", "ab", "b", "c", "ab"]
    assert meanings.compared(["a"]) == []
