"""Who was heard: places by what carries them, regions that were not, and nobody's secret vote."""

import pytest

from app.board.audience import EVERYONE, PUBLIC
from app.outcomes.heard import heard
from app.outcomes.world import HEIGHT, WIDTH
from tests.board.story import given_a_room
from tests.outcomes.told import told_session
from web import places
from web.views.atlas import LARGEST, SMALLEST, atlas_view
from web.words import words_for


def test_X3_places_are_heard_by_what_carries_them_and_regions_that_were_not_are_named():
    room = given_a_room()
    story = room.story
    quito = story.joins("Quito", country="EC")
    quito.posts("Nuestras calles")
    quito.posts("Nuestra ciudad")
    quito.posts("Sin firma", attribution="anonymous")
    found = heard(story.board, EVERYONE)
    assert [(each.place, each.wrote) for each in found.voices] == [("Quito", 2)]
    assert found.regions == ("419",)
    assert found.silent == ("002", "021", "142", "150", "009")


def test_X3_who_took_part_in_a_secret_vote_is_told_nowhere():
    told = {}
    for secrecy in ("secret", "by_place"):
        room = given_a_room()
        note = room.dakar.posts()
        ballot = room.facilitator.opens_a_ballot(note, room.dakar.posts(), secrecy=secrecy)
        room.lyon.votes(ballot, **{note: 1})
        assert [each.place for each in heard(room.story.board, EVERYONE).voices] == ["Dakar"]
        room.facilitator.closes(ballot)
        told[secrecy] = heard(room.story.board, EVERYONE)
    assert [(each.place, each.voted) for each in told["secret"].voices] == [("Dakar", False)]
    assert [(each.place, each.voted) for each in told["by_place"].voices] == [("Dakar", False), ("Lyon", True)]
    assert told["secret"].secret
    assert not told["by_place"].secret


def test_what_is_not_for_publication_is_not_heard_in_public():
    story, _ = told_session()
    inside, outside = heard(story.board, EVERYONE), heard(story.board, PUBLIC)
    assert sum(each.wrote for each in inside.voices) == sum(each.wrote for each in outside.voices) + 1


@pytest.mark.parametrize(
    ("name", "code", "north", "east"),
    [("Dakar", "SN", 14.7, -17.4), ("dakar", "SN", 14.7, -17.4), ("Köln", "DE", 50.9, 7.0), ("مراكش", "MA", 31.6, -8)],
)
def test_a_city_is_found_by_any_of_its_names_in_its_country(name, code, north, east):
    assert places.lies(name, code) == pytest.approx((north, east), abs=0.1)


@pytest.mark.parametrize(("name", "code"), [("Dakar", "FR"), ("Dakar", ""), ("", "SN"), ("Région imaginaire", "FR")])
def test_a_place_that_no_list_knows_lies_nowhere(name, code):
    assert places.lies(name, code) is None


def test_the_map_shows_places_it_knows_and_names_the_others():
    room = given_a_room()
    story = room.story
    for place, country, notes in (("Quito", "EC", 4), ("Dakar", "SN", 1), ("Association imaginaire", "SN", 1)):
        who = story.joins(place, country=country)
        for n in range(notes):
            who.posts(f"{n}")
    view = atlas_view(heard(story.board, EVERYONE), words_for("fr"))
    assert [(each.voice.place, each.radius) for each in view.spots] == [
        ("Quito", LARGEST),
        ("Dakar", (SMALLEST + LARGEST) / 2),
    ]
    assert all(0 < each.x < WIDTH and 0 < each.y < HEIGHT for each in view.spots)
    assert [each.place for each in view.elsewhere] == ["Association imaginaire"]
    assert view.coloured == {"EC", "SN"}
    assert "Océanie" in view.silent
