"""Notes as an audience sees them: on the wall, in the silent pane, in the moderators' queue, among one's own."""

from collections import Counter
from dataclasses import dataclass

from app.board.audience import EVERYONE, FACILITATORS, Base, Only, is_signed, is_silent, may_see
from app.board.board import Board
from app.board.merged import lives_in, origins
from app.board.records import EMOJI, Note, Person, Step
from app.board.rule import facilitates
from web.views.comments import TranslationView, comment_count, translations
from web.views.merged import SourceView, made_of, places_on


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """One note, ready to be drawn. `author` is "" unless the note is signed; `place` is "" when it is anonymous.

    One that was merged is signed with all its places, and says what it is `made_of`.
    """

    id: str
    key: str
    step: str
    text: str
    language: str
    color: str
    author: str
    place: str
    country: str
    people: int
    attribution: str
    state: str
    silent: bool
    reason: str
    reason_text: str
    pinned: bool
    locked: bool
    late: bool
    edited: bool
    by_host: bool
    seq: int
    text_seq: int
    created_at: float
    reactions: tuple[tuple[str, int], ...]
    reacts: bool
    comments: int
    translations: tuple[TranslationView, ...]
    made_of: tuple[SourceView, ...] = ()
    lives_on: str = ""

    @property
    def hearts(self) -> int:
        """How many gave the first of the reactions."""
        return dict(self.reactions).get(EMOJI[0], 0)

    def said_in(self, language: str) -> TranslationView | None:
        """The note in that language, where somebody translated it; None also where it was written in it."""
        if self.language.partition("-")[0] == language:
            return None
        return next((each for each in self.translations if each.language.partition("-")[0] == language), None)


def note_view(board: Board, note: Note) -> NoteView:
    """Draws on no audience: ask `may_see` first."""
    signed = is_signed(note)
    step = board.get(Step, note.step)
    place, country = places_on(board, note)
    return NoteView(
        id=note.id,
        key=f"{0 if note.pinned else 1}{note.seq:08d}{note.id}",
        step=note.step,
        text=note.text,
        language=note.language,
        color=note.color,
        author=note.author if signed else "",
        place=place,
        country=country,
        people=note.people,
        attribution=note.attribution,
        state=note.state,
        silent=is_silent(board, note),
        reason=note.reason,
        reason_text=note.reason_text,
        pinned=note.pinned,
        locked=note.locked,
        late=note.late,
        edited=note.edited,
        by_host=all(_by_host(board, each) for each in origins(board, note)),
        seq=note.seq,
        text_seq=note.text_seq,
        created_at=note.created_at,
        reactions=reactions(board, note),
        reacts=step is not None and step.react,
        comments=comment_count(board, note),
        translations=translations(board, note),
        made_of=made_of(board, note),
        lives_on=_lives_on(board, note),
    )


def _by_host(board: Board, note: Note) -> bool:
    author = board.get(Person, note.author)
    return is_signed(note) and author is not None and facilitates(author)


def _lives_on(board: Board, note: Note) -> str:
    """In which words it lives on, as long as everybody may read them."""
    living = lives_in(board, note)
    return living.text if living is not note and may_see(board, living, EVERYONE) else ""


def reactions(board: Board, note: Note) -> tuple[tuple[str, int], ...]:
    """How many gave each emoji, in the order in which they are offered."""
    counted = Counter(reaction.emoji for reaction in board.reactions(note.id))
    return tuple((emoji, counted[emoji]) for emoji in EMOJI)


def on_wall(board: Board, note: Note, base: Base) -> bool:
    """Is the note on the wall that this audience has before it? Facilitators' silent notes are in a pane apart."""
    if not may_see(board, note, base) or note.state in ("waiting", "returned"):
        return False
    return not is_silent(board, note)


def in_silent_pane(board: Board, note: Note, base: Base) -> bool:
    """Is it one that only facilitators read, folded away, until it is revealed?"""
    if base is not FACILITATORS or board.get(Step, note.step) is None:
        return False
    return note.state in ("shown", "hidden") and is_silent(board, note)


def in_queue(note: Note, base: Base) -> bool:
    """Does it wait for a moderator, or for its author to send it again?"""
    return base is FACILITATORS and note.state in ("waiting", "returned")


def wall(board: Board, step: str, base: Base) -> list[NoteView]:
    """The notes of a step's wall."""
    return [note_view(board, note) for note in board.notes(step) if on_wall(board, note, base)]


def silent_pane(board: Board, step: str, base: Base) -> list[NoteView]:
    """The notes of a step's silent pane."""
    return [note_view(board, note) for note in board.notes(step) if in_silent_pane(board, note, base)]


def queue(board: Board) -> list[NoteView]:
    """The moderators' queue, oldest first."""
    waiting = [note for note in board.all(Note) if note.state in ("waiting", "returned")]
    return [note_view(board, note) for note in sorted(waiting, key=lambda note: note.seq)]


def queued(board: Board) -> int:
    """How many notes are in the moderators' queue: known without looking at each."""
    counts = (board.counted(Note, step.id) for step in board.steps)
    return sum(n for counted in counts for (state, _), n in counted.items() if state in ("waiting", "returned"))


def own(board: Board, person: str) -> list[NoteView]:
    """A person's own notes that others do not see now: waiting, returned, hidden, silent, merged, deleted by them."""
    mine = [note for note in board.by(Note, person) if not note.made_of and may_see(board, note, Only(person))]
    apart = [note for note in mine if note.state != "shown" or is_silent(board, note)]
    return [note_view(board, note) for note in sorted(apart, key=lambda note: note.seq)]
