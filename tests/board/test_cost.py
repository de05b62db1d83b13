"""What a text may cost: nobody else waits while somebody's is looked at."""

import pytest

from app.board.agenda import AgendaAdd, AgendaEdit
from app.board.checking import MOST_LANGUAGES, checked
from app.board.clusters import LONGEST_CLUSTER
from tests.board.story import given, refused

KISS = "👩🏽‍❤️‍💋‍👨🏻"


def languages(most: int) -> dict[str, str]:
    """So many titles, each in a language of its own."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {f"{letters[n // 26]}{letters[n % 26]}": "Titre" for n in range(most)}


@pytest.mark.parametrize("unseen", [" ", "\u200b", "\n", "\u0301"])
def test_N2_a_text_that_cannot_fit_is_refused_before_it_is_tidied(unseen):
    with refused("too-long", max=280):
        checked("Nos villes" + unseen * 100_000, most=280)


def test_the_longest_characters_fit_as_often_as_others():
    assert len(KISS) <= LONGEST_CLUSTER
    assert checked(KISS * 280, most=280) == KISS * 280


def test_A9_a_step_speaks_so_many_languages_and_no_more():
    story, facilitator = given()
    facilitator.asks(AgendaAdd(kind="write", title=languages(MOST_LANGUAGES), minutes=5))
    step = story.steps[-1]
    with refused("too-many", max=MOST_LANGUAGES):
        facilitator.asks(AgendaAdd(kind="write", title=languages(MOST_LANGUAGES + 1), minutes=5))
    with refused("too-many", max=MOST_LANGUAGES):
        facilitator.asks(AgendaEdit(step=step.id, title={"zz": "Titre"}, base=story.seq))
