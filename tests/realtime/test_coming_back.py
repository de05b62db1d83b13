"""Many who come back: what they lack alike is drawn once, and never given to other eyes or after a change."""

from app.board.audience import EVERYONE, FACILITATORS
from app.board.hall import BoardRename
from app.board.moderating import NoteHide
from tests.held import passes


async def test_who_lacks_the_same_shares_one_drawing(stage):
    note = await stage.posts("lyon", "meanwhile")
    stage.drawing.drawn.clear()
    first, *others = [stage.follows(person, since=0) for person in ("dakar", "quito", "dakar")]
    assert first.sees("meanwhile")
    assert [tab.line.texts for tab in others] == [first.line.texts] * 2
    assert stage.drawing.drawn[f"note/{note}", EVERYONE, "en"] == 1


async def test_a_shared_drawing_is_of_one_audience_and_one_language(stage):
    note = await stage.posts("lyon", "meanwhile")
    stage.drawing.drawn.clear()
    for person, language in (("dakar", "en"), ("ada", "en"), ("quito", "fr")):
        stage.follows(person, since=0, language=language)
    drawn = {(base, language): times for (part, base, language), times in stage.drawing.drawn.items() if note in part}
    assert drawn == {(EVERYONE, "en"): 1, (FACILITATORS, "en"): 1, (EVERYONE, "fr"): 1}


async def test_whoever_stood_elsewhere_is_told_what_they_lack(stage):
    await stage.posts("lyon", "early")
    await stage.posts("lyon", "late")
    far, near = stage.follows("dakar", since=0), stage.follows("quito", since=1)
    assert far.sees("early")
    assert not near.sees("early")
    assert [tab.line.frames[0]["after"] for tab in (far, near)] == [0, 1]


async def test_nothing_is_shared_after_a_change(stage):
    note = await stage.posts("lyon", "secret words")
    assert stage.follows("dakar", since=0).sees("secret words")
    await stage.does("ada", NoteHide(note=note))
    late = stage.follows("quito", since=0)
    assert not late.sees("secret words")
    assert late.line.frames[0]["seq"] == stage.board.seq


async def test_nothing_is_shared_after_a_change_that_is_told_later(stage):
    stage.follows("lyon")
    await passes(2)
    await stage.does("ada", BoardRename(title="One"))
    stage.follows("dakar", since=0)
    await stage.does("ada", BoardRename(title="Two"))
    assert stage.follows("quito", since=0).line.frames[0]["seq"] == stage.board.seq == 2


async def test_nothing_is_shared_once_it_was_told_who_is_here(stage):
    note = await stage.posts("lyon", "meanwhile")
    stage.follows("dakar", since=0)
    await passes(2)
    stage.drawing.drawn.clear()
    stage.follows("quito", since=0)
    assert stage.drawing.drawn[f"note/{note}", EVERYONE, "en"] == 1
