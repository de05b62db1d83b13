"""Two people write one version at the same time, composing and with emoji; a third reads what the board keeps."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK

pytestmark = pytest.mark.browser

FIRST = "A city that breathes"
# Lines of the pen from now on: which steps the page says, and what it hears once it is let.
HOLDS = """() => {
  const line = (window.line = { steps: [], waits: [] });
  window.WebSocket = class extends WebSocket {
    send(said) {
      if (typeof said !== "string") line.steps.push(said[1]);
      super.send(said);
    }
    addEventListener(name, hears) {
      const waits = () => line.waits && name === "message" && this.url.includes("/versions/");
      super.addEventListener(name, (event) => (waits() ? line.waits.push(() => hears(event)) : hears(event)));
    }
  };
}"""
LETS = "() => { const { waits } = line; line.waits = null; for (const hears of waits) hears(); }"


@dataclass
class Company:
    """A board with one headline, and the pages of those who write it."""

    chromium: Browser
    board: Board
    headline: str
    open: list[BrowserContext] = field(default_factory=list)

    def page(self, guest: Guest) -> Page:
        """Their own device; an error in a script fails the test."""
        context = self.chromium.new_context(
            extra_http_headers={"Accept-Language": "en"}, reduced_motion="reduce", locale="en-GB"
        )
        self.open.append(context)
        context.set_default_timeout(8_000)
        context.add_cookies(guest.cookies)
        page = context.new_page()
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        page.goto(f"{self.board.house.url}/b/{self.board.id}")
        page.wait_for_selector("html[data-link=online]", state="attached")
        return page

    def takes_the_pen(self, page: Page) -> Locator:
        """They open the form of the version, and wait until the pen is theirs."""
        page.locator(f"#version-edit-{self.version} > summary").click()
        page.wait_for_selector(f"#version-form-{self.version}[data-local-pen=live]")
        return page.locator(f"#version-{self.version}")

    @property
    def version(self) -> str:
        return f"{self.headline}-en"

    def keeps(self, text: str) -> bool:
        """Does whoever asks for the page now read that?"""
        answer = self.board.facilitator.http.get(f"{self.board.house.url}/b/{self.board.id}")
        return f">{text}</span>" in answer.text

    def status(self, page: Page) -> Locator:
        """What a page says of the pen."""
        return page.locator(f"#pen-{self.version}")


@pytest.fixture
def company(chromium: Browser, flipchart: House) -> Iterator[Company]:
    board = start_board(flipchart, language="en")
    added = board.facilitator.asks("agenda.add", kind="headline", title={"en": "Headlines"}, minutes=9)["made"]
    board.facilitator.asks("agenda.go", step=added["step"])
    made = board.facilitator.asks("headline.add", text=FIRST, language="en")["made"]
    company = Company(chromium, board, made["headline"])
    yield company
    for context in company.open:
        context.close()


def test_two_people_write_one_version_together(company: Company) -> None:
    board = company.board
    ana, carlos, reader = (
        company.page(board.guest(name, place))
        for name, place in (("Ana", "Lyon"), ("Carlos", "Dakar"), ("Reader", "Quito"))
    )
    scripts = reader.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert not any("yjs" in name or name.endswith("/pen.js") for name in scripts), "fetched by who does not write"
    hers, his = company.takes_the_pen(ana), company.takes_the_pen(carlos)
    expect(company.status(ana)).to_contain_text("Carlos (Dakar) is writing here too")
    expect(company.status(carlos)).to_contain_text("Ana (Lyon) is writing here too")
    hers.press("Control+End")
    hers.press_sequentially(" again 👩🏽‍🚀😀")
    expect(his).to_have_value(f"{FIRST} again 👩🏽‍🚀😀")
    expect(reader.locator(f"#headline-{company.headline} .version-text").first).to_have_text(f"{FIRST} again 👩🏽‍🚀😀")
    # One composes a word while the other writes beside it, from a selection that runs backwards.
    hers.evaluate("field => field.setSelectionRange(0, 0)")
    his.evaluate("field => field.setSelectionRange(2, 6, 'backward')")
    composing = ana.context.new_cdp_session(ana)
    composing.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    his.press_sequentially("town")
    expect(his).to_have_value("A town that breathes again 👩🏽‍🚀😀")
    composing.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    assert str(hers.input_value()).startswith("にほA city"), "nothing moves under who composes"
    composing.send("Input.insertText", {"text": "日本"})
    for each in (hers, his):
        expect(each).to_have_value("日本A town that breathes again 👩🏽‍🚀😀")
    assert hers.evaluate("field => field.selectionStart") == 2
    assert his.evaluate("field => field.selectionStart") == 8
    expect(ana.locator(f"#measures-{company.version} [data-long]").first).to_have_text("31")
    comes_back(company, ana, carlos, hers, his)
    a_form_and_a_ballot(company, ana, carlos, hers, his)


def comes_back(company: Company, ana: Page, carlos: Page, hers: Locator, his: Locator) -> None:
    """A line is cut, both go on, and it comes back: what is typed before the server has said what it knows waits."""
    ana.evaluate(HOLDS)
    ana.context.set_offline(True)
    expect(company.status(ana)).to_contain_text("The line is down")
    hers.press_sequentially("!")
    his.press("Control+End")
    his.press_sequentially("?")
    ana.context.set_offline(False)
    ana.wait_for_function("() => line.steps.length")
    # For longer than a stroke waits for the next one.
    hers.press_sequentially(" So ", delay=100)
    assert ana.evaluate("line.steps") == [0], "a stroke that follows words which the server lacks"
    ana.evaluate(LETS)
    whole = "日本! So A town that breathes again 👩🏽‍🚀😀?"
    for each in (hers, his):
        expect(each).to_have_value(whole)
    expect(company.status(carlos)).to_contain_text("Ana (Lyon) is writing here too")
    expect(carlos.locator(f"#version-edit-{company.version} > summary .version-text")).to_have_text(whole)
    assert company.keeps(whole)


def a_form_and_a_ballot(company: Company, ana: Page, carlos: Page, hers: Locator, his: Locator) -> None:
    """Somebody saves by a form of the old kind; then the headline is voted on."""
    host = company.board.facilitator
    other = host.asks("headline.add", text="Every street a garden", language="en")["made"]["headline"]
    seen = host.sees()["seq"]
    host.asks("headline.edit", headline=company.headline, language="en", text="A town that sings", base=seen)
    his.press("Control+End")
    his.press_sequentially(" now")
    for each in (hers, his):
        expect(each).to_have_value("A town that sings now")
    too_long = " and that sings".ljust(150, "!")
    his.fill("A town that sings now" + too_long)
    expect(company.status(ana)).to_contain_text("Longer than 140 characters")
    his.fill("A town that sings now")
    expect(hers).to_have_value("A town that sings now")
    expect(company.status(ana)).to_have_text("Carlos (Dakar) is writing here too.")
    ana.locator(f"#version-form-{company.version} button[type=submit]").click()
    expect(ana.locator(f"#version-edit-{company.version} > summary")).to_be_focused()
    expect(company.status(carlos)).to_contain_text("What you write is kept")
    expect(ana.locator(f"#version-edit-{company.version} > summary .version-text")).to_have_text(
        "A town that sings now"
    )
    refs = [f"headline:{company.headline}", f"headline:{other}"]
    step = company.board.step("vote")
    host.asks("ballot.open", title="Which?", candidates=refs, step=step)
    expect(company.status(carlos)).to_contain_text("This is locked for now")
    expect(his).to_have_value("A town that sings now")


def test_E12_what_somebody_typed_stays_with_them_when_it_is_not_theirs_to_write_any_more(company: Company) -> None:
    host, guest = company.board.facilitator, company.board.guest("Ana", "Lyon")
    ana = company.page(guest)
    hers, form = company.takes_the_pen(ana), ana.locator(f"#version-edit-{company.version}")
    hers.press("Control+End")
    hers.press_sequentially(" at night")
    expect(form.locator("summary .version-text")).to_have_text(f"{FIRST} at night")
    host.asks("headline.withdraw", headline=company.headline)
    expect(company.status(ana)).to_contain_text("Your text is still here")
    expect(hers).to_have_value(f"{FIRST} at night")
    expect(hers).to_be_focused()
    expect(form.get_by_role("button", name="Save")).to_be_hidden()
    hers.press_sequentially(", too")
    host.asks("headline.restore", headline=company.headline)
    expect(form.get_by_role("button", name="Save").or_(form.get_by_role("button", name="Finish"))).to_be_visible()
    expect(hers).to_have_value(f"{FIRST} at night, too")
    # A step before the first headline step: nobody writes headlines there.
    before = host.asks("agenda.add", kind="write", title={"en": "Before"}, minutes=5)["made"]["step"]
    first = next(step["id"] for step in host.sees()["steps"] if step["kind"] == "headline")
    host.asks("agenda.move", step=before, after="")
    host.asks("agenda.go", step=before)
    expect(ana.locator("#headlines")).to_be_hidden()
    host.asks("agenda.go", step=first)
    expect(hers).to_be_visible()
    expect(hers).to_have_value(f"{FIRST} at night, too")
    hers.focus()
    hers.press_sequentially("!")
    expect(company.status(ana)).to_contain_text("What you write is kept")
    host.asks("person.mute", person=guest.person)
    expect(company.status(ana)).to_contain_text("what you typed is still here")
    host.asks("headline.hide", headline=company.headline, on=True)
    left = ana.locator("#headline-left")
    expect(left).to_contain_text("This headline is no longer here")
    expect(left.locator("textarea")).to_have_value(f"{FIRST} at night, too!")
    left.get_by_role("button", name="Discard").click()
    expect(left).to_be_hidden()


def test_E13_a_version_in_a_further_language_has_the_pen_from_its_first_letter(company: Company) -> None:
    ana = company.page(company.board.guest("Ana", "Lyon"))
    ana.locator(f"#version-edit-{company.headline}-other > summary").click()
    ana.locator(f"#version-language-{company.headline}").select_option("pt")
    ana.locator(f"#version-{company.headline}-other").focus()
    ana.keyboard.type("Uma cidade que respira", delay=25)
    hers = ana.locator(f"#version-{company.headline}-pt")
    expect(hers).to_have_value("Uma cidade que respira")
    expect(hers).to_be_focused()
    expect(ana.locator(f"#version-form-{company.headline}-pt")).to_have_attribute("data-local-pen", "live")
    expect(ana.locator(f"#version-{company.headline}-other")).to_have_value("")
    ana.keyboard.type("!")
    carlos = company.page(company.board.guest("Carlos", "Dakar"))
    expect(carlos.locator(f"#version-edit-{company.headline}-pt > summary")).to_contain_text("Uma cidade que respira!")
    # Another writes the same language at the same time, and was there first.
    ana.locator(f"#version-edit-{company.headline}-other > summary").click()
    ana.locator(f"#version-language-{company.headline}").select_option("de")
    field = ana.locator(f"#version-{company.headline}-other")
    field.evaluate("field => field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))")
    field.press_sequentially("Eine Stadt, ")
    company.board.facilitator.asks("headline.edit", headline=company.headline, language="de", text="die atmet", base=0)
    expect(ana.locator(f"#version-edit-{company.headline}-de > summary")).to_contain_text("die atmet")
    expect(field).to_have_value("Eine Stadt, ")
    field.evaluate("field => field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))")
    expect(ana.locator(f"#version-{company.headline}-de")).to_have_value("Eine Stadt, die atmet")
    expect(carlos.locator(f"#version-edit-{company.headline}-de > summary")).to_contain_text("Eine Stadt, die atmet")
