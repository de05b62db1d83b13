"""The second half of the hour, through the page alone: from a wall of notes to a message, and what follows from it."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.hour.people import Participant, Somebody
from tests.browser.hour.session import ACTION, BEACH, COAST, DOORS, OBJETIVO, SAID, STREET, Hour

THEME = "La rue"
TWO_DOTS = re.compile(r'"choices": ?\{[^}]*: ?2')
TOGETHER = (STREET, OBJETIVO, COAST)


def themes(hour: Hour) -> None:
    """Rosario puts three notes of three places into one theme, and everybody sees them there."""
    host, rosario = hour.host, hour.rosario
    host.moves_on()
    title = rosario.page.locator(".theme-new input:visible")
    title.fill(THEME)
    title.press("Enter")
    expect(host.page.locator(".theme-head:visible").filter(has_text=THEME)).to_be_visible()
    _chooses(rosario, *TOGETHER)
    rosario.page.locator(".group-bar:visible select").select_option(label=THEME)
    rosario.presses("Move the chosen notes")
    for somebody in (host, hour.dakar):
        there = somebody.page.locator(".theme-head:visible").filter(has_text=THEME)
        expect(there).to_contain_text("3 notes")
    hour.picture("6-themes")


def _chooses(somebody: Somebody, *texts: str) -> None:
    for text in texts:
        somebody.page.locator(".grouped:visible").filter(has_text=text).get_by_role("checkbox").check()


def headlines(hour: Hour) -> None:
    """Dakar drafts from the theme, Rosario from two notes; two people write the French; others write it in theirs."""
    host, dakar, rosario = hour.host, hour.dakar, hour.rosario
    host.moves_on()
    dakar.looks_back_at("Thèmes")
    dakar.page.locator(".theme-head:visible").filter(has_text=THEME).locator("summary").click()
    dakar.presses("Draft a headline from this")
    _proposes(dakar, "Chaque rue")
    card = dakar.page.locator(".headline:visible").filter(has_text="Chaque rue")
    expect(card.locator(".headline-origin summary")).to_contain_text("1 thème")
    hour.headline = (card.get_attribute("id") or "").removeprefix("headline-")
    rosario.looks_back_at("Themes")
    _chooses(rosario, OBJETIVO, DOORS)
    rosario.presses("Draft a headline from them")
    _proposes(rosario, OBJETIVO)
    own = rosario.page.locator(".headline[data-own]:visible .headline-origin summary")
    expect(own).to_contain_text(f"Rosario, {BEACH}")
    _two_write_the_french(hour)
    _writes(rosario, hour.headline, "es")
    _writes(hour.ethekwini, hour.headline, "en")
    _adds_arabic(dakar, hour.headline)
    for language, text in SAID.items():
        version = host.page.locator(f"#version-of-{hour.headline}-{language}")
        expect(version.get_by_text(text).filter(visible=True)).to_have_count(1)
    hour.screen.reads(SAID["en"])
    hour.picture("7-headlines")


def _proposes(somebody: Participant, text: str) -> None:
    """In the dialog, over the step of the notes; then back to the headlines."""
    dialog = somebody.page.locator("#headline-draft")
    dialog.locator("textarea").fill(text)
    somebody.presses("Propose it")
    expect(dialog).to_be_hidden()
    somebody.page.locator("#look-back").click()


def _two_write_the_french(hour: Hour) -> None:
    """With the pen: each sees what the other writes, while they write it."""
    version = f"{hour.headline}-fr"
    first, second = _takes_the_pen(hour.dakar, version), _takes_the_pen(hour.rosario, version)
    expect(hour.dakar.page.locator(f"#pen-{version}")).to_contain_text("Harbour desk (Rosario)")
    first.press("Control+End")
    first.press_sequentially(" écrit")
    expect(second).to_have_value("Chaque rue écrit")
    second.press("Control+End")
    second.press_sequentially(" le monde")
    expect(first).to_have_value(SAID["fr"])
    hour.picture("7-pen")
    for somebody in (hour.dakar, hour.rosario):
        somebody.page.locator(f"#version-form-{version} [type=submit]").click()
    expect(hour.host.page.locator(f"#version-of-{version}")).to_contain_text(SAID["fr"])


def _takes_the_pen(somebody: Somebody, version: str) -> Locator:
    somebody.page.locator(f"#version-edit-{version} > summary").click()
    somebody.page.wait_for_selector(f"#version-form-{version}[data-local-pen=live]")
    return somebody.page.locator(f"#version-{version}")


def _writes(somebody: Somebody, headline: str, language: str) -> None:
    """The version that is missing in their language."""
    version = f"{headline}-{language}"
    _takes_the_pen(somebody, version).press_sequentially(SAID[language])
    somebody.page.locator(f"#version-form-{version} [type=submit]").click()
    expect(somebody.page.locator(f"#version-edit-{version} > summary")).to_contain_text(SAID[language])


def _adds_arabic(somebody: Somebody, headline: str) -> None:
    """In a language that nobody here reads the board in: once it is begun, the pen for it is there, with the words."""
    page, version = somebody.page, f"{headline}-ar"
    page.locator(f"#version-edit-{headline}-other > summary").click()
    page.locator(f"#version-language-{headline}").select_option("ar")
    page.locator(f"#version-{headline}-other").fill(SAID["ar"])
    page.wait_for_selector(f"#version-form-{version}[data-local-pen=live]")
    expect(page.locator(f"#version-{version}")).to_have_value(SAID["ar"])
    page.locator(f"#version-form-{version} [type=submit]").click()


def choose(hour: Hour) -> None:
    """A sealed vote over the headlines: dots, who has finished, the results for everybody at once, and the choice."""
    host, dakar, rosario, ethekwini, screen = hour.host, hour.dakar, hour.rosario, hour.ethekwini, hour.screen
    host.moves_on()
    dakar.is_told("The vote will open here")
    hour.picture("8-before")
    host.presses_next("Open the vote")
    opening = host.page.locator("#ballot-open")
    expect(opening.locator("[data-vote-words]")).to_contain_text("2 choices")
    assert opening.locator("input[name=candidates]:checked").evaluate_all(
        "(all) => all.every((each) => each.value.startsWith('headline:'))"
    )
    host.page.get_by_label("At most on one choice").fill("2")
    host.takes_a_picture("8-opening")
    opening.get_by_role("button", name="Open the vote").click()
    for somebody in (dakar, rosario, ethekwini):
        somebody.is_told("Results stay sealed until the ballot closes.")
    dakar.gives(SAID["fr"], dots=2)
    dakar.gives(OBJETIVO, dots=1)
    rosario.gives(OBJETIVO, dots=2)
    ethekwini.gives(SAID["en"], dots=2)
    # Dots are sent together, a moment after the last: these are cast once the board says so.
    expect(ethekwini.page.locator("#mine")).to_have_attribute("data-votes", TWO_DOTS)
    for somebody in (dakar, rosario):
        somebody.presses("I have finished")
    expect(screen.page.locator("[id^=progress-b]:visible").first).to_contain_text("2 of 3 people present have finished")
    expect(host.page.locator(".result-count:visible")).to_have_count(0)
    hour.picture("8-voting")
    host.presses_next("Close the vote")
    for somebody, language in ((host, "en"), (dakar, "fr"), (rosario, "es"), (ethekwini, "en"), (screen, "en")):
        expect(somebody.page.locator(".result[data-winner]:visible")).to_contain_text(SAID[language])
    expect(dakar.page.locator(".result[data-winner] .result-count")).to_contain_text("4")
    hour.picture("8-results")
    host.presses_next("Make it the headline")
    expect(host.page.locator("#next-act").get_by_role("button", name="Make it the headline")).to_have_count(0)


def next_steps(hour: Hour) -> None:
    """Who does what by when is agreed on."""
    hour.host.moves_on()
    hour.dakar.reads("Qui fait quoi")
    form = hour.ethekwini.page.locator(".action-new:visible")
    form.locator("[name=owner]").fill(BEACH)
    form.locator("[name=due]").fill("2027-03-01")
    form.locator("textarea").fill(ACTION)
    form.locator("textarea").press("Enter")
    hour.everybody_reads(ACTION)
    expect(hour.rosario.page.locator(".action:visible")).to_contain_text(BEACH)
    hour.picture("9-next-steps")


def survey(hour: Hour) -> None:
    """Opened, answered in three languages, its charts shown to everybody, its words to who asked; then it is over."""
    host, dakar, rosario, ethekwini = hour.host, hour.dakar, hour.rosario, hour.ethekwini
    host.moves_on()
    dakar.is_told("The survey will open here")
    host.presses("Open the survey")
    for somebody, said in ((dakar, "Du temps"), (rosario, "Las imprentas"), (ethekwini, "The schools")):
        form = somebody.page.locator(".survey-form:visible")
        form.get_by_role("group").first.get_by_text("4", exact=True).click()
        form.locator("textarea").first.fill(said)
        somebody.presses("Send my answers")
        expect(form.locator("[data-answered]")).to_be_visible()
    host.reads("3 people have answered")
    host.presses("Everybody sees the charts")
    for somebody in (dakar, rosario):
        expect(somebody.page.locator("figure.chart:visible .chart-scale rect")).to_have_count(1)
        somebody.never_got("The schools")
    host.reads("The schools")
    hour.picture("10-survey")
    host.unfolds("fold-settings")
    host.presses("Close the session")
    expect(dakar.page.locator("#now")).to_have_attribute("data-closed", "true")
    hour.screen.reads("The session is over.")
    hour.picture("10-closed")
