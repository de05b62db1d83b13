"""The screen that a room looks at, in each thing that it shows."""

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import WALL, Look
from tests.browser.hour.writing import IDEAS, LONG


def _screen(board: Board) -> Look:
    return Look(path=f"/b/{board.id}/screen", who=board.by_link("screen"), size=WALL)


def _written(house: House, language: str) -> tuple[Board, Guest, list[str]]:
    board = start_board(house, language=language)
    step = board.goes_to("write")
    dakar = board.guest("Quay office", "Dakar")
    return board, dakar, [dakar.writes(text, step=step) for text in (*IDEAS, LONG)]


def screen_before_the_session(house: House, language: str) -> Look:
    return _screen(start_board(house, language=language))


def screen_of_a_talk(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.goes_to("talk", 2)
    return _screen(board)


def screen_with_notes(house: House, language: str) -> Look:
    board, _, _ = _written(house, language)
    return _screen(board)


def screen_with_many_notes(house: House, language: str) -> Look:
    board, dakar, _ = _written(house, language)
    for number in range(60):
        dakar.writes(f"{IDEAS[number % 4]} {number}", step=board.step("write"))
    return _screen(board)


def screen_in_silence(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    step = board.goes_to("write")
    board.facilitator.asks("step.settings", step=step, silent=True)
    board.guest("Quay office", "Dakar").writes(IDEAS[0], step=step)
    return _screen(board)


def screen_of_a_sealed_vote(house: House, language: str) -> Look:
    board, dakar, notes = _written(house, language)
    board.goes_to("vote")
    dakar.casts(board.ballot(*notes), **{notes[0]: 1})
    return _screen(board)


def screen_of_an_open_vote(house: House, language: str) -> Look:
    board, dakar, notes = _written(house, language)
    board.goes_to("vote")
    dakar.casts(board.ballot(*notes, sealed=False), **{notes[0]: 1})
    return _screen(board)


def screen_of_results(house: House, language: str) -> Look:
    board, dakar, notes = _written(house, language)
    board.goes_to("vote")
    ballot = board.ballot(*notes)
    dakar.casts(ballot, **{notes[0]: 1, notes[4]: 1})
    board.facilitator.asks("ballot.close", ballot=ballot)
    return _screen(board)


def screen_paused(house: House, language: str) -> Look:
    board, _, _ = _written(house, language)
    board.facilitator.asks("board.blank", on=True)
    return _screen(board)


def screen_with_an_announcement_and_a_spotlight(house: House, language: str) -> Look:
    board, _, notes = _written(house, language)
    board.facilitator.asks("board.announce", text="Five minutes more, then we read.")
    board.facilitator.asks("spotlight", part=f"note:{notes[0]}")
    return _screen(board)


def screen_with_a_closed_door(house: House, language: str) -> Look:
    board, _, _ = _written(house, language)
    board.facilitator.asks("door.set", open="closed")
    return _screen(board)


def screen_after_the_session(house: House, language: str) -> Look:
    board, _, _ = _written(house, language)
    board.goes_to("survey")
    board.facilitator.asks("board.close")
    return _screen(board)


PROJECTED = (
    screen_before_the_session,
    screen_of_a_talk,
    screen_with_notes,
    screen_with_many_notes,
    screen_in_silence,
    screen_of_a_sealed_vote,
    screen_of_an_open_vote,
    screen_of_results,
    screen_paused,
    screen_with_an_announcement_and_a_spotlight,
    screen_with_a_closed_door,
    screen_after_the_session,
)
