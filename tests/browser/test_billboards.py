"""Billboards in a real browser: what is typed stands in the street at once, is taken along, and wears a logo."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look, opened
from tests.pictures import files

pytestmark = pytest.mark.browser
LOADED = (
    "image => { const seen = new Image(); seen.src = image.getAttribute('href'); return seen.decode().then(() => 1); }"
)


def test_a_billboard_is_typed_looked_at_taken_along_and_wears_a_logo(readers: Readers, flipchart: House) -> None:
    board = start_board(flipchart, language="en")
    board.facilitator.asks("headline.add", text="The street first", language="en")
    look = Look(path=f"/b/{board.id}/billboards?place=Dakar", who=board.facilitator, size=DESK)
    page = readers.page("en")
    with opened(page, flipchart.url, look, "en") as watch:
        scene = page.locator(".scene image")
        expect(scene).to_have_attribute(
            "href",
            f"/b/{board.id}/billboards/{_headline(board)}.svg?place=Dakar&language=en&design=giant&format=landscape",
        )
        assert scene.evaluate(LOADED) == 1
        page.get_by_label("Or try out other words").press_sequentially("One two three four five six seven eight nine")
        expect(page.locator("#shown").get_by_text("This is too long to be read from a car.")).to_be_visible()
        expect(page.locator("[data-shown-told]")).to_contain_text("eight nine. This is too long")
        expect(page.get_by_label("Or try out other words")).to_be_focused()
        assert scene.evaluate(LOADED) == 1
        page.get_by_label("Or try out other words").fill("Flip the map")
        expect(page.get_by_text("This is too long to be read from a car.")).to_have_count(0)
        page.get_by_role("link", name="Street sign").press("Enter")
        expect(page.locator("a[data-design=sign][aria-current]")).to_be_focused()
        expect(page.get_by_label("Design", exact=True)).to_have_value("sign")
        with page.expect_download() as taken:
            page.get_by_role("link", name="PNG for screens").click()
        assert taken.value.suggested_filename == "billboard-dakar-en-sign-landscape.png"
        with Image.open(taken.value.path()) as picture:
            assert picture.size == (1600, 800)
        page.get_by_text("How the campaign looks").click()
        page.get_by_label("A logo").set_input_files({"name": "l.png", "mimeType": "image/png", "buffer": files.image()})
        page.get_by_role("button", name="Send the logo").click()
        expect(page.get_by_text("The logo is on the billboards.")).to_be_visible()
        assert (
            Image.open(BytesIO(page.request.get(f"{flipchart.url}/b/{board.id}/campaign/logo").body())).format == "WEBP"
        )
        assert watch.complaints == []


def _headline(board) -> str:  # type: ignore[no-untyped-def]
    return str(board.facilitator.http.get(f"{board.house.url}/api/boards/{board.id}").json()["headlines"][0]["id"])
