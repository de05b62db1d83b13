"""What a grouping step shows: its themes with what they are worth to people, and the notes inside."""

from dataclasses import dataclass

from app.board.audience import Base, may_see, sees_words_of
from app.board.board import Board
from app.board.grouped import grouped, grouping_of, is_grouped, loose, theme_of, themes
from app.board.records import Note, Theme
from app.board.supporting import Support, supports
from web.views.notes import NoteView, note_view


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeView:
    """One theme. `key` sorts it among the notes: before its own, after those of the theme before.

    `earlier` and `later` say after which theme it stands one place up or down; None and "" where it cannot.
    """

    id: str
    step: str
    key: str
    title: str
    text_seq: int
    earlier: str | None
    later: str
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedView:
    """One note where it is grouped. `people` counts who reacted, each once."""

    note: NoteView
    key: str
    step: str
    theme: str
    people: int

    @property
    def is_loose(self) -> bool:
        """Whether it lies in no theme: those stand by themselves, after or beside the themes."""
        return not self.theme


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingView:
    """A grouping step: themes in their order, and the same by their support."""

    themes: tuple[ThemeView, ...]
    loose: int

    @property
    def ranked(self) -> tuple[ThemeView, ...]:
        """Those that anybody supports, the most supported first; equal ones in their order."""
        backed = (theme for theme in self.themes if theme.support.whole)
        return tuple(sorted(backed, key=lambda theme: -theme.support.whole))


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseView:
    """How many notes lie in no theme, and whether there are any themes: what each new note has drawn again."""

    themes: bool
    loose: int


def loose_view(board: Board, step: str, base: Base) -> LooseView:
    """The same as of `grouping_view`, without a look at themes and their notes."""
    read = sees_words_of(board, base)
    return LooseView(themes=read and bool(themes(board, step)), loose=loose(board, step, base))


def grouping_view(board: Board, step: str, base: Base) -> GroupingView:
    """The themes of that step, and how many notes lie in none."""
    if not sees_words_of(board, base):
        return GroupingView(themes=(), loose=0)
    counted = supports(board, step, base)
    kept = [theme for theme in themes(board, step) if may_see(board, theme, base)]
    ids = [theme.id for theme in kept]
    views = (_view(theme, counted[theme.id], ids) for theme in kept)
    return GroupingView(themes=tuple(views), loose=loose(board, step, base))


def _view(theme: Theme, support: Support, ids: list[str]) -> ThemeView:
    at = ids.index(theme.id)
    return ThemeView(
        id=theme.id,
        step=theme.step,
        key=f"{theme.order} {theme.id} 0",
        title=theme.title,
        text_seq=theme.text_seq,
        earlier=None if at == 0 else ids[at - 2] if at > 1 else "",
        later=ids[at + 1] if at + 1 < len(ids) else "",
        support=support,
    )


def grouped_view(board: Board, note: Note, base: Base) -> GroupedView | None:
    """The note as it lies in its grouping step; None where it lies in none that this audience sees."""
    step = grouping_of(board, note.step)
    if step is None or not is_grouped(board, note, base):
        return None
    view, theme = note_view(board, note), theme_of(board, note)
    place = f"{theme.order} {theme.id}" if theme else " "
    people = len({reaction.person for reaction in board.reactions(note.id)})
    return GroupedView(
        note=view, key=f"{place} 1{view.key}", step=step.id, theme=theme.id if theme else "", people=people
    )


def grouped_views(board: Board, step: str, base: Base) -> list[GroupedView]:
    """The notes of a grouping step, as they stand among its themes."""
    views = (grouped_view(board, note, base) for note in grouped(board, step, base))
    return sorted((view for view in views if view is not None), key=lambda view: view.key)


def grouping_rows(board: Board, step: str, base: Base) -> list[ThemeView | GroupedView]:
    """Themes and their notes in the one order in which a page holds them, and the notes of no theme in theirs."""
    rows: list[ThemeView | GroupedView] = [*grouping_view(board, step, base).themes, *grouped_views(board, step, base)]
    return sorted(rows, key=lambda row: row.key)
