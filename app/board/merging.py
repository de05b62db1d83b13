"""Merging: several notes become one in words that people agree on, and come apart again as they were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.board.asking import Ask, Changes, Refused, put
from app.board.audience import EVERYONE, is_out, may_see
from app.board.board import Board
from app.board.checking import checked
from app.board.grouped import grouping_of
from app.board.grouping import into
from app.board.merged import SPLIT, sources, voted_on
from app.board.notes import check_room
from app.board.reacting import reaction_of
from app.board.records import Note, Reaction, Step
from app.board.rule import Rule, actor, facilitates
from app.board.theming import check_may_group

FEWEST, MOST = 2, 50
MERGE = "note.merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMerge:
    """`notes` become one that says `text`, where the first of them stands; in that `theme`, if one is named."""

    text: str
    notes: tuple[str, ...] = ()
    theme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSplit:
    note: str


def merge(board: Board, command: NoteMerge, ask: Ask) -> Changes:
    """One new note; the others live on in it, with everybody's reactions, each person's once.

    Refused: too-few {min}, too-many {max}, unknown note (also one that not everybody sees), not-now {step},
    invalid {field} notes of two grouping steps or a theme of another, only-facilitators where they read first,
    locked, on-a-ballot, empty, too-long {max}.
    """
    notes = _named(board, command.notes, ask)
    _check_together(board, notes, ask)
    text = checked(command.text, most=ask.limits.note)
    check_room(board, ask)
    one = _one(board, notes, text, ask)
    if command.theme:
        one = into(board, one, command.theme, ask)
    gone = (replace(note, state="merged", into=one.id, pinned=False) for note in notes)
    return put(one, *gone, *_once(board, notes, one), made={"note": one.id})


def _named(board: Board, ids: Sequence[str], ask: Ask) -> list[Note]:
    """The notes of these ids, each once, as long as everybody sees them."""
    named = dict.fromkeys(ids)
    if len(named) < FEWEST:
        raise Refused("too-few", min=FEWEST)
    if len(named) > MOST:
        raise Refused("too-many", max=MOST)
    return [_seen(board, id_, ask) for id_ in named]


def _seen(board: Board, note_id: str, ask: Ask) -> Note:
    """What facilitators keep back from the others is not merged by them either: its words would be out."""
    note = board.need(Note, note_id)
    free = facilitates(actor(board, ask)) and is_out(board, note)
    if not free and not may_see(board, note, EVERYONE):
        raise Refused("unknown", what="note")
    return note


def _check_together(board: Board, notes: Sequence[Note], ask: Ask) -> None:
    """Facilitators merge any; the others what is grouped in one step, and where nobody reads new words first."""
    for note in notes:
        _check_free(board, note, ask)
    if facilitates(actor(board, ask)):
        return
    if len({step.id for note in notes if (step := grouping_of(board, note.step))}) > 1:
        raise Refused("invalid", field="notes")
    if any(board.need(Step, note.step).approve_first for note in notes):
        raise Refused("only-facilitators")


def _check_free(board: Board, note: Note, ask: Ask) -> None:
    """Refused: on-a-ballot while people vote on it; for participants also not-now {step}, locked."""
    if not facilitates(actor(board, ask)):
        check_may_group(board, grouping_of(board, note.step), ask)
        if note.locked:
            raise Refused("locked")
    if voted_on(board, note, "open"):
        raise Refused("on-a-ballot")


def _one(board: Board, notes: Sequence[Note], text: str, ask: Ask) -> Note:
    """The note that they become, where the first of them stood. One that is not for publication keeps it so."""
    first, languages = notes[0], {note.language for note in notes}
    kinds = {note.attribution for note in notes}
    return Note(
        id=ask.make_id("note"),
        step=first.step,
        theme=first.theme,
        text=text,
        author=ask.actor,
        language=first.language if len(languages) == 1 else actor(board, ask).language,
        place="",
        color=first.color,
        attribution=next(kind for kind in ("unpublished", "place", "anonymous") if kind in kinds),
        pinned=any(note.pinned for note in notes),
        locked=any(note.locked for note in notes),
        late=all(note.late for note in notes),
        created_at=ask.now,
        seq=first.seq,
        text_seq=ask.seq,
        made_of=tuple(note.id for note in notes),
    )


def _once(board: Board, notes: Sequence[Note], one: Note) -> Iterator[Reaction]:
    """Whoever reacted to several of them with one emoji has reacted once to what they became."""
    given = {(each.person, each.emoji) for note in notes for each in board.reactions(note.id)}
    yield from (reaction_of(one.id, person, emoji) for person, emoji in sorted(given))


def split(board: Board, command: NoteSplit, ask: Ask) -> Changes:
    """The notes as they were, in their themes and with their reactions; what was merged is seen by nobody.

    Refused: unknown note, invalid {field} for one that was not merged, not-now {step}, locked; on-a-ballot once
    people voted on it.
    """
    note = _seen(board, command.note, ask)
    if not note.made_of:
        raise Refused("invalid", field="note")
    _check_free(board, note, ask)
    back = (replace(each, state="shown", into="") for each in sources(board, note))
    return put(apart(board, note), *back)


def apart(board: Board, note: Note) -> Note:
    """The merged note once it has come apart. Refused: on-a-ballot once people voted on it, for its words count."""
    if voted_on(board, note, "open", "closed"):
        raise Refused("on-a-ballot")
    return replace(note, state="deleted", was="shown", deleted_by=SPLIT, pinned=False)


RULES = (Rule(MERGE, NoteMerge, merge), Rule("note.split", NoteSplit, split))
