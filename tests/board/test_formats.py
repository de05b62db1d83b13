"""Formats: how long a headline is where it is read, and the word that it becomes."""

import pytest

from app.board.formats import FITS, hashtag, measured


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Le changement global a un code postal.", "#LeChangementGlobalAUnCodePostal"),
        ("D’abord la rue !", "#DabordLaRue"),
        ("17 objectifs, 1 adresse", "#17Objectifs1Adresse"),
        ("مدينتكم أولاً", "#مدينتكمأولاً"),
        ("2030", ""),
        ("🌍", ""),
        ("#eval(1)", "#Eval1"),
    ],
)
def test_D13_a_headline_becomes_one_word(text, word):
    assert hashtag(text) == word


def test_D13_each_format_has_a_length_that_can_be_taken_in():
    assert list(FITS) == ["billboard", "post", "hashtag"]
    assert FITS["billboard"].most_in("fr") == 2 * FITS["billboard"].most_in("zh-Hant") == 40
    assert measured("👩‍👩‍👧‍👦 ici", "billboard") == 5
    assert measured("Rue par rue", "hashtag") == 9
