"""Approval, ranking and consent: what is cast, and how it counts."""

import pytest

from app.board.choosing import Stand
from app.board.scoring import Reason
from tests.board.story import given_a_room, refused


@pytest.fixture
def vote():
    """A room with three notes, and their refs: "a" by Lyon, "b" by Dakar, "c" by the facilitator."""
    room = given_a_room()
    return room, room.lyon.posts("a"), room.dakar.posts("b"), room.facilitator.posts("c")


def _refs(*notes):
    return tuple(f"note:{note}" for note in notes)


def _ranks(tally):
    return [(row.ref.removeprefix("note:"), row.rank, row.place_rank) for row in tally.rows]


def test_V31_approval_counts_people_and_places(vote):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, c, method="approval", dots=0)
    room.lyon.chooses(ballot, _refs(a, b, a))
    room.story.joins("Lyon", name="other").chooses(ballot, {f"note:{a}": 1})
    room.dakar.chooses(ballot, _refs(b, c))
    room.facilitator.chooses_for("Accra", 4, ballot, {f"note:{b}": 3, f"note:{c}": 1})
    counted = {row.ref: (row.dots, row.people, row.places) for row in room.story.tally(ballot).rows}
    assert counted == dict(zip(_refs(b, a, c), [(5, 5, 3), (2, 2, 1), (2, 2, 2)], strict=True))
    assert room.story.tally(ballot).winners == _refs(b)
    lyon = room.story.casts(ballot)["lyon"]
    assert (dict(lyon.choices), lyon.used, lyon.allowed) == (dict.fromkeys(_refs(a, b), 1), 0, 0)


def test_V31_nobody_approves_for_more_than_they_are(vote):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b, method="approval")
    with refused("too-many-on-one", max=1):
        room.lyon.chooses(ballot, {f"note:{a}": 2})
    with refused("too-many-on-one", max=4):
        room.facilitator.chooses_for("Accra", 4, ballot, {f"note:{a}": 5})
    room.facilitator.chooses_for("Accra", 4, ballot, _refs(a))
    assert room.story.row(ballot, a).people == 4


@pytest.mark.parametrize("method", ["approval", "ranking", "consent", "dots"])
@pytest.mark.parametrize(
    "choices", [(), {}, ("note:a", ("note:b", ("note:c",))), {"note:a": Stand(carry=True)}, {"x": -2}]
)
def test_V31_choices_of_another_method_are_invalid(vote, method, choices):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, c, method=method)
    of_its_own = (method == "consent" and choices == {"note:a": Stand(carry=True)}) or (
        method == "ranking" and isinstance(choices, tuple) and choices
    )
    with refused("unknown" if of_its_own else "invalid"):
        room.lyon.chooses(ballot, choices)


@pytest.mark.parametrize("method", ["approval", "ranking"])
def test_V11_choices_are_candidates(vote, method):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, method=method)
    with refused("unknown", what="note"):
        room.lyon.chooses(ballot, _refs(a, c))


def test_V32_a_ranking_may_share_ranks_and_leave_out(vote):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, c, method="ranking")
    room.lyon.chooses(ballot, (f"note:{c}", _refs(b, a)))
    assert room.story.casts(ballot)["lyon"].choices == dict(zip(_refs(a, b, c), (2, 2, 1), strict=True))
    room.lyon.chooses(ballot, {f"note:{c}": 9, f"note:{a}": 4})
    assert room.story.casts(ballot)["lyon"].choices == dict(zip(_refs(a, c), (1, 2), strict=True))
    assert _ranks(room.story.tally(ballot)) == [(a, 1, 1), (c, 2, 2), (b, 3, 3)]
    with refused("invalid", field="choices"):
        room.lyon.chooses(ballot, (f"note:{c}", _refs(b, c)))


def test_V32_only_so_many_can_be_ranked():
    room = given_a_room()
    notes = [room.facilitator.posts(str(number)) for number in range(21)]
    with refused("too-many", max=20):
        room.facilitator.opens_a_ballot(*notes, method="ranking")
    room.facilitator.opens_a_ballot(*notes, method="approval")


