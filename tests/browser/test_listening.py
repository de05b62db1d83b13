"""What somebody who listens is told: news of the board in one sentence, one's own ranking, and where the focus goes."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import Look, opened

pytestmark = pytest.mark.browser


LISTEN = """() => { const region = document.getElementById('announcer'); window.said = [];
  new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true }); }"""


def heard(page: Page) -> str:
    """All that was said since this was last asked, once the pauses between are over."""
    page.clock.run_for(10_000)
    return str(page.evaluate("() => said.splice(0).filter(Boolean).join(', ')"))


def quick(context: BrowserContext) -> Page:
    """A window of their own, whose ten seconds between two sentences go by when the test says so."""
    page = context.new_page()
    page.clock.install()
    return page


def test_listeners_are_told_of_headlines_claims_merged_notes_and_votes(readers: Readers, flipchart: House) -> None:
    board = start_board(flipchart, language="en", template="brainstorm-and-vote")
    step, dakar, rosario = board.goes_to("write"), board.guest("Quay", "Dakar"), board.guest("Harbour", "Rosario")
    notes = [rosario.writes(text, step=step) for text in ("More trees", "More shade")]
    board.guest("Desk", "Lima", language="es")
    board.goes_to("group")
    with (
        readers.new("en") as context,
        opened(quick(context), flipchart.url, Look(path=f"/b/{board.id}", who=dakar), "en"),
    ):
        (page,) = context.pages
        page.evaluate(LISTEN)
        for _ in range(2):
            board.facilitator.asks("spotlight", part=f"note:{notes[0]}")
            expect(page.locator("#spotlight")).to_contain_text("More trees")
            assert heard(page) == "In the spotlight: More trees", "each time that it is put there"
            board.facilitator.asks("spotlight", part="")
            expect(page.locator("#announcer")).to_be_empty()
        rosario.asks("theme.add", step=board.step("group"), title="Green")
        rosario.asks("note.merge", notes=notes, text="Trees that give shade")
        expect(page.locator(".grouped[data-joined]")).to_be_visible()
        assert heard(page) == "1 new theme, Notes were merged"
        board.goes_to("headline")
        expect(page.locator("#headlines")).to_be_visible()
        made = rosario.asks("headline.add", text="Shade for all", language="en")["made"]["headline"]
        rosario.asks("headline.claim", headline=made, language="fr")
        expect(page.locator(".version-claim")).to_be_visible()
        page.locator(".version-take button").first.press("Enter")
        expect(page.locator(".version:focus")).to_contain_text("Dakar is writing")
        assert heard(page) == "Now: Headlines, 1 new headline, Rosario is writing the version in French"


def test_a_vote_is_ranked_and_closed_under_a_keyboard(readers: Readers, flipchart: House) -> None:
    board = start_board(flipchart, language="en")
    step, dakar = board.goes_to("write"), board.guest("Quay", "Dakar")
    notes = [dakar.writes(text, step=step) for text in ("More trees", "More shade")]
    board.goes_to("vote")
    with (
        readers.new("en") as context,
        opened(quick(context), flipchart.url, Look(path=f"/b/{board.id}", who=dakar), "en"),
    ):
        (page,) = context.pages
        page.evaluate(LISTEN)
        ballot = board.ballot(*notes, method="ranking")
        card = page.locator(f"#ballot-{ballot}")
        expect(card).to_be_visible()
        assert heard(page) == "A vote is open"
        expect(card.get_by_role("heading", level=3)).to_have_count(2)
        higher = card.locator(".candidate").filter(has_text="More shade").get_by_label("Rank higher")
        higher.press("Enter")
        expect(card.locator("[data-ranked]")).to_have_text("Rank 1: More shade")
        board.facilitator.asks("note.hide", note=notes[1])
        expect(card.locator("[data-ranked]")).to_be_empty()
        board.facilitator.asks("ballot.close", ballot=ballot)
        expect(card).to_be_focused()
        assert heard(page) == "The vote is closed"
