"""Who is gathered is told once a second, and of it only what changed; a page that was away is told what it lacks."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.board.agenda import AgendaGo
from app.board.gathering import MOST_SHOWN
from app.board.people import PersonPlace
from app.board.records import Person
from tests.held import passes
from tests.markup import Page
from tests.realtime.drawn import differences, html
from tests.realtime.scene import Scene, Watcher
from tests.realtime.stage import Tab

PLACES = {"lyon": ("Lyon", "FR"), "dakar": ("Dakar", "SN"), "quito": ("Quito", "EC"), "nantes": ("Nantes", "FR")}


@pytest.fixture
async def scene(keeper):
    """A welcome: its facilitator speaks for no place."""
    opened = Scene(keeper)
    opened.opens()
    await opened.joins("ada", role="facilitator", place="")
    for person, (place, country) in PLACES.items():
        await opened.joins(person, place=place, country=country)
    yield opened
    await opened.closes()


def told(watcher: Watcher) -> str:
    """All frames that came since, once they are on the page, which is then as one drawn afresh."""
    text = "".join(watcher.tab.line.texts)
    assert "missing" not in watcher.takes_in()
    assert list(differences(watcher.page, watcher.drawn_afresh())) == []
    return text


async def settled(watchers: Mapping[str, Watcher]) -> None:
    await passes(2)
    for watcher in watchers.values():
        told(watcher)


async def test_whoever_comes_is_told_as_one_more_group_and_whoever_leaves_takes_it_along(scene):
    watchers = {"author": Watcher(scene, "author", "lyon"), "screen": Watcher(scene, "screen", "")}
    scene.follows("dakar")
    await settled(watchers)
    quito = scene.follows("quito")
    await passes(2)
    for watcher in watchers.values():
        frames = told(watcher)
        assert "country-EC" in frames
        assert "country-FR" not in frames
        assert "country-SN" not in frames
    quito.leaves()
    await passes(2)
    frames = told(watchers["author"])
    assert 'hx-target=\\"#country-EC\\" hx-swap=\\"delete\\"' in frames


async def test_a_second_place_of_a_country_joins_its_group(scene):
    watchers = {"author": Watcher(scene, "author", "lyon")}
    await settled(watchers)
    scene.follows("nantes")
    await passes(2)
    assert "Nantes" in told(watchers["author"])


async def test_everything_that_changes_within_a_second_is_told_at_once(scene):
    watchers = {"author": Watcher(scene, "author", "lyon")}
    await settled(watchers)
    for person in ("dakar", "quito", "nantes"):
        scene.follows(person)
    await passes(0.9)
    assert "country-" not in "".join(watchers["author"].tab.line.texts)
    await passes(0.3)
    frames = [text for text in watchers["author"].tab.line.texts if "country-" in text]
    assert len(frames) == 1
    told(watchers["author"])


async def test_a_place_that_is_corrected_moves_to_its_group(scene):
    watchers = {"author": Watcher(scene, "author", "lyon")}
    scene.follows("quito")
    await settled(watchers)
    await scene.does("ada", PersonPlace(person="quito", place="Oslo", country="NO"))
    await passes(2)
    assert "country-NO" in told(watchers["author"])


async def test_a_page_is_told_what_changed_between_its_drawing_and_its_line(scene):
    markup = html(scene.room.telling.sight, "lyon", "en")
    number = scene.room.telling.sight.gathered
    assert f"gathered={number}" in markup
    scene.follows("dakar")
    await passes(2)
    page = Page.of(markup)
    tab = Tab(scene, "lyon", since=scene.board.seq, gathered=number)
    assert "country-SN" in tab.line.texts[0]
    await passes(2)
    for text in tab.line.texts:
        page.receive(text)
    assert list(differences(page, Page.of(html(scene.room.telling.sight, "lyon", "en")))) == []


async def test_a_page_from_before_a_restart_is_told_the_whole_picture(scene):
    scene.follows("dakar")
    await passes(2)
    tab = Tab(scene, "lyon", since=scene.board.seq, gathered=99)
    assert 'hx-target=\\"#places\\"' in tab.line.texts[0]


async def test_a_page_that_lacks_nothing_is_told_nothing(scene):
    scene.follows("dakar")
    await passes(2)
    tab = Tab(scene, "lyon", since=scene.board.seq, gathered=scene.room.telling.sight.gathered)
    assert tab.line.texts == []


async def test_a_page_that_was_drawn_by_another_process_is_told_the_whole_picture(scene, keeper):
    other = Scene(keeper)
    other.opens()
    await scene.joins("Rome", place="Rome", country="IT")
    await passes(2)
    elsewhere = other.room.telling.sight.gathered
    tab = Tab(scene, "lyon", since=scene.board.seq, gathered=elsewhere)
    assert 'hx-target=\\"#places\\"' in tab.line.texts[0]
    assert elsewhere != scene.room.telling.sight.gathered
    await other.closes()


async def test_beyond_those_that_are_shown_a_newcomer_changes_a_number_only(scene):
    watcher = Watcher(scene, "author", "lyon")
    for number in range(MOST_SHOWN + 2):
        person = f"place{number}"
        await scene.joins(person, place=f"Place {number}", country="FR")
        scene.follows(person)
    await passes(2)
    told(watcher)
    await scene.joins("last", place="The last one", country="FR")
    await passes(2)
    told(watcher)
    scene.follows("last")
    await passes(2)
    frames = told(watcher)
    assert "The last one" in frames
    assert "country-FR" not in frames


async def test_once_the_welcome_is_over_nobody_is_told_who_comes(scene):
    watcher = Watcher(scene, "author", "lyon")
    await settled({"author": watcher})
    await scene.does("ada", AgendaGo(step=scene.board.steps[1].id))
    await passes(2)
    told(watcher)
    scene.follows("quito")
    await passes(2)
    assert "country-" not in told(watcher)
    await scene.does("ada", AgendaGo(step=scene.board.steps[0].id))
    await passes(2)
    assert "country-EC" in told(watcher)


async def test_no_name_of_anybody_is_told(scene):
    watcher = Watcher(scene, "author", "dakar")
    await settled({"author": watcher})
    lyon = scene.board.need(Person, "lyon")
    assert replace(lyon, name="").place == "Lyon"
    scene.follows("lyon")
    await passes(2)
    frames = told(watcher)
    assert "country-FR" in frames
    assert f">{lyon.name}<" not in frames.replace("<bdi>Lyon</bdi>", "")
