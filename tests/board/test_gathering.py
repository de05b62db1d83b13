"""The picture of who is gathered: places by country, as they came, and nobody's name."""

from app.board.gathering import ELSEWHERE, MOST_SHOWN, NEWEST, gathering
from app.board.records import Person
from tests.board.story import given


def arrives(story, place, country="", *, minutes=1.0, **also):
    """Somebody comes in, some time after whoever came before."""
    story.minutes_pass(minutes)
    return story.joins(place, name=also.pop("name", f"{place} {story.seq}"), country=country, **also)


def seen(story, *people):
    return gathering(story.board, dict.fromkeys([each.id for each in people], 1))


def test_W13_places_are_gathered_by_country_in_the_order_in_which_they_came():
    story, _ = given()
    lyon, dakar, nantes = arrives(story, "Lyon", "FR"), arrives(story, "Dakar", "SN"), arrives(story, "Nantes", "FR")
    picture = seen(story, nantes, dakar, lyon)
    assert [(code, group.places) for code, group in picture.groups.items()] == [
        ("FR", ("Lyon", "Nantes")),
        ("SN", ("Dakar",)),
    ]
    assert (picture.places, picture.countries, picture.more) == (3, 2, 0)
    assert picture.newest == (("Nantes", "FR"), ("Dakar", "SN"), ("Lyon", "FR"))


def test_W13_a_place_counts_once_however_many_speak_for_it_and_stays_until_the_last_has_left():
    story, _ = given()
    first, second = arrives(story, "Lyon", "FR"), arrives(story, "Lyon", "FR")
    assert seen(story, first, second).places == 1
    assert seen(story, second).groups["FR"].places == ("Lyon",)
    assert seen(story).groups == {}


def test_W13_a_place_on_no_list_stands_in_a_group_of_its_own():
    story, _ = given()
    network, lyon = arrives(story, "A network of cities"), arrives(story, "Lyon", "FR")
    picture = seen(story, network, lyon)
    assert picture.groups[ELSEWHERE].places == ("A network of cities",)
    assert (picture.places, picture.countries) == (2, 1)


def test_W13_neither_observers_nor_whoever_waits_or_was_removed_are_in_the_picture():
    story, facilitator = given()
    lyon, gone = arrives(story, "Lyon", "FR"), arrives(story, "Quito", "EC")
    watching = arrives(story, "Oslo", "NO", role="observer")
    facilitator.removes(gone)
    facilitator.sets_the_door("waiting")
    waits = arrives(story, "Dakar", "SN")
    assert set(seen(story, lyon, gone, watching, waits, facilitator).groups) == {"FR"}


def test_W13_of_very_many_places_the_first_are_shown_and_the_others_counted():
    story, _ = given()
    people = [arrives(story, f"Place {n}", "FR") for n in range(MOST_SHOWN + 20)]
    picture = seen(story, *people)
    assert len(picture.groups["FR"].places) == MOST_SHOWN
    assert (picture.places, picture.more) == (MOST_SHOWN + 20, 20)
    assert [place for place, _ in picture.newest] == [
        f"Place {n}" for n in range(MOST_SHOWN + 19, MOST_SHOWN + 19 - NEWEST, -1)
    ]


def test_W13_the_picture_is_the_welcomes_alone():
    story, facilitator = given()
    lyon = arrives(story, "Lyon", "FR")
    facilitator.goes_to(1)
    assert seen(story, lyon) is None
    facilitator.goes_to(0)
    assert seen(story, lyon) is not None
    story, facilitator = given("brainstorm-and-vote")
    assert seen(story, arrives(story, "Lyon", "FR")) is None


def test_W13_nobodys_name_is_in_the_picture():
    story, _ = given()
    lyon = arrives(story, "Lyon", "FR", name="Xqz-Name-Zqx")
    assert story.board.need(Person, lyon.id).name == "Xqz-Name-Zqx"
    assert "Xqz-Name-Zqx" not in repr(seen(story, lyon))
