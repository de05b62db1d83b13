"""What a page or a partial is drawn from: the board as one audience may see it, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.board.audience import EVERYONE, FACILITATORS, SCREEN, Base, Only, may_see
from app.board.board import Board
from app.board.casting import dots_left
from app.board.headlined import headlines
from app.board.limits import Limits
from app.board.merged import lives_in
from app.board.records import EMOJI, Ballot, Cast, Claim, Comment, Headline, Note, Person, Reaction, Step
from app.board.replanning import minutes_lost, projected_end
from app.board.voters import voter_of
from app.pictures.apart import MOST_OF_A_FILE
from app.realtime.wire import Sight
from web.drawn import note_markup
from web.views.alike import dismissed
from web.views.ballots import ballot_views
from web.views.comments import comments
from web.views.cues import cue_view
from web.views.follow_up import follow_up, own_follow_up
from web.views.gallery import gallery_view
from web.views.grouping import grouping_rows, grouping_view
from web.views.headlines import drafts, headline_views, measures, offered
from web.views.hints import hint_views
from web.views.notes import note_view, own, queue, silent_pane, wall
from web.views.options import option_views
from web.views.people import HereLater, hands, newest_people, people_views, waiting
from web.views.sliding_in import offered_steps
from web.views.stage import stage_view
from web.views.start import start_view
from web.views.steps import moment, step_view, step_views, timer_view
from web.views.welcome import welcome_view

Context = Mapping[str, Any]
NOT_REFUSED: Context = {"code": "", "sentence": "", "facts": {}, "fields": {}}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksView:
    """The links of a board as somebody may pass them on; `qr` is an SVG's path data, `qr_size` its side in modules."""

    join_url: str
    shown_url: str
    code: str
    qr: str
    qr_size: int
    screen_url: str = ""
    observer_url: str = ""
    cohost_url: str = ""
    facilitator_url: str = ""


def page_context(sight: Sight, base: Base, language: str, now: float, links: LinksView | None) -> Context:
    """Everything that shared partials may draw. Lists are functions, so that a partial pays for what it draws."""
    board = sight.board
    return {
        "board": board.id,
        "about": board.about,
        "now": board.now,
        "door": board.door,
        "steps": cache(lambda: step_views(board, base, language)),
        "steps_offered": lambda: offered_steps(board) if base is FACILITATORS else [],
        "current": cache(lambda: step_view(board, board.now.step, base, language)),
        "timer": timer_view(board),
        "start": lambda: start_view(board, base, language),
        "cue_of": lambda step: cue_view(board, step) if base is FACILITATORS else None,
        "clock": now,
        "projected_end": projected_end(board, now) if base is FACILITATORS else None,
        "minutes_lost": minutes_lost(board, now) if base is FACILITATORS else 0,
        "wall": lambda step: wall(board, step, base),
        "grouping": lambda step: grouping_view(board, step, base),
        "grouping_rows": lambda step: grouping_rows(board, step, base),
        "dismissed": lambda step: dismissed(board, step, base),
        "may_group": lambda step: _may_group(board, step, base),
        "headlines": lambda: headline_views(board, base, language, now),
        "headlines_standing": lambda: sum(each.state == "shown" for each in headlines(board, base)),
        "drafts": lambda: drafts(board, base),
        "languages_offered": cache(lambda: offered(board)),
        "measures_of": measures,
        "on_stage": lambda step: stage_view(board, step, base),
        **follow_up(board, base, language, now),
        "most_of_a_file": MOST_OF_A_FILE,
        "comments": lambda: comments(board, base),
        "writing": lambda: hint_views(sight, base),
        "silent_pane": lambda step: silent_pane(board, step, base),
        "drawn": lambda note, own: note_markup(language, note, on_screen=base is SCREEN, own=own),
        "ballots": lambda step: ballot_views(board, step, base, sight.here, language),
        "options": lambda kind, step="": option_views(board, kind, language, step),
        "queue": lambda: queue(board) if base is FACILITATORS else [],
        "here": HereLater(board, sight.here),
        "welcomed": cache(lambda: welcome_view(board, sight.here)),
        "gathered": sight.gathered,
        "calendar": f"/b/{board.id}/session.ics" if base is FACILITATORS else "",
        "hands": lambda: hands(board, sight.here) if base is FACILITATORS else [],
        "waiting_people": lambda: waiting(board, sight.here) if base is FACILITATORS else [],
        "people": lambda: people_views(board, sight.here) if base is FACILITATORS else [],
        "newest_people": lambda: newest_people(board, sight.here) if base is FACILITATORS else [],
        "spotlit": _spotlit(board, base),
        "hung": gallery_view(board, base),
        "links": links,
        "facilitates": base is FACILITATORS,
        "on_screen": base is SCREEN,
        "emoji": EMOJI,
        "moment": moment,
        "choices_of": {},
        "reasons_of": {},
        "most_of_a_reason": Limits().reason,
        "mine": frozenset(),
        **_of_nobody(),
    }


