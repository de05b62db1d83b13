"""What people add to each other's notes: comments, and the same in another language."""

from playwright.sync_api import Page

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, WALL, Look

COMMENTS = (
    "We did this on the quay last summer; the harbour office still has the drawings.",
    "¿Quién lo pagaría?",
    "Nos écoles le demandent depuis dix ans, et personne n’a encore trouvé le terrain qu’il faudrait pour commencer.",
    "W" * 120,
)


def _talked_about(house: House, language: str) -> tuple[Board, Guest, list[str]]:
    """Notes in two languages with what was said to them; the last one has nothing beneath it."""
    board = start_board(house, language=language)
    step = board.goes_to("write")
    dakar = board.guest("Quay office", "Dakar", place_id="2253354")
    rosario = board.guest("Harbour desk", "Rosario")
    texts = ("Que cada barrio escriba su propio objetivo", "A street is a garden that nobody has planted yet", "Shade")
    notes = [
        rosario.writes(text, step=step, language=tag, color=color)
        for text, tag, color in zip(texts, ("es", "en", "en"), ("leaf", "sky", "sun"), strict=True)
    ]
    for note, tag, text in (
        (notes[0], "fr", "Que chaque quartier écrive son propre objectif"),
        (notes[0], "en", "Let every neighbourhood write its own goal"),
        (notes[1], "fr", "Une rue est un jardin que personne n’a encore planté"),
        (notes[1], "es", "Una calle es un jardín que nadie ha plantado todavía"),
    ):
        dakar.asks("note.translate", note=note, language=tag, text=text)
    rosario.asks("note.edit", note=notes[1], text="A street is a garden that nobody has watered yet", base=10_000)
    for number, text in enumerate(COMMENTS):
        who = (dakar, rosario, board.facilitator, rosario)[number]
        how = "anonymous" if number == 1 else "place"
        made = who.asks("note.comment", note=notes[0], text=text, attribution=how)["made"]["comment"]
    board.facilitator.asks("comment.hide", comment=made, on=True)
    return board, dakar, notes


def _opens_comments(page: Page, note: str) -> None:
    page.click(f"#talk-{note}")
    page.wait_for_selector("#note-comments[open]")


def comments_of_a_note(house: House, language: str) -> Look:
    board, dakar, notes = _talked_about(house, language)

    def talks(page: Page) -> None:
        _opens_comments(page, notes[0])
        page.fill("#comment-text", "W" * 40)

    return Look(path=f"/b/{board.id}", who=dakar, act=talks)


def comments_for_the_facilitator(house: House, language: str) -> Look:
    board, _, notes = _talked_about(house, language)
    return Look(
        path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=lambda page: _opens_comments(page, notes[0])
    )


def notes_in_other_languages(house: House, language: str) -> Look:
    board, dakar, _ = _talked_about(house, language)

    def unfolds(page: Page) -> None:
        page.click(".note-versions summary >> nth=0")

    return Look(path=f"/b/{board.id}", who=dakar, act=unfolds)


def notes_in_other_languages_on_the_screen(house: House, language: str) -> Look:
    board, _, notes = _talked_about(house, language)
    board.facilitator.asks("spotlight", part=f"note:{notes[0]}")
    return Look(path=f"/b/{board.id}/screen", who=board.by_link("screen"), size=WALL)


def translating_a_note(house: House, language: str) -> Look:
    board, dakar, notes = _talked_about(house, language)

    def translates(page: Page) -> None:
        page.click(f"#note-{notes[1]} [data-note-menu]")
        page.wait_for_selector("#note-menu:popover-open")
        page.click("#note-menu [data-open='#note-translate']")
        page.wait_for_selector("#note-translate[open]")

    return Look(path=f"/b/{board.id}", who=dakar, act=translates)


def going_on_elsewhere(house: House, language: str) -> Look:
    board = start_board(house, language=language)

    def makes(page: Page) -> None:
        page.click("#me summary")
        page.click("[data-pass] button")
        page.wait_for_selector("#my-link[open] .qr")

    return Look(path=f"/b/{board.id}", who=board.guest("Quay office", "Dakar"), act=makes)


def going_on_elsewhere_without_script(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}/me", who=board.guest("Quay office", "Dakar"), form={"from": "menu"})


def behind_a_personal_link(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    dakar = board.guest("Quay office", "Dakar")
    made = dakar.http.post(f"{house.url}/b/{board.id}/me", json={}).json()
    return Look(path=made["url"].removeprefix(house.url))


TOGETHER = (
    going_on_elsewhere,
    going_on_elsewhere_without_script,
    behind_a_personal_link,
    comments_of_a_note,
    comments_for_the_facilitator,
    notes_in_other_languages,
    notes_in_other_languages_on_the_screen,
    translating_a_note,
)
