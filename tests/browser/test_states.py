"""Every page and state in every language: open to everybody, whole on the narrowest phone, in its reader's words."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Readers
from tests.browser.hour.house import House
from tests.browser.hour.looking import (
    COLOURS,
    DESK,
    NARROWEST,
    PHONE,
    SEEN_ABOVE,
    WALL,
    Look,
    complaints_of_axe,
    cut_off,
    opened,
    untranslated,
)
from tests.browser.states import LANGUAGES, STATES

pytestmark = pytest.mark.browser

# The mirrored language in brackets is a test's; everything else is judged in each of them.
MARKER = "⟦"
TEMPLATES = Path(__file__).parents[2] / "web" / "templates"


@pytest.mark.parametrize("language", LANGUAGES, ids="in-{}".format)
@pytest.mark.parametrize("name", STATES)
def test_a_state_is_open_to_everybody(readers: Readers, flipchart: House, name: str, language: str) -> None:
    look = STATES[name](flipchart, language)
    with opened(readers.of(language), flipchart.url, look) as (page, watch):
        _picture(page, f"{name}-{language}")
        found = complaints_of_axe(page)
        if language == "en":
            page.emulate_media(color_scheme="dark")
            _picture(page, f"{name}-{language}-dark")
            found += [f"in the dark: {each}" for each in complaints_of_axe(page, COLOURS)]
        assert found == []
        assert page.evaluate(SEEN_ABOVE) == 1, "one heading above all, and one that is seen"
        found = untranslated(page) if language == "xx" else []
        assert found == [], "words that no catalog knows"
        assert language == "xx" or MARKER not in page.content()
        assert [each for size in _sizes(look) for each in cut_off(page, size)] == []
        assert watch.complaints == []


def _sizes(look: Look) -> list[tuple[int, int]]:
    return [WALL] if look.size == WALL else [look.size, DESK if look.size == PHONE else PHONE, NARROWEST]


def _picture(page: Page, name: str) -> None:
    if pictures := os.environ.get("FLIPCHART_PICTURES"):
        page.screenshot(path=f"{pictures}/states/{name}.png")
