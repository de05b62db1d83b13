"""Commands by chance: of every kind, over whatever is on the board, sensible often enough to be accepted."""

from collections.abc import Callable
from random import Random
from typing import Any

from app.board.agenda import AgendaAdd, AgendaEdit, AgendaGo, AgendaMove, AgendaRemove
from app.board.ballots import BallotClose, BallotOpen, BallotReopen
from app.board.board import Board
from app.board.casting import BallotCast, BallotCastFor, BallotDone, BallotRetract
from app.board.commenting import CommentDelete, CommentHide, NoteComment
from app.board.grouping import NoteMove
from app.board.hall import (
    BoardAnnounce,
    BoardBlank,
    BoardClose,
    BoardLock,
    BoardRename,
    BoardReopen,
    DoorRotate,
    DoorSet,
    Spotlight,
)
from app.board.moderating import (
    NoteApprove,
    NoteHide,
    NoteLock,
    NoteMuteAuthor,
    NotePin,
    NoteReturn,
    NoteShow,
)
from app.board.moderating_people import (
    PersonAdmit,
    PersonDemote,
    PersonMute,
    PersonPromote,
    PersonReadmit,
    PersonRemove,
)
from app.board.notes import NoteAdd, NoteColor, NoteDelete, NoteEdit, NoteRestore, NoteResubmit
from app.board.people import Hand, PersonJoin, PersonLanguage, PersonPlace, PersonRename
from app.board.reacting import NoteReact
from app.board.records import EMOJI, Ballot, Comment, Note, Person, Step
from app.board.replanning import AgendaCatchUp
from app.board.stepping import StepReveal, StepSettings
from app.board.timing import TimerExtend, TimerPause, TimerStart, TimerStop
from app.board.translating import NoteTranslate
from app.board.undoing import BoardUndo

PLACES = ("Lyon", "Dakar", "Quito")
COLORS = ("sun", "coral", "leaf", "sky", "lilac")
KINDS = ("talk", "write", "group", "headline", "vote", "roadmap", "survey")
ATTRIBUTIONS = ("place", "place", "anonymous", "unpublished")


