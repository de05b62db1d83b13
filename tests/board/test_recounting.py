"""A recount from the entries: equal to what was published, and telling when it is not."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.board.schulze import ahead_of, compared
from app.outcomes.recounting import ranked_anew, read_out, recounts
from tests.board.story import given_a_room


def _held(method):
    room = given_a_room()
    notes = [room.lyon.posts(text) for text in "abc"]
    a, b, c = (f"note:{note}" for note in notes)
    ballot = room.facilitator.opens_a_ballot(*notes, method=method)
    said = {"approval": (b, a), "ranking": (b, (a, c)), "consent": {b: 1, c: -1}, "dots": {b: 1, a: 1}}[method]
    room.lyon.chooses(ballot, said)
    room.dakar.chooses(ballot, said)
    room.dakar.retracts(ballot)
    room.facilitator.chooses_for("Accra", 3, ballot, said)
    room.facilitator.closes(ballot)
    return room.story, ballot


def test_V37_a_recount_of_each_method_is_equal():
    for method in ("dots", "approval", "ranking", "consent"):
        story, ballot = _held(method)
        (counted,) = recounts(story.board, story.entries)
        assert (counted.ballot.id, counted.equal) == (ballot, True)
        assert any(count != (0, 0) for count in counted.recounted.values())


def test_V37_a_tally_that_was_tampered_with_is_told():
    story, ballot = _held("dots")
    cast = story.casts(ballot)["lyon"]
    story.board.apply({(cast.KIND, cast.id): replace(cast, choices=dict.fromkeys(cast.choices, 2))})
    (counted,) = recounts(story.board, story.entries)
    assert not counted.equal
    assert "DIFFERENT" in read_out([counted])[0]


@given(st.lists(st.tuples(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 4)), st.integers(1, 5)), max_size=8))
def test_V37_both_ways_of_counting_rankings_agree(votes):
    ahead = ahead_of("abcde", compared("abcde", votes))
    beaten = {ref: (sum(ref in others for others in ahead.values()), 0) for ref in "abcde"}
    assert ranked_anew(list("abcde"), votes) == beaten
