"""Who may see a thing: one pure function of the board as it is now, and the only door to what is drawn.

What this does not name is seen by nobody.
"""

from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from app.board.board import Board
from app.board.merged import lives_in
from app.board.records import (
    About,
    Action,
    Answers,
    Ballot,
    Campaign,
    Cast,
    Claim,
    Comment,
    Cue,
    Dismissal,
    Door,
    Headline,
    Note,
    Now,
    Person,
    Question,
    Reaction,
    Record,
    Stage,
    Step,
    Survey,
    Theme,
    Timer,
    Translation,
    Version,
)
from app.board.voters import voter_of


class Base(Enum):
    """The audiences that a connection has one of. `screen` sees a part of what `everyone` sees."""

    FACILITATORS = "facilitators"
    EVERYONE = "everyone"
    SCREEN = "screen"
    PUBLIC = "public"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Only:
    """One person, for what is their own."""

    person: str


Audience = Base | Only
FACILITATORS, EVERYONE, SCREEN, PUBLIC, WAITING = Base
ROOM = (FACILITATORS, EVERYONE, SCREEN)


def base_of(person: Person) -> Base:
    """The audience of a person's connections. Somebody removed sees what somebody waiting sees: nothing."""
    if person.state != "here":
        return WAITING
    return FACILITATORS if person.role in ("facilitator", "cohost") else EVERYONE


def may_see(board: Board, record: Record, audience: Audience) -> bool:
    """May this audience see this record, as the board is now?"""
    match record:
        case Note():
            return _note(board, record, audience)
        case Reaction():
            note = board.get(Note, record.note)
            return isinstance(audience, Base) and note is not None and _note(board, note, audience)
        case Comment():
            return _comment(board, record, audience)
        case Translation():
            note = board.get(Note, record.note)
            return note is not None and _note(board, note, audience)
        case Cast():
            return isinstance(audience, Only) and _casts(board, record, audience.person)
        case Person():
            return audience is FACILITATORS or audience == Only(record.id)
        case Door() | Cue():
            return audience is FACILITATORS
        case Stage():
            return _stage(board, record, audience)
        case Ballot():
            return audience in ROOM or (audience is PUBLIC and record.state == "closed")
        case Step() | About():
            return audience in ROOM or audience is PUBLIC
        case Theme():
            return sees_words_of(board, audience)
        case Dismissal():
            return sees_unpublished(audience) and sees_words_of(board, audience)
        case Headline():
            return _headline(board, record, audience)
        case Version() | Claim():
            headline = board.get(Headline, record.headline)
            return headline is not None and _headline(board, headline, audience)
        case Action():
            return record.state != "removed" and sees_words_of(board, audience)
        case Survey() | Question():
            return audience is FACILITATORS or (_survey_is_out(board) and sees_words_of(board, audience))
        case Answers():
            return audience == Only(record.person)
        case Campaign():
            return audience in ROOM or audience is PUBLIC
        case Now() | Timer():
            return audience in ROOM
        case _:
            assert_never(record)


def _note(board: Board, note: Note, audience: Audience) -> bool:
    if isinstance(audience, Only):
        theirs = note.author == audience.person and _is_here(board, audience.person)
        return theirs and (note.state != "deleted" or note.deleted_by == "author")
    if audience is WAITING or note.state == "deleted":
        return False
    if note.state == "merged":
        return False
    if audience is FACILITATORS:
        return True
    if not is_out(board, note) or board.now.blank:
        return False
    return note.attribution != "unpublished" or sees_unpublished(audience)


def may_read(board: Board, note: Note, audience: Audience) -> bool:
    """May this audience read the note's words: on the board, or behind the note that it was merged into?"""
    living = lives_in(board, note)
    if living is note or not isinstance(audience, Base):
        return _note(board, note, audience)
    published = note.attribution != "unpublished" or sees_unpublished(audience)
    return _note(board, living, audience) and published and not is_silent(board, note)


