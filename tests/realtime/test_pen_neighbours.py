"""People write one version at two processes: they converge without losing a character, and see each other."""

import random

import pytest

from app.board.writing import tidy
from tests.held import passes
from tests.realtime.pages import come_to_rest, write_together


async def test_E3_writers_at_two_processes_see_each_other_and_that_one_has_left(desks):
    between, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    for page in (lyon, dakar):
        page.takes_in()
    assert (lyon.others, dakar.others) == (["Dakar"], ["Lyon"])
    dakar.leaves()
    lyon.takes_in()
    assert lyon.others == []
    quito = two.page("quito")
    lyon.takes_in()
    assert lyon.others == ["Quito"]
    between.cut = {"two"}
    for _ in range(4):
        await passes(10)
        one.stage.room.pens.beat()
    lyon.takes_in()
    assert lyon.others == [], "a process that says nothing any more"
    assert quito.code is None


async def test_E3_what_another_process_says_of_its_writers_ends(desks):
    between, one, two = desks
    one.page("lyon"), two.page("dakar")
    await passes(30)
    before = len(between.kinds("pen"))
    await passes(30)
    assert len(between.kinds("pen")) == before, "nobody answers an answer"


async def test_E1_what_one_writes_reaches_the_other_process_within_a_moment(desks):
    _, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    lyon.types(" demain")
    await passes(1.5)
    dakar.takes_in()
    assert dakar.text == lyon.text == one.kept == two.kept == "Une ville qui respire demain"


@pytest.mark.parametrize("seed", range(8))
async def test_E2_whatever_is_written_at_two_processes_all_come_to_the_same_words(desks, seed):
    chances = random.Random(seed)
    _, one, two = desks
    pages = [one.page("lyon"), one.page("dakar"), two.page("quito"), two.page("ada")]
    await write_together(pages, chances, turns=40)
    await come_to_rest(pages)
    assert all(page.code is None for page in pages)
    assert len({page.text for page in pages}) == 1
    assert one.kept == two.kept == tidy(pages[0].text)


@pytest.mark.parametrize("seed", range(4))
async def test_E2_not_a_character_is_lost_that_two_type_at_two_processes(desks, seed):
    chances = random.Random(seed)
    _, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    for at in range(20):
        for page, letter in ((lyon, "L"), (dakar, "D")):
            page.types(letter)
            await passes(chances.choice((0, 0.2, 0.5)))
        if at % 5 == 0:
            lyon.takes_in(), dakar.takes_in()
    await come_to_rest([lyon, dakar])
    assert lyon.text == dakar.text == one.kept
    assert (one.kept.count("L"), one.kept.count("D")) == (20, 20)
