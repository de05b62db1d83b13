"""What facilitators and their acts bring about: queue, hands, announcement, spotlight, pause, people, log, agenda."""

from playwright.sync_api import Page

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, PHONE, Look
from tests.browser.hour.writing import IDEAS


def in_session(house: House, language: str) -> tuple[Board, str, Guest]:
    board = start_board(house, language=language)
    step = board.goes_to("write")
    return board, step, board.guest("Quay office", "Dakar")


def queue(house: House, language: str) -> Look:
    board, step, dakar = in_session(house, language)
    board.facilitator.asks("step.settings", step=step, approve_first=True)
    notes = [dakar.writes(text, step=step) for text in IDEAS]
    board.facilitator.asks("note.return", note=notes[0], reason="other", text="Which street?")
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)


def returning_a_note(house: House, language: str) -> Look:
    board, step, dakar = in_session(house, language)
    return _dialog(board, dakar.writes(IDEAS[0], step=step), "note-return")


def moving_a_note(house: House, language: str) -> Look:
    board, step, dakar = in_session(house, language)
    return _dialog(board, dakar.writes(IDEAS[0], step=step), "note-move")


def _dialog(board: Board, note: str, name: str) -> Look:
    def opens(page: Page) -> None:
        page.click(f"#note-{note} [data-note-menu]")
        page.click(f"#note-menu [data-open='#{name}']")
        page.wait_for_selector(f"#{name}[open]")

    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=opens)


def hands_up_and_people_at_the_door(house: House, language: str) -> Look:
    board, _, dakar = in_session(house, language)
    dakar.asks("hand", up=True)
    board.facilitator.asks("door.set", open="waiting")
    board.guest("Coast desk", "eThekwini")
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)


def every_fold_of_the_panel(house: House, language: str) -> Look:
    board, _, _ = in_session(house, language)
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=_unfolds)


def panel_on_a_phone(house: House, language: str) -> Look:
    board, _, _ = in_session(house, language)

    def opens(page: Page) -> None:
        page.click("[popovertarget=panel]:not([popovertargetaction])")
        page.wait_for_selector("#panel:popover-open")

    return Look(path=f"/b/{board.id}", who=board.facilitator, size=PHONE, act=opens)


def _unfolds(page: Page) -> None:
    for fold in page.locator("#panel details > summary").all():
        fold.click()


def overrun(house: House, language: str) -> Look:
    board, _, _ = in_session(house, language)
    board.facilitator.asks("timer.extend", seconds=900)
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)


def timer_paused(house: House, language: str) -> Look:
    board, _, dakar = in_session(house, language)
    board.facilitator.asks("timer.pause")
    return Look(path=f"/b/{board.id}", who=dakar)


def announcement(house: House, language: str) -> Look:
    board, _, dakar = in_session(house, language)
    board.facilitator.asks("board.announce", text="Five minutes more, then we read.")
    return Look(path=f"/b/{board.id}", who=dakar)


def spotlight(house: House, language: str) -> Look:
    board, step, dakar = in_session(house, language)
    board.facilitator.asks("spotlight", part=f"note:{dakar.writes(IDEAS[0], step=step)}")
    return Look(path=f"/b/{board.id}", who=dakar)


def hand_raised(house: House, language: str) -> Look:
    board, _, dakar = in_session(house, language)
    dakar.asks("hand", up=True)
    return Look(path=f"/b/{board.id}", who=dakar, act=lambda page: page.click("#me summary"))


def pause(house: House, language: str) -> Look:
    board, step, dakar = in_session(house, language)
    dakar.writes(IDEAS[0], step=step)
    board.facilitator.asks("board.blank", on=True)
    return Look(path=f"/b/{board.id}", who=dakar)


def pause_for_the_facilitator(house: House, language: str) -> Look:
    board, step, dakar = in_session(house, language)
    dakar.writes(IDEAS[0], step=step)
    board.facilitator.asks("board.blank", on=True)
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)


def locked(house: House, language: str) -> Look:
    board, step, dakar = in_session(house, language)
    dakar.writes(IDEAS[0], step=step)
    board.facilitator.asks("board.lock", on=True)
    return Look(path=f"/b/{board.id}", who=dakar)


def seen_as_a_participant(house: House, language: str) -> Look:
    board, step, dakar = in_session(house, language)
    dakar.writes(IDEAS[0], step=step)
    return Look(path=f"/b/{board.id}?as=participant", who=board.facilitator, size=DESK)


