"""The pens of one board: which of its versions are being written together, and who may."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from app.board.asking import Ask, Refused
from app.board.board import Board
from app.board.checking import checked_language
from app.board.deciding import decide
from app.board.headlined import version_id
from app.board.headlines import HeadlineCowrite
from app.board.limits import Limits
from app.board.records import Version
from app.realtime.connection import GONE, NO_SEAT, REMOVED, RESTART, SLOW_DOWN
from app.realtime.neighbours import Alone, Neighbours
from app.realtime.pen import Pen
from app.realtime.pen_company import Writer
from app.realtime.pen_keeping import Submit
from app.realtime.pen_messages import RESTS
from app.realtime.pen_strokes import Stroke

CODES = {"no-seat": NO_SEAT, "removed": REMOVED, "unknown": GONE, "invalid": GONE}
# Tabs and devices of one person that write the same version.
MOST_PAGES = 4


class Pens:
    """Opened when the first writer comes, closed when the last one has left and everything is kept."""

    def __init__(
        self, board: Callable[[], Board], submit: Submit, limits: Limits, neighbours: Neighbours | None = None
    ) -> None:
        self._board, self._submit, self._limits = board, submit, limits
        self._neighbours = neighbours or Alone()
        self._open: dict[str, Pen] = {}

    @property
    def in_hand(self) -> bool:
        """Is anything being written?"""
        return any(not pen.at_rest for pen in self._open.values())

    @property
    def writers(self) -> int:
        """How many pages hold a pen."""
        return sum(len(pen.writers) for pen in self._open.values())

    def come(self, headline: str, language: str, writer: Writer, *, generation: str = "") -> Pen | None:
        """Hand a version's pen to a writer; None, and their line closed, where they may not have it."""
        why = self._refusal(headline, language, writer.person)
        if why is not None:
            writer.line.close(*why)
            return None
        self._lay_down()
        at = version_id(headline, language)
        pen = self._open.get(at)
        if pen is None:
            pen = Pen(headline, language, at, board=self._board, submit=self._submit, says=self._saying(at))
        if sum(each.person == writer.person for each in pen.writers) >= MOST_PAGES:
            writer.line.close(SLOW_DOWN)
            return None
        self._open[at] = pen
        return pen if pen.come(writer, generation) else None

    def _saying(self, version: str) -> Callable[[str, Mapping[str, Any]], None]:
        def says(kind: str, said: Mapping[str, Any]) -> None:
            self._neighbours.say(self._board().id, kind, {"version": version, **said})

        return says

    def overhear(self, kind: str, process: str, said: Mapping[str, Any]) -> None:
        """Another process says who writes a version there, and what; judged as what a page here says."""
        pen = self._open.get(said["version"]) if kind in ("pen", "stroke") else None
        if pen is None:
            return
        if kind == "pen":
            pen.overhear(process, list(said["people"]))
            return
        stroke = Stroke.heard(said)
        if self._refusal(pen.headline, pen.language, stroke.person) is None:
            pen.overhear_stroke(stroke)

    def last_words(self, ahead: Board) -> list[tuple[str, HeadlineCowrite]]:
        """What is written and not kept by who may write no more on that board: to be asked before, while they may."""
        return [each for pen in self._open.values() for each in pen.last_words(self._losers(pen, ahead), ahead)]

    def _losers(self, pen: Pen, ahead: Board) -> Callable[[str], bool]:
        """Of each person: may they write it now, and no longer on that board?"""

        def loses(person: str) -> bool:
            at = pen.headline, pen.language, person
            return self._refusal(*at) is None and self._refusal(*at, ahead) is not None

        return loses

    def _refusal(self, headline: str, language: str, person: str, ahead: Board | None = None) -> tuple[int, str] | None:
        """Why this person may not write that version now, as the rules would say it of no change at all."""
        board = ahead or self._board()
        try:
            version = board.get(Version, version_id(headline, checked_language(language)))
            text, base, kept = (version.text, version.text_seq, version.pen) if version else ("", 0, "")
            command = HeadlineCowrite(headline=headline, language=language, text=text, base=base, pen=kept)
            ask = Ask(board=board.id, actor=person, id="", now=0.0, seq=board.seq + 1, limits=self._limits)
            decide(board, command, ask)
        except Refused as refused:
            return CODES.get(refused.code, RESTS), refused.code
        return None

    def look(self) -> None:
        """The board changed: whoever may not write any more is told why, and each document follows its version."""
        for pen in list(self._open.values()):
            for writer in list(pen.writers):
                why = self._refusal(pen.headline, pen.language, writer.person)
                if why is not None:
                    pen.dismiss(writer, *why)
            pen.look()
        self._lay_down()

    def _lay_down(self) -> None:
        for at, pen in list(self._open.items()):
            if pen.at_rest:
                del self._open[at]

    def beat(self) -> None:
        """Every ten seconds: the lines still stand."""
        for pen in self._open.values():
            pen.introduce()
        self._lay_down()

    async def stop(self, code: int = RESTART) -> None:
        """Keep what was written, unless the board is gone, and send every writer away."""
        if self._open and code != GONE:
            await asyncio.gather(*(pen.finish() for pen in self._open.values()))
        for pen in self._open.values():
            pen.end(code)
        self._open.clear()
