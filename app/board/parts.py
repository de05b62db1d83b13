"""Which parts of the page a changed record makes stale; a part is a name such as "note/n17" or "agenda"."""

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from app.board import ballot_parts, follow_up_parts, grouped_parts, headline_parts, merged_parts, stage_parts
from app.board.audience import is_signed, is_silent
from app.board.board import Board
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
    Key,
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
from app.board.rule import facilitates, hushes
from app.board.walls import by_walls

Part = str


def parts_of(board: Board, before: Mapping[Key, Record | None], after: Mapping[Key, Record | None]) -> set[Part]:
    """The parts that differ between the two, drawn from the board as it is after the change."""
    dirty: set[Part] = set()
    for at, new in after.items():
        old = before.get(at)
        if old != new:
            dirty.update(_parts(board, old, new))
    return by_walls(board, before, dirty)


def _parts(board: Board, old: Record | None, new: Record | None) -> Iterable[Part]:
    record = new if new is not None else old
    if record is None or hushes(old, new):
        return ()
    match record:
        case Note():
            return _of_note(board, record, old, new)
        case Reaction():
            return _of_reaction(board, record)
        case Comment():
            return _of_comment(board, record, old, new)
        case Translation():
            return _of_translation(board, record)
        case Cue():
            return (f"cue/{record.step}",)
        case Stage():
            return stage_parts.of_stage(record, old, new)
        case Step():
            return _of_step(board, record, old, new)
        case Person():
            return _of_person(board, record, old, new)
        case Ballot():
            return ballot_parts.of_ballot(board, record, old, new)
        case Cast():
            return ballot_parts.of_cast(board, record, old)
        case Now():
            return _of_now(board, old, new)
        case Timer():
            return ("timer", "run", "happening", "start")
        case Door():
            return ("door", "invite", "screen-door")
        case Dismissal():
            return (f"dismissed/{record.step}",)
        case Theme():
            on_ballots = ballot_parts.of_theme(board, record, old, new)
            theme = grouped_parts.of_theme(board, record, old, new)
            return (*theme, *on_ballots, *headline_parts.of_origin(board, record))
        case Headline():
            return headline_parts.of_headline(board, record, old, new)
        case Version():
            return headline_parts.of_version(board, record, old, new)
        case Claim():
            return headline_parts.of_claim(record, old, new)
        case Action():
            return follow_up_parts.of_action(board, record, old, new)
        case Survey() | Question():
            return follow_up_parts.of_survey(board, record, old, new)
        case Answers():
            return follow_up_parts.of_answers(record)
        case Campaign():
            looks = ballot_parts.billboards(board)
            return ("campaign", *follow_up_parts.of_campaign(old, new), *ballot_parts.of_chosen(board), *looks)
        case About():
            return ("title", "start", "here")
        case _:
            assert_never(record)


def presence_parts(board: Board) -> set[Part]:
    """The parts that differ when somebody opens their page or leaves it."""
    return {*_here(board), "people", *ballot_parts.progress(board)}


def _here(board: Board) -> Iterator[Part]:
    yield "here"
    if board.about.rehearsal:
        yield "rehearsal"


def _of_note(board: Board, note: Note, old: Record | None, new: Record | None) -> Iterator[Part]:
    yield from _showing(board, note)
    yield f"count/{note.step}"
    yield from (*grouped_parts.of_note(board, old, note), *headline_parts.of_origin(board, note))
    yield from ballot_parts.of_behind(board, old, note)
    before = old if isinstance(old, Note) else None
    if before is not None:
        yield from _drawn_apart(board, before)
    if before is not None and before.step != note.step:
        yield f"count/{before.step}"
    if before is None or new is None or (before.state, before.step) != (note.state, note.step):
        yield f"mine/{note.author}"
        yield from ballot_parts.dots_on(board, f"note:{note.id}")
        yield from merged_parts.of_comments(board, note)


def _showing(board: Board, note: Note) -> Iterator[Part]:
    """Wherever the note itself is drawn, as it is; where it was drawn apart from the wall, see `_drawn_apart`."""
    yield f"note/{note.id}"
    yield from (*merged_parts.of_source(board, note), *merged_parts.of_authors(board, note))
    yield from _drawn_apart(board, note)
    yield from _looking_back(board, note)
    yield from ballot_parts.of_candidate(board, f"note:{note.id}")


def _drawn_apart(board: Board, note: Note) -> Iterator[Part]:
    """What is on the wall is neither in the moderators' queue nor among what its author alone sees."""
    if note.state in ("waiting", "returned"):
        yield f"queue/{note.id}"
    if note.state != "shown" or is_silent(board, note):
        yield f"own/{note.author}"


def _of_reaction(board: Board, reaction: Reaction) -> Iterator[Part]:
    yield from (f"note/{reaction.note}", f"mine/{reaction.person}")
    note = board.get(Note, reaction.note)
    if note is not None:
        yield from (*_looking_back(board, note), *grouped_parts.of_note(board, note))


