"""The hand-written words: how many, how long, and that none comes twice."""

import re
from collections import Counter, defaultdict

import pytest

from app.board.limits import Limits
from app.board.writing import count, fold, tidy
from app.rehearsal.script import KINDS, LANGUAGES, Line, homes, script
from web import places

EVERY_LINE = [line for language in LANGUAGES for lines in script(language).notes.values() for line in lines]


def _of(language: str) -> list[Line]:
    return [line for line in EVERY_LINE if line.language == language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_a_hundred_notes_and_more_for_every_kind_of_step(language: str):
    assert len(_of(language)) >= 100
    assert all(len(script(language).notes[kind]) >= 20 for kind in KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_taken_by_a_board_as_it_is_written(language: str):
    limits = Limits()
    written = [line.text for line in (*_of(language), *script(language).headlines)]
    assert [text for text in written if count(text) > limits.note or tidy(text) != text] == []
    assert [text for text in script(language).comments if count(text) > limits.comment] == []
    assert [role for role in script(language).roles if count(role) > limits.name] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_one_of_everything_that_sessions_get(language: str):
    lines = _of(language)
    lengths = [count(line.text) for line in lines]
    assert max(lengths) >= 260 and sum(length <= 8 for length in lengths) >= 2
    assert sum(line.rude for line in lines) >= 3
    assert sum(line.typo for line in lines) >= 3
    assert sum(line.tool for line in lines) >= 2
    assert [line.text for line in lines if line.loud and line.text == line.text.upper()]
    assert sum("?" in line.text for line in lines) >= 4
    assert any(re.search("[\U0001f300-\U0001faff]", line.text) for line in lines)


def test_no_two_notes_are_the_same():
    spelt = Counter(re.sub(r"\W+", " ", fold(line.text)).strip() or line.text for line in EVERY_LINE)
    assert [text for text, times in spelt.items() if times > 1] == []


def test_what_is_marked_as_alike_is_alike_to_something_and_much_of_it_across_languages():
    alike: dict[str, list[Line]] = defaultdict(list)
    for line in EVERY_LINE:
        if line.like:
            alike[line.like].append(line)
    assert [name for name, lines in alike.items() if len(lines) < 2] == []
    assert sum(len({line.language for line in lines}) > 1 for lines in alike.values()) >= 10
    assert sum(max(Counter(line.language for line in lines).values()) > 1 for lines in alike.values()) >= 5


def test_sixty_places_are_in_the_list_of_cities_under_the_name_that_is_given():
    known = [home for home in homes() if home.id]
    assert len(homes()) == 60
    assert [home.name for home in known if places.chosen(home.id, home.name) is None] == []
    countries = {place.code for home in known if (place := places.lookup(home.id))}
    assert len(countries) >= 30
    assert len({home.name for home in homes()}) == 60
    assert [home.name for home in homes() if not home.id], "regions and organisations are free text"
