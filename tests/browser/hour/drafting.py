"""The headline step: candidates in several languages, claimed, withdrawn; drafted from notes, and on the screen."""

from playwright.sync_api import Page

from tests.browser.hour.before import stays
from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, WALL, Look

LONGEST = "Verkehrsinfrastrukturfinanzierungsgesetze first"


def _drafted(house: House, language: str) -> tuple[Board, Guest, list[str]]:
    """Four candidates: with an origin and a claim, right to left, of one long word, and one that was withdrawn."""
    board = start_board(house, language=language, template="brainstorm-and-vote")
    writing = board.goes_to("write")
    dakar, rosario = board.guest("Quay office", "Dakar"), board.guest("Harbour desk", "Rosario", language="es")
    texts = (
        "Global change has a postcode",
        "Que cada barrio escriba su propio objetivo",
        "The world changes block by block",
    )
    notes = [
        who.writes(text, step=writing, color=color, language=tag)
        for who, text, color, tag in zip(
            (dakar, rosario, dakar), texts, ("sun", "leaf", "sky"), ("en", "es", "en"), strict=True
        )
    ]
    group = board.goes_to("group")
    theme = board.facilitator.asks("theme.add", step=group, title="Local first")["made"]["theme"]
    board.facilitator.asks("notes.move", notes=notes, theme=theme)
    board.goes_to("headline")
    refs = [f"note:{note}" for note in notes] + [f"theme:{theme}"]
    made = [
        _proposes(dakar, "Le changement global a un code postal.", "fr", refs),
        _proposes(rosario, "للتغيير العالمي رمز بريدي 2030", "ar", refs[:1]),
        _proposes(dakar, LONGEST, "en", []),
        _proposes(rosario, "17 objetivos, 1 dirección: la suya. 🌍", "es", refs[1:2]),
        _proposes(dakar, "Taken back", "en", []),
    ]
    said = "Global change has a postcode, and the postcode is yours, in each of the cities that met here today."
    dakar.asks("headline.edit", headline=made[0], language="en", text=said)
    rosario.asks("headline.claim", headline=made[0], language="es")
    dakar.asks("headline.withdraw", headline=made[4])
    return board, dakar, made


def _proposes(who: Guest, text: str, language: str, origin: list[str]) -> str:
    asked = {"text": text, "language": language, "from": origin}
    return str(who.asks("headline.add", **asked)["made"]["headline"])


def headlines(house: House, language: str) -> Look:
    board, dakar, made = _drafted(house, language)

    def writes(page: Page) -> None:
        page.click(f"#version-of-{made[0]}-en summary")
        page.fill(f"#version-{made[0]}-en", f"{'W' * 40} and more")
        page.click(f"#origin-{made[0]} > summary")

    return Look(path=f"/b/{board.id}", who=dakar, act=writes)


def a_version_with_the_pen(house: House, language: str) -> Look:
    """Others hold it too, the words are too many, and a line more is theirs in a language that was just begun."""
    board, dakar, made = _drafted(house, language)
    for name, place in (("Harbour desk", "Montevideo"), ("W" * 40, "Ho Chi Minh City")):
        stays(board.guest(name, place), at=f"versions/{made[0]}/fr")

    def writes(page: Page) -> None:
        page.click(f"#version-of-{made[0]}-fr summary")
        page.wait_for_selector(f"#version-form-{made[0]}-fr[data-local-pen=live]")
        page.fill(f"#version-{made[0]}-fr", "Chaque rue de la ville. " * 7 + "W" * 40)
        page.wait_for_function(
            "id => document.getElementById(id).textContent.includes('Montevideo')", arg=f"pen-{made[0]}-fr"
        )

    return Look(path=f"/b/{board.id}", who=dakar, act=writes)


def versions_that_are_shut(house: House, language: str) -> Look:
    """While somebody writes, one headline is withdrawn and one hidden: the words stay."""
    board, dakar, made = _drafted(house, language)

    def writes(page: Page) -> None:
        board.facilitator.asks("headline.restore", headline=made[0])
        board.facilitator.asks("headline.hide", headline=made[3], on=False)
        for headline, tag in ((made[0], "fr"), (made[3], "es")):
            page.click(f"#version-of-{headline}-{tag} summary")
            page.fill(f"#version-{headline}-{tag}", f"Que chaque quartier s'y mette {'W' * 40}")
        board.facilitator.asks("headline.withdraw", headline=made[0])
        board.facilitator.asks("headline.hide", headline=made[3], on=True)
        page.wait_for_selector("#headline-left textarea")
        page.wait_for_selector(f"#version-edit-{made[0]}-fr.shut[open]")

    return Look(path=f"/b/{board.id}", who=dakar, act=writes)


def headlines_for_the_facilitator(house: House, language: str) -> Look:
    board, _, made = _drafted(house, language)
    board.facilitator.asks("headline.hide", headline=made[2])
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)


def headlines_on_the_screen(house: House, language: str) -> Look:
    board, _, _ = _drafted(house, language)
    return Look(path=f"/b/{board.id}/screen", who=board.by_link("screen"), size=WALL)


def _many(house: House, language: str, count: int, words: str) -> Look:
    board = start_board(house, language=language, template="brainstorm-and-vote")
    board.goes_to("headline")
    who = board.guest("Quay office", "Dakar")
    for number in range(count):
        _proposes(who, f"{number + 1} {words}"[:140].strip(), "en", [])
    fits = "() => (region => region.scrollHeight <= region.clientHeight + 1)(document.getElementById('headlines'))"
    return Look(
        path=f"/b/{board.id}/screen",
        who=board.by_link("screen"),
        size=WALL,
        act=lambda page: page.wait_for_function(fits) and None,
    )


def twelve_long_headlines_on_the_screen(house: House, language: str) -> Look:
    return _many(house, language, 12, "Every street in every city can write its own goal, " * 3)


def drafting_from_chosen_notes(house: House, language: str) -> Look:
    board, _, _ = _drafted(house, language)
    board.goes_to("group")

    def drafts(page: Page) -> None:
        for box in page.locator(".grouped-choose input").all()[:2]:
            box.check()
        page.click(".group-bar [data-draft]")
        page.wait_for_selector("#headline-draft[open] [data-draft-from] > li")

    return Look(path=f"/b/{board.id}", who=board.facilitator, act=drafts)


DRAFTING = (
    headlines,
    a_version_with_the_pen,
    versions_that_are_shut,
    headlines_for_the_facilitator,
    headlines_on_the_screen,
    twelve_long_headlines_on_the_screen,
    drafting_from_chosen_notes,
)
