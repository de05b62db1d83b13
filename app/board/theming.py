"""Themes: make, rename, move and delete them, where the step lets people group."""

from dataclasses import dataclass, replace

from app.board.asking import NOTHING, Ask, Changes, Refused, put
from app.board.board import Board
from app.board.checking import checked
from app.board.grouped import themes
from app.board.ordering import between
from app.board.records import Note, Step, Theme
from app.board.rule import Rule, actor, facilitates

MOST_THEMES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeAdd:
    step: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRename:
    theme: str
    title: str
    base: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeDelete:
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeMove:
    theme: str
    after: str = ""


def check_may_group(board: Board, step: Step | None, ask: Ask) -> None:
    """Refused: not-now {step} where nothing is grouped; for participants also where they may not, or not yet."""
    if step is None or step.kind != "group":
        raise Refused("not-now", step=step.id if step else "")
    if facilitates(actor(board, ask)):
        return
    current = board.step
    has_come = current is not None and (step.order, step.id) <= (current.order, current.id)
    if not step.group or not has_come:
        raise Refused("not-now", step=step.id)


def add(board: Board, command: ThemeAdd, ask: Ask) -> Changes:
    """Refused: unknown step, not-now {step}, too-many {max}, empty, too-long {max}."""
    step = board.need(Step, command.step)
    check_may_group(board, step, ask)
    others = themes(board, step.id)
    if len(others) >= MOST_THEMES:
        raise Refused("too-many", max=MOST_THEMES)
    title = checked(command.title, most=ask.limits.theme, field="title")
    order = between(others[-1].order if others else "", "")
    theme = Theme(id=ask.make_id("theme"), step=step.id, title=title, order=order, seq=ask.seq, text_seq=ask.seq)
    return put(theme, made={"theme": theme.id})


def _mine(board: Board, theme_id: str, ask: Ask) -> Theme:
    theme = board.need(Theme, theme_id)
    if theme.deleted:
        raise Refused("unknown", what="theme")
    check_may_group(board, board.get(Step, theme.step), ask)
    return theme


def rename(board: Board, command: ThemeRename, ask: Ask) -> Changes:
    """Refused: unknown, not-now {step}, changed-since {text}, empty, too-long {max}."""
    theme = _mine(board, command.theme, ask)
    if command.base is not None and theme.text_seq > command.base:
        raise Refused("changed-since", text=theme.title)
    title = checked(command.title, most=ask.limits.theme, field="title")
    return put(replace(theme, title=title, text_seq=ask.seq)) if title != theme.title else NOTHING


def delete(board: Board, command: ThemeDelete, ask: Ask) -> Changes:
    """Its notes stay, in no theme; one undo brings it back with them. Refused: unknown, not-now {step}."""
    theme = _mine(board, command.theme, ask)
    inside = (note for note in board.all(Note) if note.theme == theme.id)
    return put(replace(theme, deleted=True), *(replace(note, theme="") for note in inside))


def move(board: Board, command: ThemeMove, ask: Ask) -> Changes:
    """After another theme of its step, "" before all. Refused: unknown, not-now {step}."""
    theme = _mine(board, command.theme, ask)
    others = [each for each in themes(board, theme.step) if each.id != theme.id]
    if command.after and command.after not in (each.id for each in others):
        raise Refused("unknown", what="theme")
    at = next((at + 1 for at, each in enumerate(others) if each.id == command.after), 0)
    if themes(board, theme.step).index(theme) == at:
        return NOTHING
    low = others[at - 1].order if at else ""
    return put(replace(theme, order=between(low, next((each.order for each in others[at:] if each.order > low), ""))))


RULES = (
    Rule("theme.add", ThemeAdd, add),
    Rule("theme.rename", ThemeRename, rename),
    Rule("theme.delete", ThemeDelete, delete),
    Rule("theme.move", ThemeMove, move),
)
