"""The report of one session in every form, each made once."""

import json
from functools import cache

import pytest

from app.outcomes.wording import Wording
from app.papers.order import TYPES, Order, sheet_of
from app.papers.writing import written
from app.printing.setting import Setter
from tests.outcomes.told import AS_OF, told_session
from web.reporting import wording_of
from web.words import words_for


class Made:
    """The files of one board."""

    def __init__(self) -> None:
        self.story, self.ids = told_session()
        self._files: dict[tuple[str, str, str], bytes] = {}

    def order(self, form: str, language: str = "fr", table: str = "notes", **more: Wording) -> Order:
        board = self.story.board
        asked = {"form": form, "table": table, "wording": wording_of(words_for(language)), "as_of": AS_OF, **more}
        return Order(board=board.id, epoch=board.epoch, seq=board.seq, records=tuple(board.records()), **asked)

    def file(self, form: str, language: str = "fr", table: str = "notes") -> bytes:
        """The file as it is downloaded."""
        which = form, language, table
        if which not in self._files:
            made = written(self.order(form, language, table))
            self._files[which] = printed(made) if form == "pdf" else made
        return self._files[which]


@cache
def _setter() -> Setter:
    return Setter()


def printed(content: bytes) -> bytes:
    """A PDF as the press sets it, in this process."""
    return _setter().set(json.loads(sheet_of(content, AS_OF).order()))


@pytest.fixture(scope="session")
def made() -> Made:
    """One session, and its files as they are asked for."""
    return Made()


@pytest.fixture(params=sorted(TYPES))
def form(request: pytest.FixtureRequest) -> str:
    """Every form there is."""
    return str(request.param)