def _comment(board: Board, comment: Comment, audience: Audience) -> bool:
    """Only where its note is seen, and on no screen, which tells how many there are; a hidden one by facilitators."""
    note = board.get(Note, comment.note)
    if note is not None:
        note = lives_in(board, note)
    if note is None or not isinstance(audience, Base) or audience is SCREEN or not _note(board, note, audience):
        return False
    return comment.state == "shown" or (comment.state == "hidden" and audience is FACILITATORS)


def _stage(board: Board, stage: Stage, audience: Audience) -> bool:
    """Facilitators prepare it; the others see it once the session has come to its step, unless the board is blank."""
    if audience in (EVERYONE, SCREEN):
        step, current = board.get(Step, stage.step), board.step
        has_come = step and current and (step.order, step.id) <= (current.order, current.id)
        return bool(has_come) and not board.now.blank
    return audience is FACILITATORS


def sees_page(board: Board, stage: Stage, page: int, audience: Audience) -> bool:
    """May this audience be given that page? The one after what is shown too: it is fetched before it is turned to."""
    last = stage.pages if audience is FACILITATORS else min(stage.page + 1, stage.pages)
    return may_see(board, stage, audience) and 1 <= page <= last


def sees_unpublished(audience: Audience) -> bool:
    """May this audience see what is not for publication? Who is in the session may; a screen may be recorded."""
    return audience in (FACILITATORS, EVERYONE)


def sees_names(audience: Audience) -> bool:
    """May this audience read the names in a vote that says who voted how? Nobody outside the room, and no screen."""
    return audience in (FACILITATORS, EVERYONE)


def _headline(board: Board, headline: Headline, audience: Audience) -> bool:
    """A hidden one is facilitators' alone; a withdrawn one stays with who is in the session, who may restore it."""
    if not isinstance(audience, Base) or not sees_words_of(board, audience):
        return False
    if headline.state == "withdrawn":
        return audience in (FACILITATORS, EVERYONE)
    return headline.state == "shown" or audience is FACILITATORS


def _survey_is_out(board: Board) -> bool:
    survey = board.get(Survey, "survey")
    return survey is not None and survey.state != "draft"


def _casts(board: Board, cast: Cast, person_id: str) -> bool:
    """Whoever cast it, and everybody of the place that has this one vote."""
    person, ballot = board.get(Person, person_id), board.get(Ballot, cast.ballot)
    if person is None or ballot is None or not _is_here(board, person_id):
        return False
    return cast.by == person_id or cast.voter == voter_of(ballot, person)


def _is_here(board: Board, person_id: str) -> bool:
    person = board.get(Person, person_id)
    return person is not None and person.state == "here"


def is_out(board: Board, note: Note) -> bool:
    """Does everybody see the note, unless the board is blank just now?"""
    return note.state == "shown" and not is_silent(board, note)


def is_silent(board: Board, note: Note) -> bool:
    """Is the note in a step where nobody reads the others' notes until they are revealed?"""
    step = board.get(Step, note.step)
    return step is None or (step.silent and not step.revealed)


def sees_words_of(board: Board, audience: Audience) -> bool:
    """May this audience read the board at all now? A blanked board shows its words to facilitators only."""
    return audience is FACILITATORS or (audience in (EVERYONE, SCREEN, PUBLIC) and not board.now.blank)


def is_signed(note: Note | Comment) -> bool:
    """May others learn who wrote it? In an anonymous step, "not for publication" carries no place either.

    What was merged has no author: see `app.board.merged.credits`.
    """
    if isinstance(note, Note) and note.made_of:
        return False
    return note.attribution == "place" or (note.attribution == "unpublished" and note.place != "")


def sees_tally(board: Board, ballot: Ballot, audience: Audience) -> bool:
    """May this audience see how the ballot stands? Sealed binds facilitators too, until it closes."""
    return may_see(board, ballot, audience) and (ballot.state == "closed" or not ballot.sealed)
