"""What is chosen between, as a reader sees it on a ballot: its words, in which languages, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.board.audience import Base, is_signed, may_read, may_see
from app.board.board import Board
from app.board.candidates import candidate, kind_of, sources, wordings
from app.board.chosen import chosen
from app.board.records import Note
from web.views.comments import translations

MOST_PLACES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsView:
    """A text, and the language that it is in ("" where that is not known)."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """One of the choices. `others` are the same in other words: a headline's versions, a note's translation.

    `gap`: nobody has put this headline into the reader's language. `places` are the first of those whose notes it
    was made of, `notes` how many notes that were.
    """

    ref: str
    id: str
    kind: str
    text: str
    language: str
    others: tuple[WordsView, ...]
    gap: bool
    notes: int
    places: tuple[str, ...]
    more_places: int

    @property
    def is_long(self) -> bool:
        """Too long to be set large?"""
        return len(self.text) > 90


def choice_view(board: Board, ref: str, base: Base, language: str) -> ChoiceView:
    """Asks who may read where it comes from; whether this audience may read the choice itself, ask before."""
    kind, texts = kind_of(ref), wordings(board, ref)
    read = _in(texts, language)
    chosen = read or next(iter(texts), "")
    behind = [note for note in sources(board, ref) if may_read(board, note, base)]
    places = list(dict.fromkeys(note.place for note in behind if is_signed(note) and note.place))
    return ChoiceView(
        ref=ref,
        id=ref.partition(":")[2],
        kind=kind,
        text=texts.get(chosen, ""),
        language=chosen,
        others=_others(board, ref, {tag: text for tag, text in texts.items() if tag != chosen}, language),
        gap=kind == "headline" and not read,
        notes=len(behind),
        places=tuple(places[:MOST_PLACES]),
        more_places=len(places[MOST_PLACES:]),
    )


def _in(texts: Mapping[str, str], language: str) -> str:
    """The tag of the text in that language, however its region is spelt; "" where there is none."""
    return next((tag for tag in texts if tag.partition("-")[0] == language.partition("-")[0]), "")


def _others(board: Board, ref: str, versions: Mapping[str, str], language: str) -> tuple[WordsView, ...]:
    """The other versions of a headline; of a note its translation for this reader."""
    found = candidate(board, ref)
    if not isinstance(found, Note):
        return tuple(WordsView(language=tag, text=text) for tag, text in versions.items())
    said = {each.language: each.text for each in translations(board, found)}
    mine = "" if _in({found.language: ""}, language) else _in(said, language)
    return (WordsView(language=mine, text=said[mine]),) if mine else ()


def message_view(board: Board, base: Base, language: str) -> ChoiceView | None:
    """The headline that was chosen, if this audience may read it."""
    found = chosen(board)
    if found is None or not may_see(board, found, base):
        return None
    return choice_view(board, f"headline:{found.id}", base, language)
