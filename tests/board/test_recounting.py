"""A recount from the entries: equal to what was published, and telling when it is not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.board.schulze import ahead_of, compared
from app.outcomes.recounting import HOW, ranked_anew, read_out, recounts
from tests.board.story import given_a_room

SAID = {
    "approval": lambda a, b, c: (b, a),
    "ranking": lambda a, b, c: (b, (a, c)),
    "consent": lambda a, b, c: {b: 1, c: -1},
    "dots": lambda a, b, c: {b: 1, a: 1},
}


def _held(method, **also):
    room = given_a_room()
    notes = [room.lyon.posts(text) for text in "abc"]
    ballot = room.facilitator.opens_a_ballot(*notes, method=method, **also)
    said = SAID[method](*(f"note:{note}" for note in notes))
    room.lyon.chooses(ballot, said)
    room.dakar.chooses(ballot, said)
    room.dakar.retracts(ballot)
    room.story.joins("LYON", name="ann").chooses(ballot, said)
    room.facilitator.chooses_for("Accra", 3, ballot, said)
    room.facilitator.closes(ballot)
    return room.story, ballot


@pytest.mark.parametrize("tie_rule", ["shared", "earliest"])
@pytest.mark.parametrize("secrecy", ["secret", "by_place", "named"])
@pytest.mark.parametrize("one_per", ["person", "place"])
@pytest.mark.parametrize("method", sorted(SAID))
def test_V37_V50_a_recount_of_each_method_is_equal_in_every_figure(method, one_per, secrecy, tie_rule):
    story, ballot = _held(method, one_per=one_per, secrecy=secrecy, tie_rule=tie_rule)
    (counted,) = recounts(story.board, story.entries)
    assert counted.published == counted.recounted
    assert (counted.ballot.id, counted.equal) == (ballot, True)
    assert any(figures.votes and figures.people and figures.places for figures in counted.recounted.values())
    lines = read_out([counted])
    assert (HOW[method] in lines[1], all("  equal: rank " in line for line in lines[2:])) == (True, True)


def test_V37_V50_a_tally_that_was_tampered_with_is_told_by_its_figure():
    story, ballot = _held("dots")
    cast = story.casts(ballot)["lyon"]
    story.board.apply({(cast.KIND, cast.id): replace(cast, choices=dict.fromkeys(cast.choices, 2))})
    (counted,) = recounts(story.board, story.entries)
    assert not counted.equal
    first, _, *rows = read_out([counted])
    assert "DIFFERENT" in first
    assert sorted(row.split("  ", 2)[2] for row in rows) == [
        "equal: rank 3, place_rank 3, votes 0, people 0, places 0",
        *["votes: published 4, recounted 3"] * 2,
    ]


def test_V50_who_voted_from_where_is_recounted_too():
    story, ballot = _held("dots", secrecy="named")
    cast = story.casts(ballot)["lyon"]
    story.board.apply({(cast.KIND, cast.id): replace(cast, place="Metz")})
    (counted,) = recounts(story.board, story.entries)
    assert any(
        "by_place: published" in line and "places: published 3, recounted 2" in line for line in read_out([counted])
    )


rankings = st.lists(
    st.tuples(
        st.sampled_from(["Lyon", "Dakar", "Quito"]),
        st.dictionaries(st.sampled_from("abcd"), st.integers(1, 4), min_size=1),
    ),
    max_size=7,
)


@given(rankings, st.sampled_from(["person", "place"]))
def test_V50_rankings_of_any_places_are_recounted_equal(voters, one_per):
    room = given_a_room()
    notes = {text: f"note:{room.lyon.posts(text)}" for text in "abcd"}
    refs = [ref.partition(":")[2] for ref in notes.values()]
    ballot = room.facilitator.opens_a_ballot(*refs, method="ranking", one_per=one_per, secrecy="named")
    for number, (place, ranks) in enumerate(voters):
        who = room.story.joins(place, name=f"v{number}")
        who.chooses(ballot, {notes[text]: rank for text, rank in ranks.items()})
    room.facilitator.closes(ballot)
    (counted,) = recounts(room.story.board, room.story.entries)
    assert counted.published == counted.recounted


@given(st.lists(st.tuples(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 4)), st.integers(1, 5)), max_size=8))
def test_V37_both_ways_of_counting_rankings_agree(votes):
    ahead = ahead_of("abcde", compared("abcde", votes))
    beaten = {ref: (sum(ref in others for others in ahead.values()), 0) for ref in "abcde"}
    assert ranked_anew(list("abcde"), votes) == beaten
