"""Who is writing just now: told at most once a second, forgotten after a few, and never a change of the board."""

import json

from app.board.stepping import StepSettings
from tests.held import passes
from tests.markup import Element
from tests.realtime.drawn import differences
from tests.realtime.scene import Scene, Watcher
from tests.realtime.stage import Tab


async def a_scene(keeper) -> Scene:
    scene = Scene(keeper)
    scene.opens()
    await scene.happens()
    await passes(5)
    return scene


def types(scene: Scene, tab: Tab, part: str) -> None:
    scene.room.telling.hear(tab.connection, part)


def told(tab: Tab) -> list[str]:
    """The frames of the tab since it was last asked, which say who writes."""
    texts = [text for text in tab.line.texts if 'hx-target=\\"#typing\\"' in text]
    tab.line.forget()
    return texts


async def test_Y5_others_are_told_who_writes_and_a_few_seconds_later_that_nobody_does(keeper):
    scene = await a_scene(keeper)
    lyon, dakar, screen = (
        scene.follows("lyon"),
        scene.follows("dakar"),
        scene.follows("", role="screen", generation=1),
    )
    await passes(3)
    for tab in (lyon, dakar, screen):
        tab.line.forget()
    seq = scene.board.seq
    types(scene, lyon, scene.writing)
    await passes(1.5)
    for tab in (dakar, screen):
        (text,) = told(tab)
        assert "Lyon" in text
        assert json.loads(text)["seq"] == seq
    await passes(6)
    (text,) = told(dakar)
    assert "Lyon" not in text
    assert scene.board.seq == seq
    assert scene.room.history.newest(1)[0].seq == seq
    await passes(30)
    assert told(dakar) == []
    await scene.closes()


async def test_Y5_whoever_goes_on_writing_is_told_once(keeper):
    scene = await a_scene(keeper)
    lyon, dakar = scene.follows("lyon"), scene.follows("dakar")
    await passes(3)
    dakar.line.forget()
    for _ in range(8):
        types(scene, lyon, scene.writing)
        await passes(2)
    assert len(told(dakar)) == 1
    types(scene, lyon, "")
    await passes(2)
    assert len(told(dakar)) == 1
    await scene.closes()


async def test_Y5_however_many_write_pages_are_told_once_a_second(keeper):
    scene = await a_scene(keeper)
    tabs = [scene.follows(who) for who in ("lyon", "quito", "colleague", "ada")]
    reader = scene.follows("dakar")
    await passes(3)
    reader.line.forget()
    for _ in range(20):
        for tab in tabs:
            types(scene, tab, scene.writing)
            types(scene, tab, "")
            await passes(0.05)
    assert len(told(reader)) <= 5
    await scene.closes()


async def test_Y6_beyond_three_places_only_how_many_write_is_told(keeper):
    scene = await a_scene(keeper)
    reader = scene.follows("olga")
    await passes(3)
    for who in ("lyon", "quito", "dakar", "colleague", "ada"):
        types(scene, scene.follows(who), scene.writing)
    await passes(2.5)
    text = told(reader)[-1]
    assert "5 people are writing" in text
    assert "Lyon" not in text.partition("#typing")[2].partition("</hx-partial>")[0]
    await scene.closes()


async def test_Y2_a_step_that_turns_silent_tells_no_more_of_who_writes(keeper):
    scene = await a_scene(keeper)
    watchers = await scene.watches("facilitator", "participant", "screen")
    types(scene, scene.follows("lyon"), scene.writing)
    await passes(1.5)
    assert all(says_who_writes(watcher) for watcher in watchers.values())
    await scene.does("ada", StepSettings(step=scene.writing, silent=True))
    await passes(0.2)
    assert not any(says_who_writes(watcher) for watcher in watchers.values())
    await scene.closes()


def says_who_writes(watcher: Watcher) -> bool:
    """Does the page, as frames made it and as it is drawn afresh, say that somebody writes?"""
    watcher.takes_in()
    assert list(differences(watcher.page, watcher.drawn_afresh())) == []
    return any(isinstance(each, Element) for each in watcher.page.ids["typing"].children)


async def test_Y4_an_observers_typing_is_told_to_nobody(keeper):
    scene = await a_scene(keeper)
    reader = scene.follows("dakar")
    await passes(3)
    reader.line.forget()
    types(scene, scene.follows("olga"), scene.writing)
    await passes(3)
    assert told(reader) == []
    await scene.closes()
