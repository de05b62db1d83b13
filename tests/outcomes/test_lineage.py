"""The picture of where a headline came from: everything in it stands in its card, and leads to where it led."""

import re
from itertools import combinations

import pytest
from hypothesis import given, settings, strategies

from app.board.audience import EVERYONE, PUBLIC
from app.outcomes.lineage import PADDING, Card, across, upright
from app.outcomes.reporting import report_of
from tests.outcomes.told import ARABIC, AS_OF, CANARIES, canary, told_session
from web.views.lineage import MOST_NOTES, lineage_view
from web.words import words_for


def _cards(*texts, kind="note", over=""):
    return [Card(id=f"{kind}{at}", kind=kind, text=text, over=over) for at, text in enumerate(texts)]


@pytest.fixture(scope="module")
def told():
    return told_session()


def _view(told, audience=EVERYONE, language="fr"):
    story, _ = told
    message = report_of(story.board, audience, language, AS_OF).messages[0]
    return lineage_view(story.board, message, words_for(language))


def test_X1_a_headline_leads_back_to_notes_themes_versions_and_votes(told):
    view, ids = _view(told), told[1]
    notes, themes, versions, votes = view.columns
    assert {card.id for card in notes} >= {f"note:{ids['first']}", f"note:{ids['arabic']}"}
    assert [card.text for card in themes] == ["Le local d’abord"]
    assert [card.text for card in versions] == ["Le changement a un code postal", ARABIC]
    assert [card.over for card in notes if card.id == f"note:{ids['first']}"] == ["Lyon"]
    assert len(view.across.ribbons) == len(notes) + len(themes) + len(votes)


def test_X2_a_picture_holds_what_its_reader_may_read(told):
    words = "".join(card.text for column in _view(told, PUBLIC).columns for card in column)
    assert [each for each in CANARIES if canary(each) in words] == []


def test_many_notes_are_a_few_and_how_many_more_there_are():
    cards = _cards(*["Nos rues"] * 30)
    drawn = across((cards[:MOST_NOTES], _cards("Le message", kind="headline")), [])
    assert len(drawn.boxes) == MOST_NOTES + 1


def test_for_a_reader_from_the_right_it_begins_at_the_right():
    columns, links = (_cards("Nos rues"), _cards("Le message", kind="headline")), [("note0", "headline0")]
    first, other = across(columns, links), across(columns, links, mirrored=True)
    assert [box.x for box in first.boxes if box.card.kind == "note"] == [0.0]
    assert max(other.boxes, key=lambda box: box.x).card.kind == "note"
    assert len(first.ribbons) == len(other.ribbons) == 1


def test_what_leads_nowhere_draws_nothing():
    assert across((_cards("Nos rues"), []), [("note0", "gone")]).ribbons == ()
    assert across((), []).boxes == ()
    assert upright(([], [])).height == 0


TEXTS = strategies.lists(strategies.text(min_size=1, max_size=280), min_size=1, max_size=9)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_no_card_lies_over_another_and_no_line_outside_its_card(notes, headlines):
    for drawn in (
        across((_cards(*notes, over="Lyon"), _cards(*headlines, kind="headline")), []),
        upright((_cards(*notes), _cards(*headlines, kind="headline"))),
    ):
        for one, other in combinations(drawn.boxes, 2):
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
        for box in drawn.boxes:
            assert box.y >= 0
            assert box.y + box.height <= drawn.height + 0.01
            assert all(box.y + PADDING / 2 < line.y < box.y + box.height for line in box.lines)
            assert len(box.lines) <= 4


def test_ribbons_begin_and_end_at_cards():
    drawn = across((_cards("Nos rues", "Nos villes"), _cards("Le message", kind="headline")), [("note1", "headline0")])
    numbers = [float(each) for each in re.findall(r"[\d.]+", drawn.ribbons[0])]
    boxes = {box.card.id: box for box in drawn.boxes}
    assert numbers[0] == boxes["note1"].x + boxes["note1"].width
    assert numbers[-2] == boxes["headline0"].x
