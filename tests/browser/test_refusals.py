"""Each refusal that a form can meet stands beside its field, in the reader's words, and what was typed is kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.board.keeping import StorageFull
from app.store.memory import MemoryStore
from tests.browser.conftest import Readers
from tests.browser.hour.house import House, house_in
from tests.browser.hour.refusing import (
    CASES,
    IDEA,
    LANGUAGE,
    Beside,
    Case,
    Scene,
    not_undoable_any_more,
    posts,
    too_long_in_the_agenda,
)
from web.refusals import refusal
from web.words import words_for

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def deaf(readers: Readers) -> Iterator[BrowserContext]:
    """A browser to which no line is opened."""
    context = readers.new(LANGUAGE)
    context.route_web_socket("**/live*", lambda socket: None)
    yield context
    context.close()


@pytest.fixture
def scene(flipchart: House, deaf: BrowserContext) -> Iterator[Scene]:
    """A board of its own."""
    scene = Scene(flipchart, deaf)
    yield scene
    scene.close()


@pytest.mark.parametrize("code", CASES)
def test_a_refusal_stands_beside_the_field_with_the_text_kept(scene: Scene, code: str) -> None:
    stands(scene.pages, CASES[code](scene), code)


@pytest.mark.parametrize(
    ("case", "code"), [(too_long_in_the_agenda, "too-long"), (not_undoable_any_more, "changed-since")]
)
def test_pages_beside_the_board_refuse_without_being_left(scene: Scene, case: Case, code: str) -> None:
    stands(scene.pages, case(scene), code)


def stands(pages: list[Page], beside: Beside, code: str) -> None:
    """The sentence is read where it belongs, and the field holds what was typed."""
    sentence = refusal(words_for(LANGUAGE), code, beside.facts)
    expect(pages[-1].locator(beside.slot)).to_contain_text(sentence)
    if beside.kept:
        expect(pages[-1].locator(beside.kept)).to_have_value(beside.text)


class Shelf(MemoryStore):
    """A keeper whose disk can be full."""

    full = False

    def save(self, *args: Any, **more: Any) -> None:
        if self.full:
            raise StorageFull
        super().save(*args, **more)


def test_a_full_disk_says_so_and_keeps_the_text(deaf: BrowserContext, tmp_path: Path) -> None:
    shelf = Shelf()
    with house_in(tmp_path, keeper=shelf) as house:
        scene = Scene(house, deaf)
        page = scene.window(scene.dakar)
        shelf.full = True
        stands(scene.pages, posts(page), "storage-full")
        shelf.full = False
        page.press("#composer-text", "Enter")
        expect(page.locator("#composer-text")).to_have_value("")
        scene.close()
    shelf.close()


def test_a_full_board_says_so_and_keeps_the_text(deaf: BrowserContext, tmp_path: Path) -> None:
    with house_in(tmp_path, settings={"max_notes": 1}) as house:
        scene = Scene(house, deaf)
        scene.dakar.writes("La seule", step=scene.step)
        beside = posts(scene.window(scene.dakar))
        stands(scene.pages, Beside(slot=beside.slot, kept=beside.kept, facts={"max": 1}), "too-many")
        scene.close()


def test_whoever_is_too_quick_is_asked_to_wait(deaf: BrowserContext, tmp_path: Path) -> None:
    with house_in(tmp_path, ticks=lambda: 1.0) as house:
        scene = Scene(house, deaf)
        page = scene.window(scene.dakar)
        for number in range(60):
            scene.dakar.asks("hand", up=number % 2 == 0)
        page.click("#me summary")
        page.click("#me [data-open='#about-me']")
        page.fill("#my-name", "Bureau du port")
        page.click("#rename button[type=submit]")
        beside = Beside(slot="#rename [data-refusal]", kept="#my-name", text="Bureau du port", facts={"seconds": 1})
        stands(scene.pages, beside, "slow-down")
        scene.close()


def test_a_wrong_key_starts_no_board_and_keeps_the_title(readers: Readers, tmp_path: Path) -> None:
    # Cookies know no ports: in a window that others used somebody may have chosen another language.
    with house_in(tmp_path, settings={"create_key": "open, please"}) as house, readers.new(LANGUAGE) as context:
        page = context.new_page()
        page.goto(house.url)
        page.fill("#title", IDEA)
        page.fill("#key", "Sesame")
        page.press("#key", "Enter")
        stands([page], Beside(slot=".home-start", kept="#title"), "wrong-key")
        page.close()
