"""People with a browser, and what they do on a page: never anything that the page does not offer."""

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.hour.looking import PHONE, Watch
from web.words import Words, words_for

PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


@dataclass
class Somebody:
    """One person's device: a window, the language of its reader, and what it complained of."""

    name: str
    context: BrowserContext
    page: Page
    words: Words
    watch: Watch

    def opens(self, address: str) -> None:
        """Goes to an address."""
        self.page.goto(address)

    def button(self, english: str) -> Locator:
        """A button that this person sees, by its English words."""
        name = self.words.gettext(english)
        return self.page.get_by_role("button", name=name).and_(self.page.locator(":visible"))

    def presses(self, english: str) -> None:
        """Presses the button with these words."""
        self.button(english).first.click()

    def reads(self, text: str) -> None:
        """Sees these words, on the stage or wherever they stand."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def is_told(self, english: str) -> None:
        """Sees a sentence of ours, in their own language."""
        self.reads(self.words.gettext(english))

    def does_not_read(self, text: str) -> None:
        """Sees these words nowhere."""
        expect(self.page.get_by_text(text).filter(visible=True)).to_have_count(0)

    def never_got(self, text: str) -> None:
        """These words are not in what the browser was sent."""
        assert text not in self.page.content()

    def note(self, text: str) -> Locator:
        """The note with these words."""
        return self.page.locator("#steps .note:visible").filter(has_text=text)

    def sees_note(self, text: str) -> None:
        """The note with these words is on the wall, once."""
        expect(self.note(text)).to_have_count(1)

    def takes_a_picture(self, step: str) -> None:
        """For whoever looks at the hour afterwards."""
        if pictures := os.environ.get("FLIPCHART_PICTURES"):
            folder = Path(pictures) / "hour"
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{step}-{self.name}.png")

    def is_live(self) -> None:
        """Waits until the line is there."""
        self.page.wait_for_selector("html[data-link=online]", state="attached")


class Participant(Somebody):
    """Somebody on a phone."""

    def comes_in(self, name: str, place: str, *, listed: bool = True) -> None:
        """Gives a name and a place at the door, choosing the place from the list where it is there."""
        self.page.get_by_label(self.words.gettext("Your name")).fill(name)
        self.page.locator("#place").press_sequentially(place)
        if listed:
            self.page.locator("#place-list [role=option]").first.wait_for()
            self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")
        self.presses("Join the board")
        self.page.wait_for_selector("#board")

    def looks_back_at(self, title: str) -> None:
        """Looks at an earlier step, from the card that says what is happening."""
        card = self.page.locator("#now-card")
        if card.get_attribute("open") is None:
            card.locator("summary").click()
        card.get_by_role("link", name=title).click()

    def posts(self, text: str) -> None:
        """Writes a note and sends it by Enter."""
        self.page.fill("#composer-text", text)
        self.page.press("#composer-text", "Enter")

    def reacts_to(self, text: str) -> None:
        """♥"""
        self.note(text).locator("[data-react]").first.click()

    def gives(self, text: str, *, dots: int) -> None:
        """Places dots on the note with these words."""
        for _ in range(dots):
            self.page.locator(".candidate").filter(has_text=text).locator("[data-plus]").click()

    def in_menu(self, text: str, english: str) -> None:
        """Opens the menu of a note, and presses an entry of it."""
        self.note(text).locator("[data-note-menu]").click()
        self.page.locator("#note-menu").get_by_role("button", name=self.words.gettext(english), exact=True).click()


class Facilitator(Participant):
    """Somebody at a desk who runs the session."""

    def moves_on(self) -> None:
        """Presses the one big button that leads to the next step, and sees that the page has turned."""
        now = self.page.locator("#now")
        before = now.get_attribute("data-step") or ""
        self.page.locator("#next-act").get_by_role("button", name=self.words.gettext("Next step")).click()
        expect(now).not_to_have_attribute("data-step", before)

    def presses_next(self, english: str) -> None:
        """Presses the one big button, which says what comes next."""
        self.page.locator("#next-act").get_by_role("button", name=self.words.gettext(english)).click()

    def unfolds(self, fold: str) -> Locator:
        """Opens one of the folds of the panel, if it is not open."""
        found = self.page.locator(f"#{fold}")
        if found.get_attribute("open") is None:
            found.locator("summary").first.click()
        return found

    def switches(self, english: str) -> None:
        """Turns a switch of the step."""
        self.unfolds("fold-step").get_by_role("switch", name=self.words.gettext(english)).click()

    def link(self, english: str) -> str:
        """Reads a link out, as it stands in the panel."""
        row = self.unfolds("fold-door").locator(".link-row").filter(has_text=self.words.gettext(english))
        return row.locator("a.link-text").get_attribute("href") or ""


def seated_at(
    browser: Browser,
    kind: type[Somebody],
    name: str,
    *,
    language: str,
    size: tuple[int, int] = PHONE,
    zone: str = "UTC",
) -> Somebody:
    """A new device, whose browser asks for that language."""
    width, height = size
    context = browser.new_context(
        locale=language, timezone_id=zone, viewport={"width": width, "height": height}, has_touch=size == PHONE
    )
    context.set_default_timeout(PATIENCE)
    page, watch = context.new_page(), Watch()
    page.on("console", watch.hears)
    page.on("pageerror", lambda error: watch.complaints.append(str(error)))
    return kind(name, context, page, words_for(language), watch)
