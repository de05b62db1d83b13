"""What a whole session came to: summed up beside the live room, once for everybody, and never from before a blank."""

import asyncio
import threading

import pytest

from app.board.audience import EVERYONE
from app.board.board import Board
from app.board.hall import BoardBlank
from app.board.records import Note, key
from tests.board.story import Story, given_a_room
from web.summing import FEW, Sums

WHAT = ("results", EVERYONE, "en")


def a_large_board() -> Story:
    """One with more notes than are summed up on the spot."""
    story = given_a_room().story
    step = story.steps[2].id
    notes = (
        Note(id=f"n{at}", step=step, text="Ours", author="", language="en", place="", created_at=1, seq=at, text_seq=at)
        for at in range(FEW + 1)
    )
    story.board.apply({key(note): note for note in notes})
    return story


class Counting:
    """Sums up notes, and knows where and how often it was asked."""

    def __init__(self) -> None:
        self.boards: list[Board] = []
        self.threads: set[int] = set()
        self.go = threading.Event()
        self.begun = threading.Event()

    def __call__(self, board: Board) -> str:
        self.boards.append(board)
        self.threads.add(threading.get_ident())
        self.begun.set()
        assert self.go.wait(5)
        return "" if board.now.blank else f"{board.count(Note)} notes"


async def test_a_large_board_is_summed_up_once_from_a_copy_and_off_the_loop():
    story, sums, make = a_large_board(), Sums(), Counting()
    make.go.set()
    told = await asyncio.gather(*(sums.of(story.board, WHAT, make, 0.0) for _ in range(5)))
    assert set(told) == {f"{FEW + 1} notes"}
    assert len(make.boards) == 1
    assert make.boards[0] is not story.board
    assert threading.get_ident() not in make.threads
    await sums.of(story.board, WHAT, make, 3_601.0)
    assert len(make.boards) == 2


async def test_what_was_summed_up_before_the_board_was_blanked_is_given_to_nobody():
    story, sums, make = a_large_board(), Sums(), Counting()
    asked = asyncio.create_task(sums.of(story.board, WHAT, make, 0.0))
    assert await asyncio.to_thread(make.begun.wait, 5)
    host = next(person for person in story.board.people() if person.role == "facilitator")
    story.ask(host.id, BoardBlank(on=True))
    make.go.set()
    assert await asked == ""
    assert len(make.boards) == 2


async def test_what_was_being_summed_up_when_all_was_forgotten_is_not_kept():
    story, sums, make = a_large_board(), Sums(), Counting()
    asked = asyncio.create_task(sums.of(story.board, WHAT, make, 0.0))
    assert await asyncio.to_thread(make.begun.wait, 5)
    sums.forget()
    make.go.set()
    await asked
    await sums.of(story.board, WHAT, make, 0.0)
    assert len(make.boards) == 2


async def test_whoever_leaves_takes_nobodys_sum_along_and_a_fault_is_not_kept():
    story, sums, make = a_large_board(), Sums(), Counting()
    first = asyncio.create_task(sums.of(story.board, WHAT, make, 0.0))
    assert await asyncio.to_thread(make.begun.wait, 5)
    second = asyncio.create_task(sums.of(story.board, WHAT, make, 0.0))
    await asyncio.sleep(0)
    first.cancel()
    make.go.set()
    assert await second == f"{FEW + 1} notes"

    def fails(_: Board) -> str:
        raise ValueError("a fault")

    for _ in range(2):
        with pytest.raises(ValueError, match="a fault"):
            await sums.of(story.board, ("replay", EVERYONE, "en"), fails, 0.0)
