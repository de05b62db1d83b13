"""Strokes at two processes: they go before the entries, and whatever becomes of them nothing is lost or doubled."""

import asyncio
import random
from base64 import b64encode
from contextlib import suppress

import pytest

from app.board.moderating_people import PersonMute
from app.board.records import Version
from app.board.writing import tidy
from tests.held import passes
from tests.realtime.pages import come_to_rest, hears_and_waits


async def test_E14_a_stroke_is_at_the_other_process_before_it_is_kept_and_is_kept_by_who_heard_it_first(desks):
    _, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    lyon.types(" demain")
    await passes(0)
    dakar.takes_in()
    assert dakar.text == lyon.text == "Une ville qui respire demain"
    assert one.kept == two.kept == "Une ville qui respire", "the board has it with the entry"
    await passes(8)
    assert (one.kept, two.version.by, len(two.entries)) == (dakar.text, "lyon", 1)


async def test_E14_nobody_is_told_strokes_where_nobody_else_writes(desks):
    between, one, _ = desks
    lyon = one.page("lyon")
    lyon.types(" demain")
    await passes(1.5)
    assert one.kept == lyon.text
    assert between.kinds("stroke") == []


async def test_E14_strokes_that_are_lost_come_with_the_entry(desks):
    between, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    between.lost = {"stroke"}
    lyon.types(" un")
    between.lost = set()
    lyon.types(" deux")
    await passes(0)
    dakar.takes_in()
    assert dakar.text == "Une ville qui respire", "the second does not follow what is here"
    await passes(1.5)
    dakar.takes_in()
    assert dakar.text == lyon.text == two.kept == "Une ville qui respire un deux"
    lyon.types(" trois")
    await passes(0)
    dakar.takes_in()
    assert dakar.text == lyon.text, "and strokes go on"


async def test_E14_what_a_process_that_died_did_not_keep_is_kept_by_who_saw_it(desks):
    between, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    lyon.types(" demain")
    await one.stage.closes()
    between.cut = {"one"}
    dakar.leaves()
    await passes(8)
    assert (two.kept, two.version.by) == ("Une ville qui respire demain", "lyon")
    assert not two.stage.room.pens.in_hand


async def test_E14_a_page_that_comes_from_a_process_that_died_has_its_words_kept(desks):
    between, one, two = desks
    lyon = one.page("lyon")
    two.page("dakar")
    lyon.types(" demain")
    await one.stage.closes()
    between.cut = {"one"}
    again = two.page("lyon", doc=lyon.doc)
    again.leaves()
    await passes(8)
    assert two.kept == "Une ville qui respire demain"


async def test_E8_a_stroke_of_who_may_not_write_is_not_heard(desks):
    between, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    before = dakar.text
    await two.stage.does("ada", PersonMute(person="lyon", on=True))
    between.cut = {"one"}
    lyon.types(" demain")
    stroke = {"generation": dakar.facts["generation"], "version": two.version.id}
    update = b64encode(lyon.doc.get_update(dakar.doc.get_state())).decode()
    two.stage.room.pens.overhear("stroke", "one", {**stroke, "person": "lyon", "update": update})
    dakar.takes_in()
    assert dakar.text == before
    two.stage.room.pens.overhear("stroke", "one", {**stroke, "person": "quito", "update": update})
    dakar.takes_in()
    assert dakar.text == lyon.text, "so that this could fail"


async def test_E11_what_was_seen_at_two_processes_is_kept_when_an_act_at_the_second_takes_the_pen(desks):
    _, one, two = desks
    lyon = one.page("lyon")
    two.page("dakar")
    lyon.types(" demain")
    await passes(0)
    await two.stage.does("ada", PersonMute(person="lyon", on=True))
    assert two.kept == "Une ville qui respire demain"
    await passes(0)
    assert lyon.code is not None


NONSENSE = [
    {},
    {"generation": 3},
    {"update": None},
    {"update": "####"},
    {"update": "AQID"},
    {"update": "A" * 40_000},
    {"person": ["lyon"]},
    {"person": "nobody"},
    {"version": "of nothing"},
]


@pytest.mark.parametrize("odd", NONSENSE, ids=str)
async def test_E10_a_stroke_that_makes_no_sense_is_not_heard(desks, odd):
    _, _, two = desks
    dakar = two.page("dakar")
    stroke = {"generation": dakar.facts["generation"], "person": "lyon", "update": "AAA="}
    with suppress(KeyError, TypeError, ValueError):
        two.stage.room.pens.overhear("stroke", "one", {"version": two.version.id, **stroke, **odd})
    dakar.takes_in()
    assert (dakar.text, dakar.code) == ("Une ville qui respire", None)


@pytest.mark.parametrize("lost", [set(), {"stroke"}], ids=["heard", "lost"])
async def test_E6_words_that_two_processes_had_not_kept_are_there_once_after_somebody_wrote_by_the_form(desks, lost):
    between, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    lyon.types("Ici : ", 0)
    between.lost = lost
    dakar.types(" demain")
    await one.edits("ada", "Une grande ville qui respire")
    for page in (one.page("lyon"), two.page("dakar")):
        assert page.code is None
    await passes(4)
    assert one.kept == two.kept == "Ici : Une grande ville qui respire demain"


async def test_E6_words_that_another_process_kept_and_somebody_took_out_by_the_form_stay_out(desks):
    _, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    lyon.types(" brusque")
    await passes(1.5)
    dakar.takes_in()
    dakar.types("Ici : ", 0)
    await one.edits("ada", "Une ville qui respire")
    await passes(4)
    assert one.kept == two.kept == "Ici : Une ville qui respire"


async def test_E7_a_page_that_heard_more_of_another_than_its_next_process_did_is_taken_in(desks):
    between, one, two = desks
    lyon, dakar, _ = one.page("lyon"), one.page("dakar"), two.page("quito")
    lyon.types(" un")
    between.lost = {"stroke"}
    lyon.types(" deux")
    dakar.takes_in()
    again = two.page("dakar", doc=dakar.doc)
    assert (again.code, again.text) == (None, lyon.text)
    await passes(3)
    assert two.kept == lyon.text


@pytest.mark.parametrize("lost", [set(), {"stroke"}], ids=["heard", "lost"])
async def test_E7_processes_that_end_at_the_same_time_keep_what_was_written_at_each(desks, lost):
    between, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    between.lost = lost
    lyon.writes("Ici : ", 0)
    dakar.writes(" demain")
    lyon.sends(), dakar.sends()
    await asyncio.gather(one.stage.room.pens.stop(), two.stage.room.pens.stop())
    assert one.stage.keeper.load(one.stage.board.id).board.need(Version, one.version.id).text == (
        "Ici : Une ville qui respire demain"
    )
    assert (lyon.code, dakar.code) == (1012, 1012)


@pytest.mark.parametrize("seed", range(6))
async def test_E14_whatever_becomes_of_strokes_between_them_all_come_to_the_same_words(desks, seed):
    chances = random.Random(seed)
    between, one, two = desks
    pages = [one.page("lyon"), two.page("dakar"), two.page("quito")]
    letters = dict(zip(("lyon", "dakar", "quito"), "LDQ", strict=True))
    for _ in range(30):
        between.lost = chances.choice((set(), set(), {"stroke"}))
        page = chances.choice(pages)
        page.types(letters[page.writer.person], chances.randint(0, len(page.text)))
        await hears_and_waits(pages, chances)
    between.lost = set()
    await come_to_rest(pages)
    assert len({page.text for page in pages}) == 1
    assert one.kept == two.kept == tidy(pages[0].text)
    assert sum(one.kept.count(letter) for letter in "LDQ") == 30