def _of_comment(board: Board, comment: Comment, old: Record | None, new: Record | None) -> Iterator[Part]:
    """The note itself is not drawn again for it: only how many there are."""
    yield from (f"comment/{comment.id}", f"talk/{comment.note}", *merged_parts.of_comment(board, comment))
    if old is None or new is None:
        yield f"mine/{comment.author}"


def _of_translation(board: Board, translation: Translation) -> Iterator[Part]:
    """A note is drawn with its translations."""
    note = board.get(Note, translation.note)
    if note is not None:
        yield from _showing(board, note)


def _looking_back(board: Board, note: Note) -> Iterator[Part]:
    """Who comes late is told the best of what was written in the steps before."""
    if note.step != board.now.step:
        yield "happening"


def _off_the_wall(board: Board, note: Note) -> Iterator[Part]:
    yield f"own/{note.author}"
    yield from (*ballot_parts.of_candidate(board, f"note:{note.id}"), *ballot_parts.of_behind(board, note))
    yield from merged_parts.of_source(board, note)


def _of_step(board: Board, step: Step, old: Record | None, new: Record | None) -> Iterator[Part]:
    yield from ("agenda", "run", "now", "timer", "happening", "start")
    before = old if isinstance(old, Step) else None
    yield from follow_up_parts.of_step(board, step, before)
    yield f"section/{step.id}" if before is None or before.title != step.title else f"prompt/{step.id}"
    yield from headline_parts.of_right(board, step, before)
    if before is None or new is None or (before.order, before.kind) != (step.order, step.kind):
        yield from (f"section/{step.id}", "welcome")
        yield from (f"prompt/{other.id}" for other in board.steps)
        yield from (*stage_parts.every(board), *grouped_parts.everywhere(board), *headline_parts.everywhere(board))
        yield from ballot_parts.everywhere(board)
    if before is None or new is None or _read(before) != _read(step):
        yield from (f"wall/{step.id}", f"count/{step.id}", f"ballots/{step.id}")
        yield from (*grouped_parts.of_step(board, step.id), *headline_parts.of_step(board, step.id))
        for note in board.notes(step.id):
            yield from _off_the_wall(board, note)
            yield from ballot_parts.dots_on(board, f"note:{note.id}")
            yield from merged_parts.of_comments(board, note)


def _read(step: Step) -> tuple[bool, ...]:
    """What decides whether its notes are read, and what may be done with them."""
    return step.silent, step.revealed, step.react, step.group


def _of_person(board: Board, person: Person, old: Record | None, new: Record | None) -> Iterator[Part]:
    yield from ("people", f"mine/{person.id}")
    yield from headline_parts.of_person(board, person, old)
    before = old if isinstance(old, Person) else person
    if (before.hand_at, person.hand_at) != (None, None):
        yield "hands"
    if "waiting" in (before.state, person.state):
        yield "waiting"
    if _seat(before) != _seat(person) or new is None:
        yield from _here(board)
        yield from ballot_parts.progress(board)
    if facilitates(before) != facilitates(person):
        # Only signed notes say that a facilitator wrote them; the others, drawn now, would say whose they are.
        for note in filter(is_signed, board.by(Note, person.id)):
            yield from _showing(board, note)
        yield from (f"comment/{each.id}" for each in filter(is_signed, board.by(Comment, person.id)))
    if before.name != person.name:
        yield from _named(board, person)


def _seat(person: Person) -> tuple[str, ...]:
    return person.role, person.state, person.place, person.place_id, person.country


def _named(board: Board, person: Person) -> Iterator[Part]:
    """Where a vote says whose it is: in a named tally, and to the others of a place that has one vote."""
    for cast in board.by(Cast, person.id):
        ballot = board.get(Ballot, cast.ballot)
        if ballot is not None and ballot.secrecy == "named":
            yield f"ballot/{ballot.id}"
        if ballot is not None and ballot.one_per == "place":
            yield from ballot_parts.of_voter(board, ballot, cast)


def _of_now(board: Board, old: Record | None, new: Record | None) -> Iterator[Part]:
    yield "now"
    if not isinstance(old, Now) or not isinstance(new, Now):
        return
    if (old.step, old.planned_end) != (new.step, new.planned_end):
        yield from ("agenda", "run", "timer", "happening", "start", "welcome")
    if old.step != new.step:
        yield from (*stage_parts.every(board, old.step, new.step), *headline_parts.everywhere(board, old.step))
    if (old.announcement, old.announced_at) != (new.announcement, new.announced_at):
        yield "announcement"
    if (old.spotlight, old.blank) != (new.spotlight, new.blank):
        yield "spotlight"
    if (old.step, old.closed, old.blank) != (new.step, new.closed, new.blank):
        yield "survey-call"
    if (old.closed, old.blank) != (new.closed, new.blank):
        yield from follow_up_parts.everywhere(board)
    if old.blank != new.blank:
        for step in board.steps:
            yield from (f"wall/{step.id}", f"ballots/{step.id}", f"count/{step.id}")
        yield from ("happening", "comments", *headline_parts.everywhere(board))
        yield from (*stage_parts.every(board), *grouped_parts.everywhere(board))
    if (old.closed, old.locked, old.blank) != (new.closed, new.locked, new.blank):
        yield "run"
    if old.closed != new.closed:
        yield "start"
