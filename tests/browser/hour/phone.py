"""A phone whose tabs are opened and closed, and whose line goes and comes back; and what is looked for on it."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.hour.guests import Board, Guest

IDEA = "A city hall whose doors open outwards"
PROMPTLY = 20_000


class Phone:
    """One person's phone: tabs may be opened and closed, the line may go and come back."""

    def __init__(self, context: BrowserContext, guest: Guest, address: str) -> None:
        self.context, self.guest, self.address = context, guest, address
        context.add_cookies(guest.cookies)

    def tab(self, *, live: bool = True) -> Page:
        """The board in one more tab."""
        page = next((each for each in self.context.pages if each.url == "about:blank"), None) or self.context.new_page()
        page.goto(self.address)
        if live:
            is_live(page)
        return page

    def offline(self, is_it: bool = True) -> None:
        """Cuts the line, or mends it."""
        self.context.set_offline(is_it)


def is_live(page: Page) -> None:
    page.wait_for_selector("html[data-link=online]", state="attached", timeout=PROMPTLY)


def posts(page: Page, text: str = IDEA) -> None:
    page.fill("#composer-text", text)
    page.press("#composer-text", "Enter")


def shows(page: Page, text: str = IDEA, *, times: int = 1) -> None:
    expect(page.locator("#steps .note:visible").filter(has_text=text)).to_have_count(times, timeout=PROMPTLY)


def is_away(page: Page) -> None:
    page.wait_for_selector("html:not([data-link=online])", state="attached", timeout=PROMPTLY)


def says_unsent(page: Page) -> None:
    expect(page.locator("#unsent [data-unsent]")).to_have_count(1, timeout=PROMPTLY)


def dakars(context: BrowserContext, board: Board) -> Phone:
    return Phone(context, board.guest("Quay office", "Dakar"), f"{board.house.url}/b/{board.id}")


def kept(board: Board) -> list[str]:
    """The notes that the board has."""
    return [str(note["text"]) for note in board.facilitator.sees()["notes"]]
