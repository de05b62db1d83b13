"""The pen: several people write one version at the same time, and the board is asked to keep what they wrote."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from app.board.board import Board
from app.board.forgetting import is_nobody
from app.board.headlines import HeadlineCowrite
from app.board.records import Version
from app.board.writing import tidy
from app.realtime.pen_company import Company, Writer
from app.realtime.pen_document import NOTHING, Document, TooMuch
from app.realtime.pen_keeping import LATER, Asked, Submit, outcome, seen
from app.realtime.pen_messages import ANOTHER, NOT_UNDERSTOOD, TOO_BIG, TOO_MANY, Said, synced, understood
from app.realtime.pen_strokes import Stroke, Strokes
from app.realtime.pen_updates import NotUnderstood

# What is written is gathered for so long before the board is asked, and while people go on, no more often than this.
GATHERED: Final = 0.3
AGAIN: Final = 1.0
MOST_WRITERS: Final = 30
# How often it is asked at the end, where others keep something at the same time.
LAST_TRIES: Final = 3


class Pen:
    """One version, as long as somebody writes it."""

    def __init__(
        self,
        headline: str,
        language: str,
        version_id: str,
        *,
        board: Callable[[], Board],
        submit: Submit,
        says: Callable[[str, Mapping[str, Any]], None],
    ) -> None:
        self.headline, self.language, self.version_id = headline, language, version_id
        self.writers: list[Writer] = []
        self._board, self._submit, self._says = board, submit, says
        self._company = Company()
        self._strokes = Strokes(self._adopt)
        # Whoever wrote what is not kept yet, the last one last.
        self._hands: dict[str, None] = {}
        self._state = "kept"
        self._asked: Asked | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._saving: asyncio.Task[None] | None = None
        self._next_at = 0.0
        self._begin()

    def _begin(self) -> None:
        board, version = self._board(), self.version
        self.document = Document.of(board.epoch, self.version_id, version)
        self._seen = seen(board, version)
        self._kept = self.document.text

    @property
    def version(self) -> Version | None:
        """The version as the board has it."""
        return self._board().get(Version, self.version_id)

    @property
    def at_rest(self) -> bool:
        """Is nobody here, and nothing on its way to be kept?"""
        return not (self.writers or self._saving or self._timer or self._strokes.awaited)

    # Who comes and goes

    def come(self, writer: Writer, generation: str) -> bool:
        """Hand over the pen; False, and closed, where there are too many or their page has another document."""
        if generation not in ("", self.document.generation):
            writer.line.close(ANOTHER)
            return False
        if len(self.writers) >= MOST_WRITERS:
            writer.line.close(TOO_MANY)
            return False
        self.writers.append(writer)
        writer.line.tell(synced(Said.LACKS, self.document.vector()))
        self.introduce()
        return True

    def leave(self, writer: Writer) -> None:
        """They laid it down. What the last one wrote is kept at once."""
        if writer not in self.writers:
            return
        self.writers.remove(writer)
        self.introduce()
        if not self.writers and self._timer is not None:
            self._save_now()

    def dismiss(self, writer: Writer, code: int, reason: str = "") -> None:
        """Take it from them."""
        writer.line.close(code, reason)
        self.leave(writer)

    def introduce(self) -> None:
        """Tell everybody who else is here, at other processes too; also that the line still stands."""
        self._introduce(self.writers)
        self._say_who()

    def _say_who(self) -> None:
        self._says("pen", {"people": [each.person for each in self.writers]})

    def overhear(self, process: str, people: Sequence[object]) -> None:
        """Who writes it at another process. One that was not heard of before is told who does here."""
        if not self._company.hear(process, people, asyncio.get_running_loop().time()):
            self._say_who()
        self._introduce(self.writers)

    def _introduce(self, to: Iterable[Writer]) -> None:
        facts = {"generation": self.document.generation, "state": self._state}
        self._company.introduce(self._board(), to, self.writers, facts, asyncio.get_running_loop().time())

    def overhear_stroke(self, stroke: Stroke) -> None:
        """Somebody wrote at another process: shown here at once. What does not follow what is here comes when kept."""
        if stroke.generation != self.document.generation:
            return
        with suppress(NotUnderstood, TooMuch):
            if self.document.take(stroke.update, stroke.person, claims=False, here=False):
                self._spread(stroke.update)
                self._strokes.take(stroke.person)

    def _adopt(self) -> None:
        """Where it was written nobody keeps it: that process may be gone."""
        hands = self._strokes.end()
        self.document.theirs.clear()
        if tidy(self.document.text) != (self.version.text if self.version else ""):
            self._hands = hands | self._hands
            self._save_soon()

    def look(self) -> None:
        """The board changed: follow it, if it was this version."""
        version, was, now = self.version, self._seen, seen(self._board(), self.version)
        if now == was:
            return
        self._seen = now
        if version is not None and self._is_ours(version):
            self._settle()
            return
        found = self.document.merge(version) if version is not None and was[0] == now[0] else None
        if found is None:
            self._renew()
            return
        update, self._kept = found
        if update != NOTHING:
            self._spread(update)
        self._settle()

    def _settle(self) -> None:
        """Something was kept; who wrote what is kept now, whoever asked for it, has no more to ask."""
        everything = self._kept == self.document.text
        self._strokes.kept(everything=everything)
        if everything and self._hands and self._saving is None:
            self._hands.clear()
            self._state = "kept"
            self._introduce(self.writers)

    def _is_ours(self, version: Version) -> bool:
        """Is it what was asked to be kept? A document that grew too long is asked to be left behind, and then it is."""
        asked = self._asked
        if asked is None or (version.text, version.pen) != (tidy(asked.words), asked.pen):
            return False
        self._kept = asked.words
        self.document.settle(version)
        if self._hands and asked.words == self.document.text:
            self._hands.clear()
            self._state = "kept"
        return asked.pen != ""

    def _renew(self) -> None:
        """Begin again from the board's words and what was not kept yet; everybody comes for the new document."""
        gone = partial(is_nobody, self._board())
        before, now = self._kept, self.document.own_text(gone)
        self._hands = {person: None for person in self._hands if not gone(person)}
        self._asked = self._asked if self._saving else None
        self._strokes.end()
        self._begin()
        self.document.reword(before, now)
        if self._hands and before != now:
            self._save_soon()
        for writer in list(self.writers):
            self.dismiss(writer, ANOTHER)

    # What they write

    def hear(self, writer: Writer, message: bytes) -> None:
        """One message of the yjs protocol; whoever sends something else loses the pen.

        What pages say of who they are is not believed, and not told.
        """
        try:
            self._hear(writer, *understood(message))
        except NotUnderstood:
            self.dismiss(writer, NOT_UNDERSTOOD)
        except TooMuch:
            self.dismiss(writer, TOO_BIG)

    def _hear(self, writer: Writer, what: Said, said: bytes) -> None:
        if what is Said.LACKS:
            writer.line.tell(synced(Said.HAS, self.document.missing(said)))
        elif what in (Said.HAS, Said.WROTE):
            self._take(writer, said, claims=what is Said.WROTE)
        elif what is Said.WHO:
            self._introduce([writer])

    def _take(self, writer: Writer, update: bytes, *, claims: bool) -> None:
        new = self.document.take(update, writer.person, claims=claims)
        writer.heard += 1
        if new:
            self._spread(update, writer)
            if self._company.elsewhere(asyncio.get_running_loop().time()):
                self._says("stroke", Stroke(self.document.generation, writer.person, update).said())
            self._hands.pop(writer.person, None)
            self._hands[writer.person] = None
            self._state = "writing"
            self._save_soon()
        self._introduce([writer])

    def _spread(self, update: bytes, by: Writer | None = None) -> None:
        message = synced(Said.WROTE, update)
        for each in self.writers:
            if each is not by:
                each.line.tell(message)

    # What is kept

    def _save_soon(self) -> None:
        loop = asyncio.get_running_loop()
        if self._timer is None and self._saving is None:
            self._timer = loop.call_at(max(loop.time() + GATHERED, self._next_at), self._save_now)

    def _save_now(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._saving is None and self._hands:
            self._saving = asyncio.create_task(self._save(), name=f"pen {self.version_id}")
            self._saving.add_done_callback(self._saved)

    def _saved(self, _: "asyncio.Task[None]") -> None:
        self._saving = None
        if self._hands:
            self._save_soon()

    async def finish(self) -> None:
        """Return when what was written is kept, if it can be."""
        for _ in range(LAST_TRIES):
            self._save_now()
            if self._saving is None:
                return
            await asyncio.wait((self._saving,))

    def end(self, code: int) -> None:
        """Take it from everybody, and ask nothing more."""
        self._hands.clear()
        self._strokes.end()
        for writer in list(self.writers):
            self.dismiss(writer, code)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _save(self) -> None:
        """Ask in the name of whoever wrote last, of those who may still write."""
        self._next_at = asyncio.get_running_loop().time() + AGAIN
        hands, self._hands = self._hands, {}
        said = "refused"
        asked = self._asked = Asked.of(self.document, tuple(hands))
        command = self._command(asked)
        for person in reversed(hands):
            said = await outcome(self._submit, person, command)
            if said != "refused":
                break
        self._asked = None
        if said == "kept" and asked.document is self.document:
            self._kept = asked.words
        if said in LATER:
            self._hands = hands | self._hands
        self._state = "writing" if self._hands and said in ("kept", "changed-since") else said
        self.introduce()

    def _command(self, asked: Asked) -> HeadlineCowrite:
        return asked.command(self.headline, self.language, self._seen)

    def last_words(self, lost: Callable[[str], bool], ahead: Board) -> list[tuple[str, HeadlineCowrite]]:
        """What one of these people wrote and is not kept yet, as each who wrote it would ask for it, the last first.

        Not what is written by somebody who is forgotten on the board ahead: that goes, and what others wrote is kept.
        """
        before = self._asked.hands if self._asked is not None and self._saving is not None else ()
        hands = list(dict.fromkeys([*self._strokes.hands, *self._hands, *before][::-1]))
        if not any(lost(person) for person in hands):
            return []
        asked = self._asked = Asked.of(self.document, hands, partial(is_nobody, ahead))
        return [(person, self._command(asked)) for person in asked.hands]