class Chances:
    """Draws what somebody asks next, from what the board holds now."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._everybody = (self._note_add,) * 5 + (self._note_edit, self._note_color, self._note_delete)
        self._everybody += (self._note_restore, self._note_resubmit, self._react, self._react, self._cast, self._cast)
        self._everybody += (self._comment, self._comment, self._comment_delete, self._translate)
        self._everybody += (self._done, self._retract, self._hand, self._rename, self._place, self._language)
        self._hosts = (self._moderate,) * 6 + (self._agenda,) * 4 + (self._settings,) * 2 + (self._timer,)
        self._hosts += (self._ballot,) * 2 + (self._people,) * 3 + (self._hall,) * 3 + (self._undo,) * 2

    def command(self, board: Board, *, hosts: bool) -> Any:
        """What somebody asks, and (now and then) what only a host may ask."""
        kinds: tuple[Callable[[Board], Any], ...] = self._everybody + (self._hosts if hosts else self._hosts[:2])
        return self.chance.choice(kinds)(board)

    def joining(self) -> PersonJoin:
        """Somebody comes in."""
        role = self.chance.choice(("participant", "participant", "observer", "cohost"))
        return PersonJoin(name=self._words(), place=self.chance.choice(PLACES), language="en", role=role)

    def _any(self, board: Board, kind: Any) -> str:
        found = board.all(kind)
        return str(self.chance.choice(found).id) if found else "none"

    def _note(self, board: Board) -> str:
        return self._any(board, Note)

    def _step(self, board: Board) -> str:
        return board.now.step if self.chance.random() < 0.4 else self._any(board, Step)

    def _person(self, board: Board) -> str:
        return self._any(board, Person)

    def _words(self) -> str:
        return "".join(self.chance.choices("abcdefghij é", k=8)) + "!"

    def _on(self) -> bool:
        return self.chance.random() < 0.5

    def _note_add(self, board: Board) -> Any:
        step = board.now.step if self.chance.random() < 0.7 else self._step(board)
        return NoteAdd(step=step, text=self._words(), attribution=self.chance.choice(ATTRIBUTIONS))

    def _note_edit(self, board: Board) -> Any:
        return NoteEdit(note=self._note(board), text=self._words(), base=board.seq - self.chance.randrange(3))

    def _note_color(self, board: Board) -> Any:
        return NoteColor(note=self._note(board), color=self.chance.choice(COLORS))

    def _note_delete(self, board: Board) -> Any:
        return NoteDelete(note=self._note(board))

    def _note_restore(self, board: Board) -> Any:
        return NoteRestore(note=self._note(board))

    def _note_resubmit(self, board: Board) -> Any:
        return NoteResubmit(note=self._note(board), text=self._words())

    def _react(self, board: Board) -> Any:
        return NoteReact(note=self._note(board), emoji=self.chance.choice(EMOJI), on=self._on())

    def _comment(self, board: Board) -> Any:
        attribution = self.chance.choice(("place", "anonymous"))
        return NoteComment(note=self._note(board), text=self._words(), attribution=attribution)

    def _comment_delete(self, board: Board) -> Any:
        return CommentDelete(comment=self._any(board, Comment))

    def _translate(self, board: Board) -> Any:
        words, language = self.chance.choice(("", self._words())), self.chance.choice(("fr", "es"))
        return NoteTranslate(note=self._note(board), language=language, text=words)

    def _some_notes(self, board: Board, most: int) -> tuple[str, ...]:
        notes = [f"note:{note.id}" for note in board.all(Note)]
        return tuple(self.chance.sample(notes, min(len(notes), self.chance.randint(1, most))))

    def _cast(self, board: Board) -> Any:
        ballot = board.get(Ballot, self._any(board, Ballot))
        of = ballot.candidates if ballot else self._some_notes(board, 3)
        choices = {ref: self.chance.randint(1, 2) for ref in of if self._on()}
        return BallotCast(ballot=ballot.id if ballot else "none", choices=choices)

    def _done(self, board: Board) -> Any:
        return BallotDone(ballot=self._any(board, Ballot))

    def _retract(self, board: Board) -> Any:
        return BallotRetract(ballot=self._any(board, Ballot))

    def _hand(self, board: Board) -> Any:
        return Hand(up=self._on(), person=self.chance.choice(("", "", self._person(board))))

    def _rename(self, _: Board) -> Any:
        return PersonRename(name=self._words())

    def _place(self, board: Board) -> Any:
        return PersonPlace(
            place=self.chance.choice(PLACES), country="FR", person=self.chance.choice(("", self._person(board)))
        )

    def _language(self, _: Board) -> Any:
        return PersonLanguage(language=self.chance.choice(("en", "fr", "es")))

    def _moderate(self, board: Board) -> Any:
        note = self._note(board)
        return self.chance.choice(
            (
                NoteHide(note=note),
                NoteShow(note=note),
                NoteApprove(note=note),
                NoteReturn(note=note, reason="other", text=self._words()),
                NotePin(note=note, on=self._on()),
                NoteLock(note=note, on=self._on()),
                NoteMove(note=note, step=self._step(board)),
                NoteMuteAuthor(note=note),
                CommentHide(comment=self._any(board, Comment), on=self._on()),
                Spotlight(part=self.chance.choice(("", f"note:{note}"))),
            )
        )

    def _agenda(self, board: Board) -> Any:
        step, after = self._step(board), self.chance.choice(("", self._step(board)))
        words, kind, minutes = {"en": self._words()}, self.chance.choice(KINDS), self.chance.randrange(10)
        return self.chance.choice(
            (
                AgendaGo(step=step),
                AgendaGo(step=step),
                AgendaAdd(kind=kind, title=words, minutes=minutes, after=after),
                AgendaEdit(step=step, base=board.seq, title=self.chance.choice((None, words)), minutes=minutes),
                AgendaEdit(step=step, base=board.seq, prompt=words, kind=self.chance.choice((None, kind))),
                AgendaMove(step=step, after=after),
                AgendaRemove(step=step),
                AgendaCatchUp(how=self.chance.choice(("trim", "later"))),
            )
        )

    def _settings(self, board: Board) -> Any:
        if self.chance.random() < 0.3:
            return StepReveal(step=self._step(board))
        name = self.chance.choice(("silent", "silent", "approve_first", "anonymous", "write", "react", "group"))
        return StepSettings(step=self._step(board), **{name: self._on()})

    def _timer(self, _: Board) -> Any:
        seconds = self.chance.choice((None, 1, 300))
        return self.chance.choice((TimerStart(seconds=seconds), TimerPause(), TimerExtend(), TimerStop()))

    def _ballot(self, board: Board) -> Any:
        ballot = self._any(board, Ballot)
        refs = self._some_notes(board, 6)
        opening = BallotOpen(
            title=self.chance.choice(("", "Which?")),
            candidates=refs,
            dots=self.chance.randint(1, 4),
            one_per=self.chance.choice(("person", "place")),
            sealed=self._on(),
            secrecy=self.chance.choice(("secret", "by_place", "named")),
            tie_rule=self.chance.choice(("shared", "earliest", "runoff")),
            quorum=self.chance.randrange(3),
            step=self.chance.choice(("", self._step(board))),
        )
        choices = dict.fromkeys(refs, 1)
        proxy = BallotCastFor(ballot=ballot, place=self.chance.choice(PLACES), people=2, choices=choices)
        return self.chance.choice(
            (opening, opening, opening, BallotClose(ballot=ballot), BallotReopen(ballot=ballot), proxy)
        )

    def _people(self, board: Board) -> Any:
        person = self._person(board)
        return self.chance.choice(
            (
                PersonAdmit(person=person),
                PersonMute(person=person, on=self._on()),
                PersonRemove(person=person, hide_notes=self._on(), rotate=self._on()),
                PersonReadmit(person=person),
                PersonReadmit(person=person),
                PersonPromote(person=person),
                PersonDemote(person=person),
            )
        )

    def _hall(self, _: Board) -> Any:
        return self.chance.choice(
            (
                BoardRename(title=self._words()),
                BoardLock(on=self.chance.random() < 0.3),
                BoardBlank(on=self._on()),
                BoardAnnounce(text=self.chance.choice(("", self._words()))),
                BoardClose(),
                BoardReopen(),
                BoardReopen(),
                DoorSet(open=self.chance.choice(("open", "waiting", "closed"))),
                DoorRotate(role=self.chance.choice(("join", "observer", "screen"))),
            )
        )

    def _undo(self, board: Board) -> Any:
        return BoardUndo(seq=board.seq - self.chance.randrange(4))
