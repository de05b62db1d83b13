"""Ballots over headlines, themes and notes: what may be chosen, what falls, and what comes of it."""

import pytest

from app.board.agenda import AgendaAdd
from app.board.ballots import BallotOpen, BallotReopen
from app.board.candidates import sources, stands, wordings
from app.board.casting import dots_left
from app.board.chosen import HeadlineChoose, chosen, chosen_ref
from app.board.headlines import HeadlineAdd, HeadlineCowrite, HeadlineEdit, HeadlineHide, HeadlineWithdraw
from app.board.notes import NoteEdit
from app.board.records import Headline, Version
from app.board.theming import ThemeAdd, ThemeDelete
from app.board.verdicts import is_undecided, verdict
from tests.board.story import given_a_room, refused
from web.views.nexts import next_view

LIMIT = 140


@pytest.fixture
def drafted():
    """A room, two headlines of the facilitator's ("h", "i") and two notes, as refs."""
    room = given_a_room()
    notes = [f"note:{room.lyon.posts('a')}", f"note:{room.dakar.posts('b', language='es')}"]
    heads = [_head(room, text, origin=(note,)) for text, note in zip("hi", notes, strict=True)]
    return room, heads, notes


def _head(room, text, **also):
    made = room.facilitator.asks(HeadlineAdd(text=text, language="fr", **also)).made
    return f"headline:{made['headline']}"


def _theme(room, title):
    kinds = {step.kind: step.id for step in room.story.steps}
    step = (
        kinds.get("group") or room.facilitator.asks(AgendaAdd(kind="group", title={"fr": "G"}, minutes=1)).made["step"]
    )
    return f"theme:{room.facilitator.asks(ThemeAdd(step=step, title=title)).made['theme']}"


def _opens(room, *refs, **also):
    return room.facilitator.asks(BallotOpen(title="", candidates=refs, **also)).made["ballot"]


def test_V39_a_ballot_is_over_one_kind(drafted):
    room, (h, i), (a, b) = drafted
    for refs in ((h, a), (a, b, i), (_theme(room, "t"), a)):
        with refused("invalid", field="candidates"):
            _opens(room, *refs)
    with refused("unknown", what="note"):
        _opens(room, a, "people:1")
    with refused("unknown", what="headline"):
        _opens(room, h, "headline:none")
    _opens(room, _theme(room, "one"), _theme(room, "two"))


def test_V39_a_headline_that_is_too_long_is_not_voted_on(drafted):
    room, (h, i), _ = drafted
    headline = h.partition(":")[2]
    base = room.story.board.seq
    room.facilitator.asks(HeadlineCowrite(headline=headline, language="fr", text="x" * 500, base=base, pen=""))
    with refused("too-long", max=LIMIT, field="candidates"):
        _opens(room, h, i)
    fits = HeadlineEdit(headline=headline, language="fr", text="x" * LIMIT, base=room.story.board.seq)
    room.facilitator.asks(fits)
    _opens(room, h, i)


def test_V40_all_versions_are_one_candidate(drafted):
    room, (h, i), _ = drafted
    room.facilitator.asks(HeadlineEdit(headline=h.partition(":")[2], language="es", text="¡h!"))
    assert wordings(room.story.board, h) == {"fr": "h", "es": "¡h!"}
    ballot = _opens(room, h, i)
    room.lyon.chooses(ballot, {h: 1})
    room.dakar.chooses(ballot, {h: 1})
    assert [(row.ref, row.dots) for row in room.story.tally(ballot).rows] == [(h, 2), (i, 0)]


@pytest.mark.parametrize("act", [HeadlineWithdraw, HeadlineHide])
def test_V41_a_headline_that_falls_frees_its_dots(drafted, act):
    room, (h, i), _ = drafted
    ballot = _opens(room, h, i, dots=1)
    room.lyon.chooses(ballot, {h: 1})
    assert dots_left(room.story.board, room.story.ballot(ballot), room.lyon.person) == 0
    room.facilitator.asks(act(headline=h.partition(":")[2]))
    assert dots_left(room.story.board, room.story.ballot(ballot), room.lyon.person) == 1
    with refused("unknown", what="headline"):
        room.lyon.chooses(ballot, {h: 1})
    room.lyon.chooses(ballot, {i: 1})
    assert [row.ref for row in room.story.tally(ballot).rows] == [i]


def test_V41_a_headline_without_words_and_a_deleted_theme_do_not_stand(drafted):
    room, (h, _), _ = drafted
    version = room.story.board.inside(Version, h.partition(":")[2])[0]
    assert stands(room.story.board, h)
    empty = HeadlineCowrite(headline=version.headline, language="fr", text="", base=version.text_seq, pen="")
    room.facilitator.asks(empty)
    theme = _theme(room, "t")
    ballot = _opens(room, theme, method="consent")
    room.facilitator.asks(ThemeDelete(theme=theme.partition(":")[2]))
    assert not stands(room.story.board, h)
    assert not stands(room.story.board, theme)
    assert verdict(room.story.tally(ballot)) == "none-stands"


def test_V40_a_headline_comes_from_notes_also_by_way_of_others(drafted):
    room, (h, _), (a, b) = drafted
    found = {f"note:{note.id}" for note in sources(room.story.board, h)}
    assert found == {a}
    assert [note.text for note in sources(room.story.board, b)] == ["b"]


