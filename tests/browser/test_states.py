"""Every page and state in every language: open to everybody, whole on the narrowest phone, in its reader's words."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Readers
from tests.browser.hour.house import House
from tests.browser.hour.judging import (
    complaints_in_the_dark,
    complaints_of_axe,
    complaints_of_layout,
    cut_off,
    headings_above_all,
    unrolled,
    untranslated,
)
from tests.browser.hour.looking import DESK, NARROWEST, PHONE, WALL, Look, opened
from tests.browser.states import LANGUAGES, STATES

pytestmark = pytest.mark.browser

# The mirrored language in brackets is a test's; everything else is judged in each of them.
MARKER = "⟦"
MIRRORED = "xx"
FIRST = LANGUAGES[0]
# The mirrored language is English with longer words: what fits there and in French fits in English and in Spanish,
# but for a word now and then. bin/prove looks at every state in each of them.
EVERYTHING = bool(os.environ.get("FLIPCHART_EVERY_LANGUAGE"))
JUDGED = LANGUAGES if EVERYTHING else (FIRST, MIRRORED)


@pytest.mark.parametrize("name", STATES)
def test_a_state_is_open_to_everybody(readers: Readers, flipchart: House, name: str) -> None:
    look = STATES[name](flipchart, FIRST)
    found = [
        f"in {language}: {each}" for language in JUDGED for each in _found(readers, flipchart, look, name, language)
    ]
    assert found == [], "\n".join(found)


def _found(readers: Readers, flipchart: House, look: Look, name: str, language: str) -> list[str]:
    page = readers.page(language)
    with opened(page, flipchart.url, look, language) as watch:
        _picture(page, f"{name}-{language}")
        found = [*_judged(page, language), *cut_off(page, _sizes(look, language))]
        return found + watch.complaints


def _judged(page: Page, language: str) -> Iterator[str]:
    # The markup is the same in every language, the layout is the same or its mirror image: axe sees each once, the one
    # in light colours and the other in dark ones. bin/prove shows it each in both.
    if language == FIRST:
        with unrolled(page):
            yield from complaints_of_axe(page)
            if EVERYTHING:
                yield from complaints_in_the_dark(page)
    if headings_above_all(page) != 1:
        yield "one heading above all, and one that is seen"
    if language == MIRRORED:
        with unrolled(page):
            yield from complaints_of_layout(page, in_the_dark=True)
            if EVERYTHING:
                yield from complaints_of_layout(page)
        yield from (f"words that no catalog knows: {each}" for each in untranslated(page))
    elif MARKER in page.content():
        yield "words of the mirrored language"


def _sizes(look: Look, language: str) -> list[tuple[int, int]]:
    if look.size == WALL:
        return [WALL]
    # The longest words are those of the first and of the mirrored language: they are tried on both devices.
    other = [DESK if look.size == PHONE else PHONE] if language in (FIRST, MIRRORED) else []
    return [look.size, *other, NARROWEST]


def _picture(page: Page, name: str) -> None:
    if pictures := os.environ.get("FLIPCHART_PICTURES"):
        Path(pictures, "states").mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{pictures}/states/{name}.png")
