"""Which elements of a grouping step a stale part stands for, and from which template each is drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.board.audience import Base
from app.board.board import Board
from app.board.records import Note, Theme
from web.views.grouping import LooseView, grouped_view, grouping_view, loose_view
from web.views.steps import step_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One element: gone without a `template`, keyed where it lies `into` another, else morphed where it is."""

    target: str
    template: str = ""
    into: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


GROUPING = frozenset({"grouping", "theme", "themes", "ungrouped", "dismissed"})


def pieces(board: Board, kind: str, id_: str, base: Base, language: str, *, chooses: bool) -> Iterator[Piece]:
    """A grouping step as a whole, one theme's head, or what tells of all its themes, with where to move notes to."""
    theme = board.get(Theme, id_) if kind == "theme" else None
    if kind == "theme" and theme is None:
        yield Piece(target=f"#theme-{id_}")
        return
    step = step_view(board, theme.step if theme else id_, base, language)
    if step is None or step.kind != "group":
        return
    seen = loose_view(board, step.id, base) if kind == "ungrouped" else grouping_view(board, step.id, base)
    shared = {"step": step, "seen": seen}
    if isinstance(seen, LooseView):
        yield Piece(target=f"#{kind}-{step.id}", template=f"grouping/_{kind}.html", context=shared)
    elif kind == "theme":
        view = next((each for each in seen.themes if each.id == id_), None)
        template, into = ("grouping/_theme.html", f"#grouped-{step.id}") if view else ("", "")
        yield Piece(target=f"#theme-{id_}", template=template, into=into, context={"theme": view})
    elif kind == "themes":
        yield Piece(target=f"#ranking-{step.id}", template="grouping/_ranking.html", context=shared)
        for choice in (f"group-into-{step.id}", f"group-one-into-{step.id}") if chooses else ():
            choosing = {"choice": choice, "seen": seen}
            yield Piece(target=f"#{choice}", template="grouping/_choice.html", context=choosing)
    elif kind != "dismissed":
        yield Piece(target=f"#{kind}-{step.id}", template=f"grouping/_{kind}.html", context=shared)
    elif chooses:
        yield Piece(target=f"#dismissed-{step.id}", template="alike/_dismissed.html", context=shared)


def card(board: Board, id_: str, base: Base) -> Iterator[Piece]:
    """A note where it is grouped, on a board where notes are."""
    note = board.get(Note, id_)
    view = grouped_view(board, note, base) if note is not None else None
    if view is not None:
        into, context = f"#{'loose' if view.is_loose else 'grouped'}-{view.step}", {"card": view}
        yield Piece(target=f"#grouped-note-{id_}", template="grouping/_card.html", into=into, context=context)
    elif any(step.kind == "group" for step in board.steps):
        yield Piece(target=f"#grouped-note-{id_}")