def people(house: House, language: str) -> Look:
    board, _, dakar = in_session(house, language)
    vandal, late = board.guest("Nobody", "Nowhere"), board.guest("Harbour desk", "Rosario")
    board.by_link("cohost")
    dakar.asks("hand", up=True)
    board.facilitator.asks("person.remove", person=vandal.person)
    board.facilitator.asks("person.mute", person=late.person, on=True)
    board.facilitator.asks("door.set", open="waiting")
    board.guest("Coast desk", "eThekwini")
    return Look(path=f"/b/{board.id}/people", who=board.facilitator, size=DESK)


def log(house: House, language: str) -> Look:
    board, step, dakar = in_session(house, language)
    note = dakar.writes(IDEAS[0], step=step)
    facilitator = board.facilitator
    for do in ("note.hide", "note.show"):
        facilitator.asks(do, note=note)
    facilitator.asks("note.pin", note=note, on=True)
    facilitator.asks("timer.extend", seconds=60)
    facilitator.asks("person.mute", person=dakar.person, on=True)
    facilitator.asks("board.announce", text="Welcome back")
    return Look(path=f"/b/{board.id}/log", who=facilitator, size=DESK)


def log_before_anything(house: House, language: str) -> Look:
    board = start_board(house, language=language, template="blank")
    return Look(path=f"/b/{board.id}/log", who=board.facilitator, size=DESK)


def agenda(house: House, language: str) -> Look:
    board, _, _ = in_session(house, language)
    unfolds = "li details.fold > summary"
    return Look(
        path=f"/b/{board.id}/agenda",
        who=board.facilitator,
        size=DESK,
        act=lambda page: page.locator(unfolds).first.click(),
    )


def _grouped(house: House, language: str) -> tuple[Board, Guest]:
    """A board whose notes are being grouped, with two themes; and somebody who may."""
    board = start_board(house, language=language, template="brainstorm-and-vote")
    step, dakar = board.goes_to("write"), board.guest("Quay office", "Dakar")
    notes = [dakar.writes(text, step=step) for text in (*IDEAS, "Donaudampfschifffahrtsgesellschaftskapitänin " * 3)]
    dakar.asks("note.react", note=notes[0], emoji="♥")
    step = board.goes_to("group")
    for title, inside in (("Shade and water", notes[:2]), ("Streets", notes[2:3])):
        theme = board.facilitator.asks("theme.add", step=step, title=title)["made"]["theme"]
        board.facilitator.asks("notes.move", notes=inside, theme=theme)
    return board, dakar


def grouping(house: House, language: str) -> Look:
    board, dakar = _grouped(house, language)
    return Look(path=f"/b/{board.id}", who=dakar, act=_chooses)


def grouping_for_the_facilitator(house: House, language: str) -> Look:
    board, _ = _grouped(house, language)
    unfolds = ".theme-more > summary"
    return Look(
        path=f"/b/{board.id}",
        who=board.facilitator,
        size=DESK,
        act=lambda page: page.locator(unfolds).first.click(),
    )


def moving_a_note_to_a_theme(house: House, language: str) -> Look:
    board, dakar = _grouped(house, language)

    def opens(page: Page) -> None:
        page.locator(".grouped [data-open]").first.click()
        page.wait_for_selector("dialog[open]")

    return Look(path=f"/b/{board.id}", who=dakar, act=opens)


def _chooses(page: Page) -> None:
    page.locator(".grouped-choose input").first.check()
    page.wait_for_selector(".group-bar:not([data-local-none])")


def drafting_headlines(house: House, language: str) -> Look:
    board = start_board(house, language=language, template="brainstorm-and-vote")
    board.goes_to("headline")
    return Look(path=f"/b/{board.id}", who=board.guest("Quay office", "Dakar"))


FACILITATING = (
    queue,
    returning_a_note,
    moving_a_note,
    hands_up_and_people_at_the_door,
    every_fold_of_the_panel,
    panel_on_a_phone,
    overrun,
    timer_paused,
    announcement,
    spotlight,
    hand_raised,
    pause,
    pause_for_the_facilitator,
    locked,
    seen_as_a_participant,
    people,
    log,
    log_before_anything,
    agenda,
    grouping,
    grouping_for_the_facilitator,
    moving_a_note_to_a_theme,
    drafting_headlines,
)
