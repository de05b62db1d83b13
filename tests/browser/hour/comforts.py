"""Comforts: being called back, the remote, the keys, the list beside the board."""

from playwright.sync_api import Page

from tests.browser.hour.facilitating import in_session
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look
from tests.browser.hour.writing import IDEAS, LONG, with_ideas


def ways_of_being_called_back(house: House, language: str) -> Look:
    board, _, dakar, _ = with_ideas(house, language)

    def opens(page: Page) -> None:
        page.click("#me summary")
        page.click("[data-open='#calls']")
        page.wait_for_selector("#calls[open]")

    return Look(path=f"/b/{board.id}", who=dakar, act=opens)


def list_of_notes(house: House, language: str) -> Look:
    board, _, dakar, _ = with_ideas(house, language)
    return Look(path=f"/b/{board.id}", who=dakar, act=_views_the_list)


def list_on_a_desk_by_reactions(house: House, language: str) -> Look:
    board, step, dakar, notes = with_ideas(house, language)
    dakar.writes(LONG, step=step)
    board.facilitator.asks("note.pin", note=notes[3], on=True)

    def views(page: Page) -> None:
        _views_the_list(page)
        page.select_option("#filter-order", "reactions")

    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=views)


def _views_the_list(page: Page) -> None:
    if page.locator("#now-card[open]").count():
        page.click("#now-card summary")
    page.locator("[name=view][value=list]").check(force=True)
    page.wait_for_selector("html[data-view=list]")


def remote(house: House, language: str) -> Look:
    board, step, dakar = in_session(house, language)
    board.facilitator.asks("step.settings", step=step, approve_first=True)
    for text in IDEAS:
        dakar.writes(text, step=step)
    dakar.asks("hand", up=True)
    return Look(path=f"/b/{board.id}?remote", who=board.facilitator)


def remote_before_a_vote(house: House, language: str) -> Look:
    board, _, _ = in_session(house, language)
    board.goes_to("vote")
    board.facilitator.asks("board.blank", on=True)
    return Look(path=f"/b/{board.id}?remote", who=board.facilitator)


def keys_of_the_facilitator(house: House, language: str) -> Look:
    board, _, _ = in_session(house, language)
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=_asks_for_the_keys)


def _asks_for_the_keys(page: Page) -> None:
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")


COMFORTS = (
    ways_of_being_called_back,
    list_of_notes,
    list_on_a_desk_by_reactions,
    remote,
    remote_before_a_vote,
    keys_of_the_facilitator,
)
