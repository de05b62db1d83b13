"""Races in short: votes, a lock, a closing and a removal while many ask at once; bin/prove repeats each many times."""

from tests.web.races import DOTS, removed_with_open_tabs, shut_while_asking, votes_at_once
from tests.web.visiting import Session


async def test_V1_no_vote_that_is_cast_at_once_exceeds_the_budget(session: Session):
    await session.in_a_writing_step()
    notes = [await session.note(session.facilitator, text) for text in ("One", "Two")]
    voters = [await session.participant(f"Voter {n}", f"City {n}") for n in range(2)]
    voted = await votes_at_once(session, voters, notes, casts=20)
    assert voted.most == DOTS
    assert voted.accepted > 0 < voted.refused
    assert voted.recounted


async def test_nothing_is_accepted_above_the_number_of_a_lock_or_a_closing(session: Session):
    await session.in_a_writing_step()
    people = [await session.participant(f"Person {n}", f"City {n}") for n in range(10)]
    for round_ in range(4):
        number, before, after = await shut_while_asking(session, people, round_=round_)
        assert (number > 0, after) == (True, 0)
        assert before <= len(people)


async def test_P21_who_is_removed_hears_nothing_says_nothing_and_does_not_come_back(session: Session):
    await session.in_a_writing_step()
    gone = await removed_with_open_tabs(session, tabs=4)
    assert (gone.effects, gone.back) == (0, 0)
    assert gone.last <= 1.0
