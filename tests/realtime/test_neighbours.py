"""Two processes that serve one board: who is here and who writes is told in both."""

from app.realtime.neighbours import BACK, LOST
from tests.held import passes
from tests.realtime.between import Between
from tests.realtime.scene import Scene


async def pair(keeper) -> tuple[Between, Scene, Scene]:
    """Two processes that hear each other, and the scene in both."""
    between, one = Between(), Scene(keeper)
    one.neighbours = between.process("one")
    one.opens()
    await one.happens()
    await passes(5)
    two = Scene(keeper)
    two.neighbours = between.process("two")
    two.opens()
    two.writing = one.writing
    return between, one, two


def typing(tab) -> list[str]:
    texts = [text for text in tab.line.texts if 'hx-target=\\"#typing\\"' in text]
    tab.line.forget()
    return texts


async def test_Y8_who_writes_is_told_in_the_other_process_too(keeper):
    _, one, two = await pair(keeper)
    lyon, dakar = one.follows("lyon"), two.follows("dakar")
    await passes(3)
    one.room.telling.hear(lyon.connection, one.writing)
    await passes(1.5)
    (text,) = typing(dakar)
    assert "Lyon" in text
    await passes(6)
    (text,) = typing(dakar)
    assert "Lyon" not in text
    await one.closes(), await two.closes()


async def test_Y8_each_process_judges_for_itself_who_may_be_told_to_write(keeper):
    between, one, two = await pair(keeper)
    dakar = two.follows("dakar")
    await passes(3)
    dakar.line.forget()
    stranger = between.process("three")
    for person, part in (("nobody", two.writing), ("lyon", "no such step"), ("", ""), ("lyon", "")):
        stranger.say("board", "typing", {"person": person, "part": part})
    await passes(3)
    assert typing(dakar) == []
    await one.closes(), await two.closes()


async def test_Y9_pages_of_both_processes_are_told_who_is_here(keeper):
    between, one, two = await pair(keeper)
    lyon, _ = one.follows("lyon"), two.follows("lyon")
    two.follows("dakar")
    await passes(3)
    assert one.room.telling.sight.here == two.room.telling.sight.here == {"lyon": 2, "dakar": 1}
    assert 'hx-target=\\"#here\\"' in "".join(lyon.line.texts)
    lyon.leaves()
    await passes(3)
    assert one.room.telling.sight.here == two.room.telling.sight.here == {"lyon": 1, "dakar": 1}
    between.cut = {"one", "two"}
    for _ in range(4):
        await passes(10)
        one.room.telling.look_round()
    assert one.room.telling.sight.here == {}
    await one.closes(), await two.closes()


async def test_Y10_who_cannot_be_heard_stays_until_they_can(keeper):
    between, one, two = await pair(keeper)
    two.follows("dakar")
    await passes(3)
    between.cut = {"one", "two"}
    one.room.telling.overhear(LOST, "", {})
    for _ in range(6):
        await passes(10)
        one.room.telling.look_round()
    assert one.room.telling.sight.here == {"dakar": 1}
    between.cut = set()
    two.follows("quito")
    one.room.telling.overhear(BACK, "", {})
    await passes(1)
    assert one.room.telling.sight.here == {"dakar": 1, "quito": 1}
    await one.closes(), await two.closes()
