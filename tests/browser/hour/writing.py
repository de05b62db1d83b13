"""The board as those who write on it see it: before, while and after they write, and what went wrong on the way."""

from playwright.sync_api import Page

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch " + "W" * 90
IDEAS = (
    "A city hall whose doors open outwards",
    "Le climat ne tient pas dans un rapport : il tient dans une rue",
    "Que cada barrio escriba su propio objetivo",
    "👩🏾‍🌾 Soil first, slogans later",
)


def _writing(house: House, language: str) -> tuple[Board, str, Guest]:
    board = start_board(house, language=language)
    step = board.goes_to("write")
    return board, step, board.guest("Quay office", "Dakar", place_id="2253354")


def with_ideas(house: House, language: str) -> tuple[Board, str, Guest, list[str]]:
    board, step, dakar = _writing(house, language)
    rosario = board.guest("Harbour desk", "Rosario")
    writers = (dakar, rosario, board.facilitator, dakar)
    kinds = ("place", "anonymous", "place", "unpublished")
    colours = ("sun", "coral", "leaf", "sky")
    notes = [
        who.writes(text, step=step, attribution=kind, color=colour)
        for who, text, kind, colour in zip(writers, IDEAS, kinds, colours, strict=True)
    ]
    rosario.asks("note.react", note=notes[0], emoji="♥", on=True)
    dakar.asks("note.react", note=notes[1], emoji="💡", on=True)
    return board, step, dakar, notes


def before_the_first_step(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}", who=board.guest("Quay office", "Dakar"))


def talk_for_a_participant(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.goes_to("talk")
    return Look(path=f"/b/{board.id}", who=board.guest("Quay office", "Dakar"))


def talk_for_the_facilitator(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.goes_to("talk", 2)
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)


def empty_wall(house: House, language: str) -> Look:
    board, _, dakar = _writing(house, language)
    return Look(path=f"/b/{board.id}", who=dakar)


def wall_for_a_participant(house: House, language: str) -> Look:
    board, _, dakar, _ = with_ideas(house, language)
    return Look(path=f"/b/{board.id}", who=dakar)


def wall_for_the_facilitator(house: House, language: str) -> Look:
    board, _, _, notes = with_ideas(house, language)
    for do, note in (("note.pin", notes[0]), ("note.lock", notes[1])):
        board.facilitator.asks(do, note=note, on=True)
    board.facilitator.asks("note.hide", note=notes[2])
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)


def wall_for_an_observer(house: House, language: str) -> Look:
    board, *_ = with_ideas(house, language)
    return Look(path=f"/b/{board.id}", who=board.by_link("observer"))


def wall_with_pinned_late_and_long_notes(house: House, language: str) -> Look:
    board, step, dakar, notes = with_ideas(house, language)
    board.facilitator.asks("note.pin", note=notes[1], on=True)
    board.goes_to("write", 2)
    dakar.writes("A late thought", step=step)
    dakar.writes(LONG, step=step)
    dakar.asks("note.edit", note=notes[0], text="Edited words", base=10_000)
    return Look(path=f"/b/{board.id}?step={step}", who=dakar)


def wall_of_one_note(house: House, language: str) -> Look:
    board, step, dakar = _writing(house, language)
    board.facilitator.writes(IDEAS[0], step=step, **{"for": {"place": "Mendoza", "people": 3}})
    return Look(path=f"/b/{board.id}", who=dakar)


def wall_of_two_hundred_notes(house: House, language: str) -> Look:
    board, step, dakar = _writing(house, language)
    for number in range(200):
        dakar.writes(f"{IDEAS[number % 4]} {number}", step=step)
    return Look(path=f"/b/{board.id}", who=dakar)


def menu_of_my_note(house: House, language: str) -> Look:
    board, _, dakar, notes = with_ideas(house, language)
    return Look(path=f"/b/{board.id}", who=dakar, act=lambda page: _opens_menu(page, notes[0]))


def menu_of_a_note_for_the_facilitator(house: House, language: str) -> Look:
    board, _, _, notes = with_ideas(house, language)
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=lambda page: _opens_menu(page, notes[0]))


def editing_a_note(house: House, language: str) -> Look:
    board, _, dakar, notes = with_ideas(house, language)

    def edits(page: Page) -> None:
        _opens_menu(page, notes[0])
        page.click("#note-menu [data-open='#note-edit']")
        page.wait_for_selector("#note-edit[open]")

    return Look(path=f"/b/{board.id}", who=dakar, act=edits)


