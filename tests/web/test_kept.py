"""What is drawn once for an audience is, to the byte, what would be drawn anew: for each reader, and at each moment."""

import pytest
from jinja2 import meta, pass_context
from markupsafe import Markup

from app.board.audience import EVERYONE
from app.board.board import Board
from app.board.founding import found
from app.realtime.wire import Sight
from tests.web.visiting import Session, Visitor
from web import pages, sharing
from web.context import own_context, page_context
from web.kept import Drawn, Kept, drawn
from web.words import TEMPLATES, environment, included

NASTY = "O’Brien & “Söhne” <b>é</b> \"'{{ name }}"


class Anew:
    """Keeps nothing."""

    def __init__(self, *_: object) -> None:
        pass

    @pass_context
    def __call__(self, page, template: str) -> Markup:
        return included(page, template)


@pytest.fixture(autouse=True)
def _one_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page draws the ids of its forms at random: here all draw the same."""
    monkeypatch.setattr("web.kept.uuid4", lambda: "00000000-0000-4000-8000-000000000000")


async def seen(visitor: Visitor, session: Session, query: str = "") -> str:
    answer = await visitor.get(f"/b/{session.id}{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def anew(monkeypatch: pytest.MonkeyPatch, visitor: Visitor, session: Session, query: str = "") -> str:
    with monkeypatch.context() as patched:
        patched.setattr(pages, "Parts", Anew)
        return await seen(visitor, session, query)


async def acts(session: Session, author: Visitor, other: Visitor):
    """What may happen to a board, one thing after the other; whoever comes in between makes no difference."""
    await session.participant(NASTY, NASTY)
    yield "somebody came"
    step = await session.in_a_writing_step()
    yield "a step of writing"
    note = await session.note(author, NASTY)
    yield "a note"
    await other.asks(session.id, "note.react", note=note, emoji="♥", on=True)
    await author.asks(session.id, "note.comment", note=note, text=NASTY)
    yield "a heart and a comment"
    await session.runs("note.hide", note=note)
    yield "hidden"
    await session.runs("note.show", note=note)
    await session.runs("agenda.edit", step=step, base=10_000, title={"en": NASTY})
    yield "shown again"
    second = await session.note(author, "A second one")
    ballot = await session.ballot(note, second)
    yield "a vote"
    await session.runs("ballot.close", ballot=ballot)
    yield "its result"
    await session.runs("board.blank", on=True)
    yield "paused"
    await session.runs("board.blank", on=False)
    drafting = await session.runs("agenda.add", kind="headline", title={"en": "Headlines"}, minutes=5)
    await session.runs("agenda.go", step=drafting["made"]["step"])
    headline = (await session.runs("headline.add", text=NASTY, language="en"))["made"]["headline"]
    yield "a headline"
    await session.runs("headline.claim", headline=headline, language="fr", on=True)
    yield "a claim"
    session.place.clock.passes(3_600)
    yield "an hour later"
    roadmap = await session.runs("agenda.add", kind="roadmap", title={"en": "Next"}, minutes=5)
    await session.runs("agenda.go", step=roadmap["made"]["step"])
    await session.runs("action.add", text=NASTY, owner="Lyon", due="2026-09-30")
    yield "an action"
    session.place.clock.passes(30 * 24 * 3_600)
    yield "a month later"
    await session.runs("board.close")
    yield "the end"


async def test_a_page_of_kept_parts_is_the_page_drawn_anew(session: Session, monkeypatch: pytest.MonkeyPatch):
    author, other = await session.participant(place="Dakar"), await session.participant(NASTY, NASTY)
    newcomer, french = await session.participant(place="Quito"), session.place.visitor(speaks="fr")
    await french.joins(session.link("join"), "Marie", "Paris", language="fr")
    observer = await session.seated("observer")
    everybody = [newcomer, other, french, author, observer, session.facilitator, newcomer]
    looks = [(visitor, "") for visitor in everybody]
    looks += [(session.facilitator, "?as=participant"), (other, f"?step={session.step('write')}")]
    async for moment in acts(session, author, other):
        for visitor, query in looks:
            kept = await seen(visitor, session, query)
            assert kept == await anew(monkeypatch, visitor, session, query), moment
        await session.place.visitor().joins(session.link("join"), moment)
        assert await seen(newcomer, session) == await anew(monkeypatch, newcomer, session), f"somebody after {moment}"


async def test_what_everybody_is_shown_is_drawn_once(session: Session, monkeypatch: pytest.MonkeyPatch):
    await session.in_a_writing_step()
    people = [await session.participant(f"Office {at}") for at in range(5)]
    await seen(people[0], session)
    people.append(await session.participant("Office 5"))
    fresh: list[str] = []
    monkeypatch.setattr(sharing, "drawn", lambda language, template, given: fresh.append(template))
    assert len({len(await seen(person, session)) for person in people}) == 1
    assert fresh == []


async def secrets(session: Session, author: Visitor) -> dict[str, str]:
    """Words that facilitators alone read now, by what keeps them from the others."""
    step = await session.in_a_writing_step()
    hidden = await session.note(author, "Words-that-were-hidden")
    await session.runs("note.hide", note=hidden)
    await session.runs("step.settings", step=step, approve_first=True)
    await session.note(author, "Words-that-wait")
    await session.runs("step.settings", step=step, approve_first=False)
    silent = (await session.runs("agenda.add", kind="write", title={"en": "In silence"}, minutes=5))["made"]["step"]
    await session.runs("step.settings", step=silent, silent=True)
    await session.runs("agenda.go", step=silent)
    await session.note(author, "Words-in-silence", step=silent)
    await session.runs("step.cue", step=silent, text="Words-of-a-cue", base=0)
    return {"hidden": "Words-that-were-hidden", "waiting": "Words-that-wait", "silent": "Words-in-silence",
            "cue": "Words-of-a-cue", "link": session.link("facilitator")}  # fmt: skip


async def test_nothing_of_one_audience_reaches_another_by_what_is_kept(session: Session):
    author, newcomer = await session.participant(), await session.participant(place="Quito")
    observer = await session.seated("observer")
    told = await secrets(session, author)
    first = await seen(session.facilitator, session)
    assert [name for name, words in told.items() if words not in first] == []
    for visitor, query in ((newcomer, ""), (observer, ""), (session.facilitator, "?as=participant"), (newcomer, "")):
        page = await seen(visitor, session, query)
        assert [name for name, words in told.items() if words in page] == []
    assert await seen(session.facilitator, session) == first
    own = await seen(author, session)
    assert [name for name, words in told.items() if words in own] == ["hidden", "waiting", "silent"]
    assert "Words-" not in await seen(newcomer, session)


async def test_of_two_readers_neither_is_shown_what_is_the_others(session: Session):
    one, other = await session.participant("Aminata", "Dakar"), await session.participant("Beatriz", "Cali")
    pages = [await seen(one, session), await seen(other, session)]
    assert [("Aminata" in page, "Beatriz" in page) for page in pages] == [(True, False), (False, True)]
    assert [one.person in page for page in pages] == [True, False]


async def test_what_is_no_longer_shown_is_on_no_page_at_once(session: Session):
    author, reader = await session.participant(), await session.participant(place="Quito")
    await session.in_a_writing_step()
    note = await session.note(author, "Words-for-a-moment")
    assert "Words-for-a-moment" in await seen(reader, session)
    await session.runs("note.hide", note=note)
    assert "Words-for-a-moment" not in await seen(reader, session)
    await session.runs("note.show", note=note)
    assert "Words-for-a-moment" in await seen(reader, session)
    await session.runs("board.blank", on=True)
    assert "Words-for-a-moment" not in await seen(reader, session)


def test_ids_stand_where_they_were_asked_for():
    made = Drawn(("<a>", "<b>", "<c>", ""), (1, 0, 1), 3)
    ids = iter(("one", "two", "three"))
    assert made.filled(lambda: next(ids)) == "<a>two<b>one<c>two"
    assert list(ids) == []


def keeps(kept: Kept, at: object, part: Drawn, *, seq: int = 1, stands: bool = False) -> Drawn:
    return kept.drawn(at, "a moment", seq, stands=lambda _: stands, draw=lambda: part)


def test_what_is_kept_stays_within_its_bounds():
    part, again = Drawn(("x" * 1_000,), (), 0), Drawn(("y" * 1_000,), (), 0)
    kept = Kept(most=10 * part.size)
    for at in range(100):
        assert keeps(kept, at, part) is part
    assert len(kept) == 10
    assert keeps(kept, 99, again) is part
    assert keeps(kept, 0, again) is again
    assert keeps(kept, "large", Drawn(("z" * 20_000,), (), 0)).size > 20_000
    assert (len(kept), kept.size) == (0, 0)


def test_what_is_kept_is_drawn_again_where_it_does_not_stand():
    part, again, kept = Drawn(("x",), (), 0), Drawn(("y",), (), 0), Kept()
    assert keeps(kept, "at", part) is part
    assert keeps(kept, "at", again, seq=2, stands=True) is part
    assert keeps(kept, "at", again, seq=2) is part
    assert keeps(kept, "at", again, seq=3) is again
    assert kept.drawn("at", "another", 3, stands=lambda _: True, draw=lambda: part) is part
    kept.forget()
    assert (len(kept), kept.size) == (0, 0)


def closure(templates: frozenset[str]) -> set[str]:
    """These and all that they include."""
    all_: set[str] = set()
    waiting = [*templates]
    while waiting:
        name = waiting.pop()
        if name not in all_:
            all_.add(name)
            read = environment("en").parse((TEMPLATES / name).read_text(encoding="utf-8"))
            named = list(meta.find_referenced_templates(read))
            # What a ballot includes goes by its method.
            waiting += [each for each in named if each is not None]
    return all_


def test_what_steps_draw_from_a_page_is_given_to_them():
    board = Board("b", epoch="e", records=found("b", title="A", template="blank", language="en", now=0.0))
    known = {*page_context(Sight(board), EVERYONE, "en", 0.0, None), *own_context(board, "nobody")}
    unknown: set[str] = set()
    for name in closure(sharing.STEADY) | {f"ballots/{each.name}" for each in (TEMPLATES / "ballots").glob("_*.html")}:
        read = environment("en").parse((TEMPLATES / name).read_text(encoding="utf-8"))
        unknown |= meta.find_undeclared_variables(read)
    # Two stand on facilitators' pages alone, and two are given apart.
    assert (unknown & known) - sharing.GIVEN == {"silent_pane", "options", "writes", "command_id"}


def test_a_kept_part_is_drawn_from_nothing_else():
    with pytest.raises(Exception, match="is undefined"):
        drawn("en", "board/_mine.html", {"board": "b"})
