"""Bugs planted on purpose: each must be caught by the sessions by chance, or those prove nothing."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.board.keeping import Loaded
from app.realtime.frames import Audiences
from app.realtime.history import History
from app.realtime.telling import Telling
from tests.held import HeldKeeper
from tests.realtime.plain import Plain
from tests.realtime.simulation import PlainPage
from tests.realtime.test_laws import session

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


PLANTED: tuple[Callable[[Any], None], ...] = (
    resume_forgets_the_newest_entry,
    a_page_passes_over_a_lost_frame,
    what_is_ones_own_is_not_told,
    whoever_changes_audience_is_not_reseated,
    a_page_for_another_audience_is_taken_for_its_readers,
    answers_are_forgotten_when_the_board_is_read_afresh,
    every_language_hears_the_first_one,
    a_board_read_afresh_tells_nobody,
)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_caught(plant, monkeypatch):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        for seed in range(MOST):
            session(seed, 200, real=False)
