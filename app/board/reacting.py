"""Reactions to notes: each person each emoji once."""

from dataclasses import dataclass

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.audience import EVERYONE, may_see
from app.board.board import Board
from app.board.records import EMOJI, Note, Reaction, Step
from app.board.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReact:
    note: str
    emoji: str
    on: bool = True


def react(board: Board, command: NoteReact, ask: Ask) -> Changes:
    """Refused: unknown note (also one that not everybody sees), invalid {field}, not-now {step}."""
    note = board.need(Note, command.note)
    if not may_see(board, note, EVERYONE):
        raise Refused("unknown", what="note")
    if command.emoji not in EMOJI:
        raise Refused("invalid", field="emoji")
    if not board.need(Step, note.step).react:
        raise Refused("not-now", step=note.step)
    given = reaction_of(note.id, ask.actor, command.emoji)
    there = board.get(Reaction, given.id) is not None
    if there == command.on:
        return NOTHING
    return put(given) if command.on else drop(given)


def reaction_of(note: str, person: str, emoji: str) -> Reaction:
    """That person's emoji on that note: one record, whoever makes it and however often."""
    return Reaction(id=f"{note}.{person}.{EMOJI.index(emoji)}", note=note, person=person, emoji=emoji)


RULES = (Rule("note.react", NoteReact, react),)
