"""People who came in after a backup was made, and follow the board while it is put back to before they came."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from app import backing_up, operating, settings
from tests.browser.hour.guests import Board
from tests.browser.rig.server import until

HALF = "Half of a"
ANSWER = "form[data-survey-form] textarea"
# The survey's step is not the one that is on.
TYPED = "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }"
PROMPTLY = 10_000


@dataclass
class Latecomer:
    """One device, on which somebody of that name comes in by the door and types; `said` is what stays unsent.

    `note` is there before and after, and the survey is open: they begin a comment and an answer too.
    """

    board: Board
    page: Page
    name: str
    said: str
    note: str
    led: list[str] = field(default_factory=list)

    @property
    def comment(self) -> str:
        """What they have begun to say to the note."""
        return f"{HALF} comment of {self.name}"

    @property
    def answer(self) -> str:
        """What they have begun to answer."""
        return f"{HALF}n answer of {self.name}"

    @property
    def translation(self) -> str:
        """What they have begun to put the note into."""
        return f"{HALF} translation of {self.name}"

    def comes(self) -> None:
        """Joins, has a note that cannot be sent, and a sentence, a comment, an answer and a translation half typed."""
        self.page.goto(self.board.links["join_url"])
        self.page.fill("#name", self.name)
        self.page.fill("#place", "Dakar")
        self.page.click("button[type=submit].wide")
        self.follows()
        self.page.route("**/commands", lambda route: route.abort())
        self.page.fill("#composer-text", self.said)
        self.page.press("#composer-text", "Enter")
        self.page.fill("#composer-text", f"{HALF} {self.name}")
        self.opens_comments()
        self.page.fill("#comment-text", self.comment)
        self.page.keyboard.press("Escape")
        self.page.locator(ANSWER).first.evaluate(TYPED, self.answer)
        self.page.locator(f"#note-{self.note} [data-note-menu]").click()
        self.page.locator("#note-menu [data-open='#note-translate']").click()
        self.page.fill("#note-translate-text", self.translation)
        self.page.on("framenavigated", lambda _: self.led.append(self.page.url))

    def opens_comments(self) -> None:
        """Those of the note."""
        self.page.locator(f"#note-{self.note} [data-open='#note-comments']").click()

    def follows(self) -> None:
        """The board's page, connected."""
        self.page.wait_for_selector("#board", state="attached", timeout=PROMPTLY)
        self.page.wait_for_selector("html[data-link=online]", state="attached", timeout=PROMPTLY)

    def is_told(self) -> None:
        """The page is the door by itself, which says why, and has what was typed at it; and stays so."""
        door = self.page.locator("#door")
        expect(door).to_contain_text("The board was put back to how it was earlier", timeout=PROMPTLY)
        expect(door).to_contain_text("kept on this device")
        expect(self.page.locator("#name")).to_have_value(self.name)
        expect(self.page.locator("#place")).to_have_value("Dakar")
        assert len(self.led) == 1, "nothing goes round"
        self.page.unroute("**/commands")

    def comes_again(self, name: str) -> None:
        """By one press, or as somebody else."""
        self.page.fill("#name", name)
        self.page.click("button[type=submit].wide")
        self.follows()


def goes_on_as_the_same(late: Latecomer) -> None:
    """Also after a refused name and a wait to be let in: what was unsent is sent, what was half typed stands there."""
    late.page.fill("#name", "x" * 300)
    late.page.click("button[type=submit].wide")
    expect(late.page.locator("#name-refusal")).to_contain_text("too long")
    late.board.facilitator.asks("door.set", open="waiting")
    late.comes_again(late.name)
    expect(late.page.locator(".waiting-room")).to_be_visible()
    late.board.facilitator.asks("door.set", open="open")
    expect(notes(late.page, late.said)).to_have_count(1, timeout=PROMPTLY)
    only = late.page.locator("#unsent [data-unsent]")
    expect(only).to_have_count(1, timeout=PROMPTLY)
    expect(only).to_contain_text(late.translation)
    only.locator("[data-discard]").click()
    expect(late.page.locator("#unsent")).to_be_hidden()
    expect(late.page.locator("#composer-text")).to_have_value(f"{HALF} {late.name}")
    expect(late.page.locator(ANSWER).first).to_have_value(late.answer)
    late.opens_comments()
    expect(late.page.locator("#comment-text")).to_have_value(late.comment)
    assert _times(late.board, late.said) == 1


