"""Bugs planted on purpose: each must be caught by the sessions by chance, or those prove nothing."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.board.entries import Entry
from app.board.keeping import Answer, Loaded
from app.realtime.connection import Connection
from app.realtime.frames import Audiences
from app.realtime.history import History
from app.realtime.known import Known
from app.realtime.room import Room
from app.realtime.rooms import Rooms
from app.realtime.telling import Telling
from tests.held import HeldKeeper
from tests.realtime import browsing
from tests.realtime.browsing import PlainPage
from tests.realtime.plain import Plain
from tests.realtime.test_laws import kind_session, session

MOST = 120


def resume_forgets_the_newest_entry(patch: Any) -> None:
    whole = History.stale_since
    patch.setattr(History, "stale_since", lambda self, board, seq: whole(self, board, min(seq + 1, board.seq)))


def a_page_passes_over_a_lost_frame(patch: Any) -> None:
    whole = PlainPage.receive

    def careless(self: PlainPage, text: str) -> str:
        message = json.loads(text)
        return whole(self, json.dumps(message | {"after": 0}) if "seq" in message else text)

    patch.setattr(PlainPage, "receive", careless)


def what_is_ones_own_is_not_told(patch: Any) -> None:
    patch.setattr(Audiences, "_own", lambda *_: "")


def whoever_changes_audience_is_not_reseated(patch: Any) -> None:
    patch.setattr(Telling, "_reseat", lambda *_: None)


def a_page_for_another_audience_is_taken_for_its_readers(patch: Any) -> None:
    whole = Telling.come

    def trusting(self: Telling, connection: Any, **also: Any) -> bool:
        connection.page = ""
        return whole(self, connection, **also)

    patch.setattr(Telling, "come", trusting)


def answers_are_forgotten_when_the_board_is_read_afresh(patch: Any) -> None:
    whole = HeldKeeper.load

    def forgetful(self: HeldKeeper, board_id: str, *, entries: int = 2000) -> Loaded | None:
        loaded = whole(self, board_id, entries=entries)
        return Loaded(loaded.board, loaded.entries, {}) if loaded is not None else None

    patch.setattr(HeldKeeper, "load", forgetful)


def every_language_hears_the_first_one(patch: Any) -> None:
    whole = Plain.shared
    patch.setattr(Plain, "shared", lambda self, sight, parts, base, language: whole(self, sight, parts, base, "en"))


def a_board_read_afresh_tells_nobody(patch: Any) -> None:
    patch.setattr(Telling, "overtaken", lambda *_: None)


def a_command_is_answered_before_it_is_kept(patch: Any) -> None:
    whole = Room._decide_all

    def hasty(self: Room, batch: Any) -> Any:
        entries, refusals = whole(self, batch)
        made = {(entry.actor, entry.id): Answer(entry.seq, entry.digest, entry.made) for entry in entries}
        for asking in batch:
            if asking.at in made:
                asking.accept(made[asking.at])
        return entries, refusals

    patch.setattr(Room, "_decide_all", hasty)


def an_audience_is_asked_for_once(patch: Any) -> None:
    whole, first = Connection.base_now, dict[Connection, Any]()
    patch.setattr(Connection, "base_now", lambda self, board: first.setdefault(self, whole(self, board)))


def a_late_close_ends_the_new_line(patch: Any) -> None:
    whole = Telling.leave

    def leave(self: Telling, connection: Connection) -> None:
        for each in self._audiences.of(connection.person):
            whole(self, each)

    patch.setattr(Telling, "leave", leave)


def a_fault_of_the_server_is_taken_for_the_end(patch: Any) -> None:
    patch.setattr(browsing, "TERMINAL", (*browsing.TERMINAL, 1011))


# These show where several processes serve the board.


def a_vote_is_looked_at_and_kept_later(patch: Any) -> None:
    """As where the check and the writing are two things: whoever wrote in between is not noticed."""
    whole = HeldKeeper.save

    def careless(self: HeldKeeper, board_id: str, *, before: int, entries: Any, **more: Any) -> None:
        head, _ = HeldKeeper.heads(self, [board_id])[board_id]
        moved = [replace(entry, seq=entry.seq - before + head) for entry in entries]
        whole(self, board_id, before=head, entries=moved, **more)

    patch.setattr(HeldKeeper, "save", careless)


def an_entry_of_others_is_passed_over(patch: Any) -> None:
    whole = Known.commit

    def skipping(self: Known, entries: Any) -> None:
        some: list[Entry] = list(entries)
        whole(self, some)
        if some and some[-1].seq % 9 == 0:
            self.board.advance(some[-1].seq + 1)

    patch.setattr(Known, "commit", skipping)


def what_others_wrote_is_taken_in_twice(patch: Any) -> None:
    whole = Known.commit

    def twice(self: Known, entries: Any) -> None:
        whole(self, entries)
        for entry in entries:
            self.board.advance(self.board.seq + 1)
            self.history.add(entry)

    patch.setattr(Known, "follow", twice)


def nobody_looks_for_what_no_hint_told(patch: Any) -> None:
    async def never(self: Rooms) -> None:
        """Hints are all that there is."""

    patch.setattr(Rooms, "follow", never)


PLANTED: tuple[Callable[[Any], None], ...] = (
    resume_forgets_the_newest_entry,
    a_page_passes_over_a_lost_frame,
    what_is_ones_own_is_not_told,
    whoever_changes_audience_is_not_reseated,
    a_page_for_another_audience_is_taken_for_its_readers,
    answers_are_forgotten_when_the_board_is_read_afresh,
    every_language_hears_the_first_one,
    a_board_read_afresh_tells_nobody,
    a_command_is_answered_before_it_is_kept,
    an_audience_is_asked_for_once,
    a_late_close_ends_the_new_line,
    a_fault_of_the_server_is_taken_for_the_end,
)
BETWEEN_PROCESSES: tuple[Callable[[Any], None], ...] = (
    a_vote_is_looked_at_and_kept_later,
    an_entry_of_others_is_passed_over,
    what_others_wrote_is_taken_in_twice,
    nobody_looks_for_what_no_hint_told,
)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_caught(plant, monkeypatch):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        for seed in range(MOST):
            session(seed, 200)


@pytest.mark.parametrize("plant", BETWEEN_PROCESSES, ids=lambda plant: plant.__name__)
def test_a_bug_planted_between_processes_is_caught(plant, monkeypatch):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        for seed in range(MOST):
            session(seed, 200, processes=2)


def test_a_page_that_is_counted_in_after_it_was_told_is_caught(monkeypatch):
    """What is told in between is nobody's: the page notices later, and should not have to."""
    whole = Audiences.add
    monkeypatch.setattr(
        Audiences, "add", lambda self, each: asyncio.get_running_loop().call_later(0.02, whole, self, each)
    )
    with pytest.raises(AssertionError):
        for seed in range(MOST):
            kind_session(seed, 200)
