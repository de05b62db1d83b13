"""What people see of a vote that is theirs alone, and what comes after one."""

import pytest

from app.board.audience import EVERYONE
from app.board.ballots import BallotReopen
from app.board.records import Ballot
from tests.board.story import given_a_room
from web.views.ballots import ballot_view
from web.views.nexts import next_view
from web.views.shuffling import shuffled


def _counted(*dots, **also):
    """A room with notes that have so many dots; its ballot is closed."""
    room = given_a_room()
    notes = [room.lyon.posts(f"{n}") for n in range(len(dots))]
    ballot = room.facilitator.opens_a_ballot(*notes, dots=9, per_candidate=9, **also)
    if any(dots):
        room.dakar.votes(ballot, **{note: n for note, n in zip(notes, dots, strict=True) if n})
    room.facilitator.closes(ballot)
    return room, ballot, [f"note:{note}" for note in notes]


def test_V42_over_many_voters_every_choice_comes_everywhere_equally_often():
    refs, voters = [f"note:n{n}" for n in range(5)], 4_000
    at = {ref: [0] * len(refs) for ref in refs}
    for voter in range(voters):
        for place, ref in enumerate(shuffled(refs, "b1", f"p{voter}")):
            at[ref][place] += 1
    expected = voters / len(refs)
    # Pearson's chi-square over the 25 cells; with 16 degrees of freedom it stays below 52.2 but once in 100,000.
    assert sum((found - expected) ** 2 / expected for row in at.values() for found in row) < 52.2


def test_V42_a_voter_finds_the_same_order_and_facilitators_the_ballots():
    room = given_a_room()
    notes = [room.lyon.posts(f"{n}") for n in range(6)]
    opened = room.facilitator.opens_a_ballot(*notes)
    ballot = room.story.board.need(Ballot, opened)

    def order(reader):
        return [row.ref for row in ballot_view(room.story.board, ballot, EVERYONE, {}, "fr", reader).rows]

    assert order(room.lyon.id) == order(room.lyon.id) == shuffled(ballot.candidates, ballot.id, room.lyon.id)
    assert sorted(order(room.lyon.id)) == sorted(ballot.candidates)
    assert order("") == list(ballot.candidates)


@pytest.mark.parametrize(
    ("dots", "rule", "first", "choose", "runoff"),
    [
        ((3, 1, 0), "shared", "choose", 1, 2),
        ((2, 2, 1), "runoff", "runoff", 2, 2),
        ((2, 2, 1), "facilitator", "choose", 2, 2),
        ((0, 0, 0), "shared", "again", 0, 0),
        ((3, 1), "shared", "choose", 1, 0),
    ],
)
def test_V47_one_press_is_offered_first(dots, rule, first, choose, runoff):
    room, ballot, _ = _counted(*dots, tie_rule=rule)
    offered = next_view(room.story.board, room.story.board.need(Ballot, ballot))
    assert offered is not None
    assert (offered.first, len(offered.choose), offered.runoff) == (first, choose, runoff)


def test_V47_too_few_votes_lead_to_another_round_and_an_open_round_to_nothing():
    room, ballot, _ = _counted(3, 1, 0, quorum=5)
    offered = next_view(room.story.board, room.story.board.need(Ballot, ballot))
    assert offered is not None
    assert (offered.first, offered.choose) == ("again", ())
    room.facilitator.reopens(ballot)
    assert next_view(room.story.board, room.story.board.need(Ballot, ballot)) is None


def test_V49_a_run_off_stands_beside_the_round_before():
    room, ballot, refs = _counted(3, 2, 1)
    again = room.facilitator.asks(BallotReopen(ballot=ballot, top=2)).made["ballot"]
    room.lyon.votes(again, **{refs[1].removeprefix("note:"): 1})
    room.facilitator.closes(again)
    view = ballot_view(room.story.board, room.story.board.need(Ballot, again), EVERYONE, {}, "fr")
    assert view.outcome is not None
    assert view.outcome.rounds is not None
    assert [number for number, _ in view.outcome.rounds.columns] == [1, 2]
    told = {
        choice.ref: [cell.row.dots if cell.row else None for cell in cells]
        for choice, cells in view.outcome.rounds.lines
    }
    assert told == {refs[0]: [3, 0], refs[1]: [2, 1], refs[2]: [1, None]}