@pytest.mark.parametrize(
    ("said", "rule", "expected", "undecided"),
    [
        ({}, "shared", "nobody-voted", False),
        ({"lyon": "h", "dakar": "h"}, "shared", "won", False),
        ({"lyon": "h", "dakar": "i"}, "shared", "all-equal", False),
        ({"lyon": "h", "dakar": "i"}, "runoff", "all-equal", True),
        ({"lyon": "h", "dakar": "i"}, "facilitator", "all-equal", True),
        ({"lyon": "h", "dakar": "i"}, "earliest", "won", False),
    ],
)
def test_V46_what_a_ballot_came_to(drafted, said, rule, expected, undecided):
    room, heads, _ = drafted
    refs = dict(zip("hi", heads, strict=True))
    ballot = _opens(room, *heads, tie_rule=rule)
    for who, choice in said.items():
        getattr(room, who).chooses(ballot, {refs[choice]: 1})
    counted = room.story.tally(ballot)
    assert (verdict(counted), is_undecided(room.story.ballot(ballot), counted)) == (expected, undecided)


def test_V46_too_few_one_alone_several_and_nobody(drafted):
    room, (h, i), _ = drafted
    j = _head(room, "j")
    few = _opens(room, h, i, quorum=9)
    room.lyon.chooses(few, {h: 1})
    assert verdict(room.story.tally(few)) == "too-few"
    room.facilitator.closes(few)
    alone = _opens(room, h, method="approval")
    room.lyon.chooses(alone, (h,))
    assert verdict(room.story.tally(alone)) == "alone"
    room.facilitator.closes(alone)
    several = _opens(room, h, i, j)
    room.lyon.chooses(several, {h: 1, i: 1})
    assert verdict(room.story.tally(several)) == "tied"
    room.facilitator.closes(several)
    nobody = _opens(room, h, i, method="consent")
    room.lyon.chooses(nobody, {h: -1, i: -1})
    assert verdict(room.story.tally(nobody)) == "nobody-chosen"


def test_V38_a_run_off_over_headlines_is_between_the_first(drafted):
    room, (h, i), _ = drafted
    j = _head(room, "j")
    ballot = _opens(room, h, i, j)
    room.lyon.chooses(ballot, {h: 1})
    room.dakar.chooses(ballot, {j: 1})
    room.facilitator.closes(ballot)
    again = room.facilitator.asks(BallotReopen(ballot=ballot, top=2)).made["ballot"]
    assert room.story.ballot(again).candidates == (h, j)


def test_V48_a_note_that_came_first_becomes_the_headline_once(drafted):
    room, _, (_, b) = drafted
    c = f"note:{room.lyon.posts('x' * 200, language='ar')}"
    for ref in (c, c):
        room.facilitator.asks(HeadlineChoose(candidate=ref))
    found = chosen(room.story.board)
    assert (found.origin, wordings(room.story.board, f"headline:{found.id}")) == ((c,), {"ar": "x" * 200})
    assert room.story.board.count(Headline) == 3
    assert (chosen_ref(room.story.board, (b, c)), chosen_ref(room.story.board, (b,))) == (c, "")


def test_V48_a_note_that_is_not_for_publication_becomes_no_headline(drafted):
    room, _, (_, b) = drafted
    c = f"note:{room.lyon.posts('Entre nous', attribution='unpublished')}"
    ballot = room.facilitator.asks(BallotOpen(title="", candidates=(b, c))).made["ballot"]
    room.lyon.chooses(ballot, {c: 1})
    room.facilitator.closes(ballot)
    then = next_view(room.story.board, room.story.ballot(ballot))
    assert (then.first, then.choose) == ("on", ())
    with refused("unknown", what="note"):
        room.facilitator.asks(HeadlineChoose(candidate=c))


def test_V48_a_headline_is_chosen_changed_and_taken_back(drafted):
    room, (h, i), _ = drafted
    for ref in (h, i):
        room.facilitator.asks(HeadlineChoose(candidate=ref))
        assert f"headline:{chosen(room.story.board).id}" == ref
    room.facilitator.undoes()
    assert f"headline:{chosen(room.story.board).id}" == h
    room.facilitator.asks(HeadlineHide(headline=h.partition(":")[2]))
    assert chosen(room.story.board) is None
    room.facilitator.asks(HeadlineChoose())
    with refused("unknown", what="headline"):
        room.facilitator.asks(HeadlineChoose(candidate=h))
    with refused("only-facilitators"):
        room.lyon.asks(HeadlineChoose(candidate=i))


def test_V48_a_theme_that_came_first_becomes_one_in_the_language_of_who_chose(drafted):
    room, _, _ = drafted
    theme = _theme(room, "Trees")
    room.facilitator.asks(HeadlineChoose(candidate=theme))
    assert wordings(room.story.board, f"headline:{chosen(room.story.board).id}") == {"fr": "Trees"}


def test_V39_a_note_on_a_ballot_stays_locked_for_its_author(drafted):
    room, _, (a, b) = drafted
    _opens(room, a, b)
    with refused("locked"):
        room.lyon.asks(NoteEdit(note=a.partition(":")[2], text="other", base=room.story.board.seq))
