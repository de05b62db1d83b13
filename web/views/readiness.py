"""Is everything ready? What a session needs, each thing with its state, a sentence and the one thing to press."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.board.board import Board
from app.board.records import Note, Person
from app.board.rule import facilitates
from app.board.timing import has_begun
from web.words import LANGUAGES

LOCAL = ("localhost", "127.0.0.1", "::1")
# An hour of a thousand people takes a tenth of it.
ENOUGH = 200 * 1024 * 1024
GOOD, LOOK, WRONG, PENDING = "good", "look", "wrong", "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing: `key` says which sentence, `state` is good, look, wrong or pending (a script finds out)."""

    key: str
    state: str
    facts: Mapping[str, object] = field(default_factory=dict)


def checks(
    board: Board,
    here: Mapping[str, int],
    *,
    address: str,
    screens: int,
    room_left: float | None,
    asker: str,
    now: float,
) -> tuple[Check, ...]:
    """In the order in which they are mended; what only the browser can find out stands pending."""
    return (
        _links(address),
        _door(board),
        _start(board, now),
        _agenda(board),
        _languages(board),
        _left_behind(board),
        _cohost(board, here, asker),
        Check(key="screen", state=GOOD if screens else LOOK, facts={"n": screens}),
        _storage(room_left),
        Check(key="line", state=PENDING),
        Check(key="clock", state=PENDING),
    )


def _storage(room_left: float | None) -> Check:
    """`room_left` in bytes, None where nothing can be saved at all."""
    if room_left is None:
        return Check(key="storage-none", state=WRONG)
    return Check(key="storage" if room_left > ENOUGH else "storage-little", state=GOOD if room_left > ENOUGH else LOOK)


def _links(address: str) -> Check:
    """Links that lead to this machine only are of no use to anybody else."""
    shown = urlsplit(address).netloc
    alone = (urlsplit(address).hostname or "") in LOCAL
    return Check(key="links-here" if alone else "links", state=LOOK if alone else GOOD, facts={"address": shown})


def _door(board: Board) -> Check:
    closed = board.door.open == "closed" or board.now.closed
    return Check(key=f"door-{'closed' if closed else board.door.open}", state=WRONG if closed else GOOD)


def _start(board: Board, now: float) -> Check:
    starts_at = board.about.starts_at
    if has_begun(board):
        return Check(key="start-begun", state=GOOD)
    if starts_at is None:
        return Check(key="start-none", state=LOOK)
    return Check(key="start" if starts_at > now else "start-passed", state=GOOD, facts={"at": starts_at})


def _agenda(board: Board) -> Check:
    minutes = sum(step.minutes for step in board.steps)
    ends_at = board.now.planned_end or (board.about.starts_at + 60 * minutes if board.about.starts_at else None)
    if not board.steps:
        return Check(key="agenda-none", state=WRONG)
    facts = {"n": minutes, "steps": len(board.steps), "at": ends_at}
    return Check(key="agenda" if ends_at else "agenda-open", state=GOOD if minutes else LOOK, facts=facts)


def _languages(board: Board) -> Check:
    """A title or a prompt that is there in one language and not in another is a gap."""
    missing = {
        language: tuple(
            step.title.get(board.about.language) or next(iter(step.title.values()), "")
            for step in board.steps
            if not step.title.get(language) or (any(step.prompt.values()) and not step.prompt.get(language))
        )
        for language in LANGUAGES
    }
    gaps = {language: steps for language, steps in missing.items() if steps}
    return Check(key="languages-missing" if gaps else "languages", state=LOOK if gaps else GOOD, facts={"gaps": gaps})


def _left_behind(board: Board) -> Check:
    if board.about.rehearsal:
        return Check(key="rehearsal", state=LOOK)
    notes = sum(note.state != "deleted" for note in board.all(Note))
    if notes and not has_begun(board):
        return Check(key="left-behind", state=LOOK, facts={"n": notes})
    return Check(key="clean", state=GOOD)


def _cohost(board: Board, here: Mapping[str, int], asker: str) -> Check:
    others = [each.id for each in board.all(Person) if facilitates(each) and each.id != asker]
    if not others:
        return Check(key="cohost-none", state=LOOK)
    present = any(other in here for other in others)
    return Check(key="cohost" if present else "cohost-away", state=GOOD if present else LOOK)
