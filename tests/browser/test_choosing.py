"""A full round of each way of voting by two voters and a facilitator, to the run-off and the headline."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK
from web.views.shuffling import shuffled

pytestmark = pytest.mark.browser
TEXTS = ("More trees", "More shade", "More benches")
HERE = (("Quay office", "Dakar"), ("Harbour desk", "Rosario"))


@contextmanager
def _round(readers: Readers, flipchart: House, kind: str) -> Iterator[tuple[Board, list[str], list[Page], list[Guest]]]:
    """The facilitator's page and two voters', in the step of voting, over headlines or notes that are there."""
    board = start_board(flipchart, language="en")
    step, voters = board.goes_to("write"), [board.guest(name, place) for name, place in HERE]
    refs = [f"note:{voters[0].writes(text, step=step)}" for text in TEXTS]
    if kind == "headline":
        made = [
            board.facilitator.asks("headline.add", text=f"{text}!", **{"from": [ref]})
            for text, ref in zip(TEXTS, refs, strict=True)
        ]
        refs = [f"headline:{each['made']['headline']}" for each in made]
    board.goes_to("vote")
    windows = [readers.new("en") for _ in (board.facilitator, *voters)]
    pages = [window.new_page() for window in windows]
    try:
        for page, who, size in zip(pages, (board.facilitator, *voters), (DESK, (390, 844), (390, 844)), strict=True):
            page.context.add_cookies(who.cookies)
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.goto(f"{flipchart.url}/b/{board.id}?language=en")
            page.wait_for_selector("html[data-link=online]", state="attached")
        yield board, refs, pages, voters
    finally:
        for window in windows:
            window.close()


def is_pointed_at_what_is_wrong(dialog: Locator) -> None:
    """Also where it was folded away."""
    quorum = dialog.locator("#open-quorum")
    quorum.fill("-1")
    dialog.get_by_text("Other rules").click()
    dialog.get_by_role("button", name="Open the vote").click()
    expect(quorum).to_be_focused()
    quorum.fill("0")


def _opens(host: Page, method: str) -> None:
    host.locator("#next-act [data-open='#ballot-open'], #panel-step [data-open='#ballot-open']").first.dispatch_event(
        "click"
    )
    dialog = host.locator("#ballot-open")
    if dialog.locator("#open-kind").input_value() == "note":
        # Nobody has reacted: what the vote is about is the facilitator's to say.
        expect(dialog.get_by_text("Nothing is chosen yet.")).to_be_visible()
        expect(dialog.locator("input[name=candidates]:checked")).to_have_count(0)
        dialog.get_by_role("button", name="Choose all of this step").click()
    expect(dialog.get_by_text("Nothing is chosen yet.")).to_be_hidden()
    if method != "dots":
        dialog.locator("#open-dots").fill("")
    dialog.locator(f"[name=method][value={method}]").check()
    expect(dialog.locator("[data-vote-words] li").first).to_have_text("3 choices")
    dialog.get_by_text("Other rules").click()
    dialog.locator("[name=tie_rule][value=runoff]").check()
    expect(dialog.locator("[data-vote-words]")).to_contain_text("a second round decides between them")
    is_pointed_at_what_is_wrong(dialog)
    dialog.get_by_role("button", name="Open the vote").click()
    expect(dialog).to_be_hidden()


def _row(page: Page, ref: str) -> object:
    return page.locator(f".candidate[data-ref='{ref}']:visible")


def _done(pages: list[Page]) -> None:
    for page in pages:
        page.get_by_role("button", name="I have finished").click()
        expect(page.get_by_role("button", name="I have finished")).to_have_attribute("aria-pressed", "true")
        expect(page.get_by_text("Your vote counts.")).to_be_visible()


def _closes(host: Page, voters: list[Page]) -> None:
    _done(voters)
    expect(host.locator("[id^=progress-]:visible").first).to_contain_text("2 of 2 people")
    host.locator("#next-act").get_by_role("button", name="Close the vote").click()


def test_headlines_by_dots_then_a_run_off_then_the_headline(readers: Readers, flipchart: House) -> None:
    with _round(readers, flipchart, "headline") as (board, (trees, shade, benches), (host, one, other), voters):
        _opens(host, "dots")
        ballot = board.facilitator.sees()["ballots"][0]
        assert ballot["candidates"] == [trees, shade, benches]
        for page, who in ((one, voters[0]), (other, voters[1])):
            expect(page.locator(".candidate:visible")).to_have_count(3)
            seen = page.locator(".candidate").evaluate_all("(all) => all.map((each) => each.dataset.ref)")
            assert seen == shuffled(ballot["candidates"], ballot["id"], who.person)
            page.reload()
            assert page.locator(".candidate").evaluate_all("(all) => all.map((each) => each.dataset.ref)") == seen
        _row(one, trees).locator("[data-plus]").click()
        _row(other, shade).locator("[data-plus]").click()
        _closes(host, [one, other])
        for page in (host, one, other):
            expect(page.locator(".verdict").first).to_contain_text("Several choices came first.")
        one.evaluate("scrollTo(0, document.body.scrollHeight)")
        host.locator("#next-act").get_by_role("button", name="Open a run-off").click()
        expect(one.locator(".ballot-card[data-open=true] .candidate").first).to_be_in_viewport()
        for page in (one, other):
            expect(page.locator(".candidate:visible")).to_have_count(2)
            _row(page, shade).locator("[data-plus]").click()
        _closes(host, [one, other])
        expect(one.locator(".verdict").first).to_contain_text("One choice came first.")
        one.get_by_text("Beside the rounds before").first.click()
        expect(one.locator(".comparison:visible tbody tr").first).to_contain_text("rank 1")
        host.locator("#next-act").get_by_role("button", name="Make it the headline").click()
        expect(host.locator("#next-act").get_by_role("button", name="Next step")).to_be_visible()
        rows = board.facilitator.sees()["ballots"][-1]
        assert (rows["verdict"], rows["winners"]) == ("won", [shade])


@pytest.mark.parametrize("method", ["approval", "ranking", "consent"])
def test_notes_by_approval_ranking_or_consent_to_the_headline(readers: Readers, flipchart: House, method: str) -> None:
    with _round(readers, flipchart, "note") as (board, (trees, shade, benches), (host, one, other), _):
        _opens(host, method)
        for page in (one, other):
            for ref, said in ((shade, "1"), (trees, "2" if method == "ranking" else "-1")):
                field = _row(page, ref).locator(f"[name='choices.{ref}']")
                if method == "ranking":
                    field.select_option(said)
                elif method == "consent":
                    field.and_(page.locator(f"[value='{said}']")).check()
                elif (page, ref) != (other, trees):
                    field.check()
        if method == "consent":
            _row(one, trees).locator("textarea").fill("Nobody waters them")
            _row(one, trees).locator("textarea").blur()
        _closes(host, [one, other])
        first = one.locator(".result[data-winner]:visible")
        expect(first).to_have_count(1)
        expect(first).to_contain_text("More shade")
        if method == "ranking":
            one.get_by_text("How every two choices compare").click()
            expect(one.locator(".comparison:visible tbody td[data-won]").first).to_contain_text("2")
        elif method == "consent":
            expect(one.get_by_text("“Nobody waters them”")).to_be_visible()
        else:
            assert [row["dots"] for row in board.facilitator.sees()["ballots"][0]["tally"]] == [2, 1, 0]
        host.locator("#next-act").get_by_role("button", name="Make it the headline").click()
        expect(host.locator("#next-act").get_by_role("button", name="Next step")).to_be_visible()
        assert board.facilitator.sees()["ballots"][0]["tally"][0]["ref"] == shade
        assert benches in board.facilitator.sees()["ballots"][0]["candidates"]
