"""Translations by people: a note's words in another language, which anybody who may write can add and improve."""

from dataclasses import dataclass

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.board import Board
from app.board.checking import MOST_LANGUAGES, checked, checked_language
from app.board.commenting import open_to_all
from app.board.records import Note, Person, Step, Translation
from app.board.rule import Rule, actor, facilitates


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTranslate:
    """An empty text takes the translation away. Without `base` the last one wins."""

    note: str
    language: str
    text: str
    base: int | None = None


def translate(board: Board, command: NoteTranslate, ask: Ask) -> Changes:
    """Refused: unknown note (also one that not everybody sees), not-now {step}, invalid {field} for the note's own
    language, too-long {max}, changed-since {text} when it was reworded since `base`, too-many {max};
    not-yours to take away what somebody else translated.
    """
    note, person = open_to_all(board, command.note), actor(board, ask)
    language = checked_language(command.language)
    if language.lower() == note.language.lower():
        raise Refused("invalid", field="language")
    # The same in another language is often longer: half as long again as a note.
    text = checked(command.text, most=ask.limits.note * 3 // 2, empty=True)
    old = board.get(Translation, f"{note.id}.{language.lower()}")
    if old is None:
        return _added(board, note, person, language, text, command.base, ask) if text else NOTHING
    if not text and old.by != person.id and not facilitates(person):
        raise Refused("not-yours")
    if command.base is not None and old.text_seq > command.base:
        raise Refused("changed-since", text=old.text)
    if not text:
        return drop(old)
    fresh = _made(board, note, person, language, text, command.base, ask)
    return put(fresh) if (old.text, old.of) != (fresh.text, fresh.of) else NOTHING


def _added(board: Board, note: Note, person: Person, language: str, text: str, base: int | None, ask: Ask) -> Changes:
    if len(board.inside(Translation, note.id)) >= MOST_LANGUAGES:
        raise Refused("too-many", max=MOST_LANGUAGES)
    if board.count(Translation) >= ask.limits.translations:
        raise Refused("too-many", max=ask.limits.translations)
    return put(_made(board, note, person, language, text, base, ask))


def _made(
    board: Board, note: Note, person: Person, language: str, text: str, base: int | None, ask: Ask
) -> Translation:
    """Whoever translates their own unsigned note is not named beside it."""
    unnamed = board.need(Step, note.step).anonymous or (note.author == person.id and note.place == "")
    return Translation(
        id=f"{note.id}.{language.lower()}",
        note=note.id,
        language=language,
        text=text,
        by=person.id,
        place="" if unnamed else person.place,
        of=note.text_seq if base is None else min(note.text_seq, base),
        at=ask.now,
        text_seq=ask.seq,
    )


RULES = (Rule("note.translate", NoteTranslate, translate),)