def is_offered_to_another(late: Latecomer) -> None:
    """On a shared tablet nothing is sent in another name: all texts are offered, and one is posted, once."""
    late.comes_again("Ferry desk")
    rows = late.page.locator("#unsent [data-state=offered]")
    expect(rows).to_have_count(5, timeout=PROMPTLY)
    expect(rows.first).to_contain_text("It is sent only if you post it.")
    expect(rows.locator("[data-unsent-text]").get_by_text(late.answer, exact=True)).to_have_count(1)
    expect(late.page.locator("#unsent > .composer-hint")).to_be_hidden()
    expect(late.page.locator("#composer-text")).to_have_value("")
    late.page.reload()
    late.follows()
    expect(rows).to_have_count(5)
    assert _times(late.board, late.said) == 0
    late.page.fill("#composer-text", "Other words")
    rows.filter(has_text=late.said).locator("[data-put-back]").click()
    expect(late.page.locator("#toasts")).to_contain_text("There are other words in this field.")
    expect(late.page.locator("#composer-text")).to_be_focused()
    late.page.fill("#composer-text", "")
    rows.filter(has_text=late.said).locator("[data-put-back]").click()
    expect(late.page.locator("#composer-text")).to_have_value(late.said)
    late.page.press("#composer-text", "Enter")
    expect(notes(late.page, late.said)).to_have_count(1, timeout=PROMPTLY)
    rows.filter(has_text=late.comment).locator("[data-put-back]").click()
    expect(late.page.locator("#note-comments #comment-text")).to_have_value(late.comment)
    late.page.press("#comment-text", "Enter")
    expect(late.page.locator("#note-comments .comment")).to_contain_text(late.comment, timeout=PROMPTLY)
    late.page.keyboard.press("Escape")
    for _ in range(3):
        rows.first.locator("[data-discard]").click()
    expect(late.page.locator("#unsent")).to_be_hidden()
    assert _times(late.board, late.said) == 1

    def left() -> list[str]:
        kept = json.loads(late.page.evaluate("JSON.stringify(Object.entries(localStorage))"))
        return [key for key, text in kept if HALF in text or late.said in text]

    # The comment may be on the page sooner than its answer.
    until(lambda: not left())
    late.page.locator("form[action$='/leave']").evaluate("(form) => form.requestSubmit()")
    late.page.wait_for_selector("#code", state="attached")
    assert "Ferry desk" not in late.page.evaluate("JSON.stringify(Object.entries(localStorage))")


def announces_half(page: Page, board: Board) -> None:
    """A facilitator comes by their link after the backup, and has an announcement half typed."""
    _takes_the_seat(page, board)
    page.locator("#announce-text").evaluate(TYPED, f"{HALF}n announcement")


def finds_the_announcement_again(page: Page, board: Board) -> None:
    """Led to the door, they open their link once more: the words are offered, and are theirs to copy."""
    expect(page.locator("#door")).to_contain_text("kept on this device", timeout=PROMPTLY)
    _takes_the_seat(page, board)
    row = page.locator("#unsent [data-state=offered]")
    expect(row).to_have_count(1, timeout=PROMPTLY)
    expect(row).to_contain_text(f"{HALF}n announcement")
    row.locator("[data-put-back]").click()
    expect(page.locator("#composer-text")).to_have_value(f"{HALF}n announcement")


def _takes_the_seat(page: Page, board: Board) -> None:
    page.goto(board.links["facilitator_url"])
    page.click("button[type=submit].wide")
    page.wait_for_selector("html[data-link=online]", state="attached", timeout=PROMPTLY)


def notes(page: Page, text: str) -> Locator:
    """The notes of that text which the page shows."""
    return page.locator("#steps .note:visible").filter(has_text=text)


def _times(board: Board, text: str) -> int:
    return [str(note["text"]) for note in board.facilitator.sees()["notes"]].count(text)


def backed_up(into: Path) -> None:
    """By the operator, of all boards."""
    aside(lambda: backing_up.back_up(settings.load(), into))


def restored(board: Board, backup: Path) -> None:
    """By the operator, this board alone."""
    aside(lambda: operating.restore(backup, board=board.id))


def aside(do: Callable[[], None]) -> None:
    """Commands of the operator run a loop of their own, which the browser's driver has already here."""
    with ThreadPoolExecutor(1) as other:
        other.submit(do).result()