def my_menu(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.goes_to("write")
    dakar = board.guest("Quay office", "Dakar")
    return Look(path=f"/b/{board.id}", who=dakar, act=lambda page: page.click("#me summary"))


def my_name_and_place(house: House, language: str) -> Look:
    board, _, dakar, _ = with_ideas(house, language)

    def opens(page: Page) -> None:
        page.click("#me summary")
        page.click("[data-open='#about-me']")
        page.wait_for_selector("#about-me[open]")

    return Look(path=f"/b/{board.id}", who=dakar, act=opens)


def filter_open(house: House, language: str) -> Look:
    board, _, dakar, _ = with_ideas(house, language)

    def filters(page: Page) -> None:
        page.click("[popovertarget=filter-form]")
        page.fill("#filter-text", "city")

    return Look(path=f"/b/{board.id}", who=dakar, act=filters)


def silent_for_a_participant(house: House, language: str) -> Look:
    board, step, dakar = _writing(house, language)
    board.facilitator.asks("step.settings", step=step, silent=True)
    board.guest("Harbour desk", "Rosario").writes(IDEAS[2], step=step)
    dakar.writes(IDEAS[0], step=step)
    return Look(path=f"/b/{board.id}", who=dakar)


def silent_for_the_facilitator(house: House, language: str) -> Look:
    board, step, dakar = _writing(house, language)
    board.facilitator.asks("step.settings", step=step, silent=True)
    dakar.writes(IDEAS[0], step=step)
    opens = f"#silent-{step} summary"
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=lambda page: page.click(opens))


def revealed(house: House, language: str) -> Look:
    board, step, dakar = _writing(house, language)
    board.facilitator.asks("step.settings", step=step, silent=True)
    dakar.writes(IDEAS[0], step=step)
    board.facilitator.asks("step.reveal", step=step)
    return Look(path=f"/b/{board.id}", who=dakar)


def my_notes_that_others_do_not_see(house: House, language: str) -> Look:
    board, step, dakar, notes = with_ideas(house, language)
    facilitator = board.facilitator
    facilitator.asks("step.settings", step=step, approve_first=True)
    dakar.writes("Waits for a facilitator", step=step)
    facilitator.asks("note.return", note=notes[0], reason="rephrase", text="Please name the street.")
    facilitator.asks("note.hide", note=notes[3])
    dakar.asks("note.delete", note=dakar.writes("Taken back", step=step))
    return Look(path=f"/b/{board.id}", who=dakar, act=lambda page: page.click("#own-gone summary"))


def a_refused_note(house: House, language: str) -> Look:
    board, step, dakar = _writing(house, language)
    form = {"do": "note.add", "id": "11111111-1111", "step": step, "text": "W" * 300, "color": "sky"}
    return Look(path=f"/b/{board.id}/commands", who=dakar, form=form)


def a_note_refused_beside_the_composer(house: House, language: str) -> Look:
    board, _, dakar = _writing(house, language)

    def posts(page: Page) -> None:
        # A script is answered in the language that the person chose, whatever the address of the page says.
        dakar.asks("person.language", language=page.locator("#board").get_attribute("data-language"))
        page.fill("#composer-text", "W" * 300)
        page.press("#composer-text", "Enter")
        page.wait_for_selector("#composer-refusal .refusal")

    return Look(path=f"/b/{board.id}", who=dakar, act=posts)


def unsent(house: House, language: str) -> Look:
    board, _, dakar = _writing(house, language)

    def posts(page: Page) -> None:
        page.route("**/commands", lambda route: route.abort())
        page.fill("#composer-text", IDEAS[0])
        page.press("#composer-text", "Enter")
        page.wait_for_selector("#unsent [data-unsent]")

    return Look(path=f"/b/{board.id}", who=dakar, act=posts)


def muted(house: House, language: str) -> Look:
    board, _, dakar, _ = with_ideas(house, language)
    board.facilitator.asks("person.mute", person=dakar.person, on=True)
    return Look(path=f"/b/{board.id}", who=dakar)


def looking_back(house: House, language: str) -> Look:
    board, step, dakar, _ = with_ideas(house, language)
    board.goes_to("write", 2)
    return Look(path=f"/b/{board.id}?step={step}", who=dakar)


def come_late(house: House, language: str) -> Look:
    board, _, _, _ = with_ideas(house, language)
    board.goes_to("write", 2)
    return Look(path=f"/b/{board.id}", who=board.guest("Coast desk", "eThekwini"), act=_opens_the_card)


def _opens_the_card(page: Page) -> None:
    if not page.locator("#now-card[open]").count():
        page.click("#now-card summary")


def _opens_menu(page: Page, note: str) -> None:
    page.click(f"#note-{note} [data-note-menu]")
    page.wait_for_selector("#note-menu:popover-open")


WRITING = (
    before_the_first_step,
    talk_for_a_participant,
    talk_for_the_facilitator,
    empty_wall,
    wall_for_a_participant,
    wall_for_the_facilitator,
    wall_for_an_observer,
    wall_with_pinned_late_and_long_notes,
    wall_of_one_note,
    wall_of_two_hundred_notes,
    menu_of_my_note,
    menu_of_a_note_for_the_facilitator,
    editing_a_note,
    my_menu,
    my_name_and_place,
    filter_open,
    silent_for_a_participant,
    silent_for_the_facilitator,
    revealed,
    my_notes_that_others_do_not_see,
    a_refused_note,
    a_note_refused_beside_the_composer,
    unsent,
    muted,
    looking_back,
    come_late,
)