def test_V34_rankings_are_compared_pair_by_pair(vote):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, c, method="ranking")
    for number in range(3):
        room.story.joins("Lyon", name=f"lyon {number}").chooses(ballot, _refs(a, b, c))
    room.dakar.chooses(ballot, _refs(b, c, a))
    room.facilitator.chooses_for("Accra", 1, ballot, _refs(c, b))
    tally = room.story.tally(ballot)
    assert _ranks(tally) == [(a, 1, 3), (b, 2, 1), (c, 3, 2)]
    assert [row.dots for row in tally.rows] == [2, 1, 0]
    pairs = {pair: tally.pairs[pair] for pair in [_refs(a, b), _refs(b, a), _refs(b, c), _refs(c, b)]}
    assert list(pairs.values()) == [3, 2, 4, 1]


def test_V34_a_ranking_where_all_are_equal_has_all_of_them_first(vote):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, c, method="ranking", tie_rule="runoff")
    assert room.story.tally(ballot).winners == ()
    room.lyon.chooses(ballot, (_refs(c, a, b),))
    tally = room.story.tally(ballot)
    assert (tally.winners, {row.tied for row in tally.rows}) == (_refs(a, b, c), {True})


@pytest.mark.parametrize("act", ["hides", "deletes"])
@pytest.mark.parametrize("method", ["approval", "ranking", "consent"])
def test_V12_a_candidate_that_falls_drops_out_of_every_method(vote, act, method):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, c, method=method)
    said = {ref: Stand(carry=True) for ref in _refs(a, b, c)} if method == "consent" else _refs(a, b, c)
    room.lyon.chooses(ballot, said)
    getattr(room.facilitator, act)(a)
    tally = room.story.tally(ballot)
    assert [row.ref for row in tally.rows] == list(_refs(b, c))
    assert set(tally.pairs) == ({_refs(b, c), _refs(c, b)} if method == "ranking" else set())
    with refused("unknown", what="note"):
        room.lyon.chooses(ballot, said)


def _consent(room, ballot, a, b):
    room.lyon.chooses(ballot, {f"note:{a}": Stand(carry=True), f"note:{b}": Stand(carry=False, reason=" Too dear ")})
    room.dakar.chooses(ballot, {f"note:{a}": Stand(carry=True, reason="unasked"), f"note:{b}": Stand(carry=True)})
    room.facilitator.chooses_for("Accra", 3, ballot, {f"note:{a}": -1, f"note:{b}": 1})


def test_V33_what_the_fewest_cannot_carry_comes_first(vote):
    room, a, b, c = vote
    ballot = room.facilitator.opens_a_ballot(a, b, c, method="consent")
    _consent(room, ballot, a, b)
    rows = {row.ref: row for row in room.story.tally(ballot).rows}
    assert [(row.people, row.places, row.against, row.against_places, row.rank) for row in rows.values()] == [
        (0, 0, 0, 0, 1),
        (4, 2, 1, 1, 2),
        (2, 2, 3, 1, 3),
    ]
    assert list(rows) == list(_refs(c, b, a))
    assert room.story.tally(ballot).winners == ()
    with refused("too-long", max=300):
        room.lyon.chooses(ballot, {f"note:{a}": Stand(carry=False, reason="x" * 301)})


@pytest.mark.parametrize(("secrecy", "who"), [("secret", ""), ("by_place", "Lyon"), ("named", "Lyon")])
def test_V35_reasons_are_told_when_the_ballot_has_closed(vote, secrecy, who):
    room, a, b, _ = vote
    ballot = room.facilitator.opens_a_ballot(a, b, method="consent", secrecy=secrecy, sealed=False)
    _consent(room, ballot, a, b)
    assert room.story.row(ballot, b).reasons == ()
    room.facilitator.closes(ballot)
    assert room.story.row(ballot, b).reasons == (Reason(text="Too dear", who=who),)
    assert room.story.row(ballot, a).reasons == ()
    assert room.story.row(ballot, a).by_place == ({} if secrecy == "secret" else {"Accra": 3})


def test_V36_one_note_alone_can_be_approved_of_or_carried(vote):
    room, a, _, _ = vote
    for method in ("approval", "consent"):
        ballot = room.facilitator.opens_a_ballot(a, method=method)
        room.lyon.chooses(ballot, {f"note:{a}": 1})
        room.facilitator.closes(ballot)
        assert room.story.tally(ballot).winners == _refs(a)
    with refused("invalid", field="candidates"):
        room.facilitator.opens_a_ballot(a, method="ranking")
