"""Comments: what people add to a note that everybody sees; their authors take them back, facilitators hide them."""

from dataclasses import dataclass, replace
from typing import Literal

from app.board.asking import NOTHING, Ask, Changes, Refused, put
from app.board.audience import is_out
from app.board.board import Board
from app.board.checking import checked, checked_language
from app.board.records import Comment, Note, Step
from app.board.rule import Rule, Who, actor, facilitates


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteComment:
    note: str
    text: str
    attribution: Literal["place", "anonymous"] = "place"
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDelete:
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentHide:
    comment: str
    on: bool = True


def open_to_all(board: Board, note_id: str) -> Note:
    """The note, if everybody reads it; else refused unknown, and not-now {step} while the board is blank."""
    note = board.need(Note, note_id)
    if not is_out(board, note):
        raise Refused("unknown", what="note")
    if board.now.blank:
        raise Refused("not-now", step=note.step)
    return note


def comment(board: Board, command: NoteComment, ask: Ask) -> Changes:
    """Refused: unknown note (also one that not everybody sees), not-now {step}, too-many, empty, too-long {max}.

    In an anonymous step a comment is anonymous, whatever its author chose.
    """
    author, note = actor(board, ask), open_to_all(board, command.note)
    if _is_full(board, ask.limits.comments):
        raise Refused("too-many", max=ask.limits.comments)
    signed = command.attribution == "place" and not board.need(Step, note.step).anonymous
    made = Comment(
        id=ask.make_id("comment"),
        note=note.id,
        text=checked(command.text, most=ask.limits.comment),
        author=author.id,
        language=checked_language(command.language) if command.language else author.language,
        place=author.place if signed else "",
        country=author.country if signed else "",
        attribution="place" if signed else "anonymous",
        created_at=ask.now,
        seq=ask.seq,
    )
    return put(made, made={"comment": made.id})


def _is_full(board: Board, most: int) -> bool:
    """Hidden ones take no room, as with notes: what floods a board is hidden, and then others have room again."""
    return board.count(Comment) >= most and sum(each.state != "hidden" for each in board.all(Comment)) >= most


def delete(board: Board, command: CommentDelete, ask: Ask) -> Changes:
    """One's own, or as a facilitator anybody's. Refused: unknown, not-yours. Kept, and seen by nobody."""
    found, person = board.need(Comment, command.comment), actor(board, ask)
    if found.author != person.id and not facilitates(person):
        raise Refused("not-yours")
    by = "author" if found.author == person.id else "facilitator"
    return put(replace(found, state="deleted", deleted_by=by)) if found.state != "deleted" else NOTHING


def hide(board: Board, command: CommentHide, ask: Ask) -> Changes:
    """Refused: unknown, also for one that was deleted. Facilitators still read a hidden one, and nobody else."""
    found = board.need(Comment, command.comment)
    if found.state == "deleted":
        raise Refused("unknown", what="comment")
    return put(replace(found, state="hidden" if command.on else "shown"))


RULES = (
    Rule("note.comment", NoteComment, comment),
    Rule("comment.delete", CommentDelete, delete, Who.VOTERS),
    Rule("comment.hide", CommentHide, hide, Who.FACILITATORS),
)