def _may_group(board: Board, step: str, base: Base) -> bool:
    """Are there controls for grouping? A page hides them from whoever only reads."""
    found = board.get(Step, step)
    return base is FACILITATORS or (base is EVERYONE and found is not None and found.group)


def _of_nobody() -> Context:
    """What only the page of one person fills: frames are the same bytes for a whole audience."""
    return {"command_id": str, "limits": Limits(), "look_back": "", "refused": NOT_REFUSED, "as_participant": False}


def _spotlit(board: Board, base: Base) -> Any:
    kind, _, id_ = board.now.spotlight.partition(":")
    named = board.get(Note, id_) if kind == "note" else None
    note = lives_in(board, named) if named is not None else None
    return note_view(board, note) if note is not None and may_see(board, note, base) else None


def own_context(board: Board, person_id: str) -> Context:
    """What is only this person's: their marks, and their notes that others do not see now."""
    person = board.get(Person, person_id)
    reacted: dict[str, list[str]] = {}
    for reaction in board.by(Reaction, person_id):
        reacted.setdefault(reaction.note, []).append(reaction.emoji)
    mine = [note for note in board.by(Note, person_id) if may_see(board, note, Only(person_id))]
    return {
        "board": board.id,
        "headline_ids": _headline_ids(board, person_id),
        "person": person,
        "writes": person is not None and person.role != "observer",
        "own_notes": own(board, person_id),
        "note_ids": [note.id for note in mine if not note.made_of],
        "comment_ids": [comment.id for comment in board.by(Comment, person_id)],
        "reacted": reacted,
        "votes": _votes(board, person) if person else {},
        **own_follow_up(board, person),
        "emoji": EMOJI,
        "moment": moment,
    }


def _headline_ids(board: Board, person_id: str) -> list[str]:
    """The headlines that this person proposed, and the versions that they said they write."""
    proposed = [each.id for each in board.by(Headline, person_id)]
    return proposed + [each.id for each in board.by(Claim, person_id)]


def _votes(board: Board, person: Person) -> dict[str, dict[str, Any]]:
    """By ballot: this voter's choices, the dots that are left, and whether they said that they have finished."""
    votes = {}
    for ballot in board.all(Ballot):
        if ballot.state != "open":
            continue
        voter = voter_of(ballot, person)
        cast = next((each for each in board.casts(ballot.id) if each.voter == voter), None)
        votes[ballot.id] = _vote(board, ballot, person, cast)
    return votes


def _as_asked(ballot: Ballot, cast: Cast) -> dict[str, int]:
    """The choices as a form sends them: what cannot be carried is -1, for nothing chosen would be 0."""
    return {ref: number or -1 if ballot.method == "consent" else number for ref, number in cast.choices.items()}


def _vote(board: Board, ballot: Ballot, person: Person, cast: Cast | None) -> dict[str, Any]:
    by = board.get(Person, cast.by) if cast and ballot.one_per == "place" and cast.by != person.id else None
    return {
        "choices": _as_asked(ballot, cast) if cast else {},
        "reasons": dict(cast.reasons) if cast else {},
        "left": dots_left(board, ballot, person),
        "done": cast.done if cast else False,
        "by": by.name if by else "",
    }
