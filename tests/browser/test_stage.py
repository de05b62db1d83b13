"""A presentation on the stage: sent from the page, turned by keys, seen in step by everybody, taken back in time."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.pictures import files

PICTURE = ".step:not([hidden]) .staged-picture"


def opens(chromium: Browser, house: House, who: Guest, path: str = "", **how: object) -> tuple[BrowserContext, Page]:
    context = chromium.new_context(locale="en-GB", reduced_motion="reduce", **how)
    context.set_default_timeout(15_000)
    context.add_cookies(who.cookies)
    page = context.new_page()
    page.goto(f"{house.url}/b/{who.board}{path}")
    return context, page


def given_a_talk(house: House) -> tuple[Board, str]:
    board = start_board(house)
    return board, board.goes_to("talk", 2)


def test_a_presentation_is_in_step_for_everybody(chromium: Browser, flipchart: House):
    board, step = given_a_talk(flipchart)
    lyon = board.guest("Quay office", "Lyon")
    one, host = opens(chromium, flipchart, board.facilitator)
    two, guest = opens(chromium, flipchart, lyon, viewport={"width": 390, "height": 844})
    three, screen = opens(chromium, flipchart, board.by_link("screen"), "/screen")
    for page in (host, guest, screen):
        page.wait_for_selector("html[data-link=online]", state="attached")

    host.click("#fold-stage > summary")
    host.set_input_files(f"#staging-file-{step}", {"name": "a.svg", "mimeType": "image/png", "buffer": files.SVG})
    host.click("#panel-stage [data-upload] button[type=submit]")
    expect(host.locator("#panel-stage .refusal")).to_contain_text("no picture")
    slides = {"name": "goals.pdf", "mimeType": "application/pdf", "buffer": files.slides("One", "Two", "Three")}
    host.set_input_files(f"#staging-file-{step}", slides)
    host.click("#panel-stage [data-upload] button[type=submit]")
    for page in (host, guest, screen):
        expect(page.locator(PICTURE)).to_have_attribute("alt", "goals.pdf, page 1 of 3")

    host.locator("h1:visible").first.click()
    for key, number in (("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2)):
        host.keyboard.press(key)
        for page in (host, guest, screen):
            expect(page.locator(PICTURE)).to_have_attribute("alt", f"goals.pdf, page {number} of 3")
            page.wait_for_function(f"() => document.querySelector('{PICTURE}').complete")
            assert page.evaluate(f"() => document.querySelector('{PICTURE}').naturalWidth") > 0
    expect(guest.locator("[data-turn]")).to_have_count(0)

    guest.click(f"{PICTURE}")
    large = guest.locator("#enlarged[open] img")
    expect(large).to_be_visible()
    host.fill("#panel-turn input[type=number]", "1")
    host.keyboard.press("Enter")
    expect(large).to_have_attribute("alt", "goals.pdf, page 1 of 3")
    guest.keyboard.press("Escape")

    cleared = board.facilitator.asks("stage.clear", step=step)
    for page in (host, guest, screen):
        expect(page.locator(PICTURE)).to_have_count(0)
    board.facilitator.asks("board.undo", seq=cleared["seq"])
    for page in (host, guest, screen):
        expect(page.locator(PICTURE)).to_have_attribute("alt", "goals.pdf, page 1 of 3")

    host.goto(f"{flipchart.url}/b/{board.id}?remote")
    host.click("#panel-turn button:visible >> nth=-1")
    expect(guest.locator(PICTURE)).to_have_attribute("alt", "goals.pdf, page 2 of 3")
    expect(host.locator("#fold-stage")).to_be_hidden()
    for context in (one, two, three):
        context.close()


def test_a_file_that_is_sent_takes_no_typed_words_along(chromium: Browser, flipchart: House):
    board, step = given_a_talk(flipchart)
    context, page = opens(chromium, flipchart, board.facilitator, "/agenda")
    page.click(f"#edit-{step} summary:has(+ #staging-{step})")
    page.fill(f"#staging-title-{step}", "Half a title")
    poster = {"name": "poster.png", "mimeType": "image/png", "buffer": files.image(size=(300, 200))}
    page.set_input_files(f"#staging-file-{step}", poster)
    page.click(f"#staging-{step} [data-upload] button[type=submit]")
    expect(page.locator(f"#staging-file-{step}")).to_have_value("")
    expect(page.locator("#toasts")).to_contain_text("It is on the stage.")
    expect(page.locator(f"#staging-title-{step}")).to_have_value("Half a title")
    context.close()


def test_a_file_is_put_on_the_stage_without_a_script(chromium: Browser, flipchart: House, tmp_path: Path):
    board, step = given_a_talk(flipchart)
    context, page = opens(chromium, flipchart, board.facilitator, "/agenda", java_script_enabled=False)
    page.click(f"#edit-{step} summary:has(+ #staging-{step})")
    (tmp_path / "poster.png").write_bytes(files.image(size=(300, 200)))
    page.set_input_files(f"#staging-file-{step}", tmp_path / "poster.png")
    page.click(f"#staging-{step} [data-upload] button[type=submit]")
    expect(page).to_have_url(f"{flipchart.url}/b/{board.id}/agenda")
    page.goto(f"{flipchart.url}/b/{board.id}")
    expect(page.locator(PICTURE)).to_have_attribute("alt", "poster.png")
    context.close()
