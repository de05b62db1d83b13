"""The board as programs read it: JSON, each list as the asker's audience may see it."""

from typing import Any

from app.board.audience import FACILITATORS, WAITING, Base, may_see
from app.board.board import Board
from app.board.casting import dots_left
from app.board.counting import seen_tally
from app.board.grouped import theme_of, themes
from app.board.records import Ballot, Note, Person, Step, Theme
from app.realtime.wire import Sight
from web.views.comments import CommentView, comments
from web.views.notes import note_view


def board_json(sight: Sight, base: Base, person: Person) -> dict[str, Any]:
    """The fields of `docs/protocol.md`; who waits sees who they are and nothing else."""
    board = sight.board
    shared: dict[str, Any] = {
        "board": board.id,
        "seq": board.seq,
        "epoch": board.epoch,
        "title": board.about.title,
        "rehearsal": board.about.rehearsal,
        "me": _me(board, person),
    }
    if base is WAITING:
        return shared
    people = {"people": [_person(each, sight) for each in board.people()]} if base is FACILITATORS else {}
    return (
        shared
        | people
        | {
            "starts_at": board.about.starts_at,
            "zone": board.about.zone,
            "steps": [_step(step) for step in board.steps],
            "step": board.now.step,
            "timer": {"ends_at": board.timer.ends_at, "left": board.timer.left},
            "notes": [_note(board, note) for note in board.all(Note) if may_see(board, note, base)],
            "comments": [_comment(each) for each in comments(board, base)],
            "themes": [
                _theme(each) for step in board.steps for each in themes(board, step.id) if may_see(board, each, base)
            ],
            "headlines": [],
            "ballots": [_ballot(board, each, base) for each in board.all(Ballot) if may_see(board, each, base)],
        }
    )


def _me(board: Board, person: Person) -> dict[str, Any]:
    seen = board.all(Ballot) if person.state == "here" else []
    open_ballots = [ballot for ballot in seen if ballot.state == "open"]
    return {
        "person": person.id,
        "role": person.role,
        "state": person.state,
        "place": person.place,
        "dots_left": {ballot.id: dots_left(board, ballot, person) for ballot in open_ballots},
    }


def _person(person: Person, sight: Sight) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "place": person.place,
        "country": person.country,
        "role": person.role,
        "state": person.state,
        "muted": person.muted,
        "here": person.id in sight.here,
    }


def _step(step: Step) -> dict[str, Any]:
    names = ("id", "kind", "minutes", "silent", "approve_first", "anonymous", "write", "react", "group")
    return {name: getattr(step, name) for name in names} | {
        "title": dict(step.title),
        "prompt": dict(step.prompt),
    }


def _theme(theme: Theme) -> dict[str, Any]:
    return {"id": theme.id, "step": theme.step, "title": theme.title, "seq": theme.seq}


def _note(board: Board, note: Note) -> dict[str, Any]:
    view = note_view(board, note)
    return {
        "id": view.id,
        "step": view.step,
        "text": view.text,
        "language": view.language,
        "place": view.place,
        "country": view.country,
        "theme": theme.id if (theme := theme_of(board, note)) else None,
        "state": view.state,
        "reactions": {emoji: count for emoji, count in view.reactions if count},
        "seq": view.seq,
        "pinned": view.pinned,
        "late": view.late,
        "translations": [
            {"language": each.language, "text": each.text, "place": each.place, "outdated": each.outdated}
            for each in view.translations
        ],
        **({"author": view.author} if view.author else {}),
    }


def _comment(view: CommentView) -> dict[str, Any]:
    """Of an unsigned one neither who wrote it nor when."""
    return {
        "id": view.id,
        "note": view.note,
        "text": view.text,
        "language": view.language,
        "place": view.place,
        "country": view.country,
        "state": view.state,
        "seq": view.seq,
        **({"author": view.author, "at": view.at} if view.signed else {}),
    }


def _ballot(board: Board, ballot: Ballot, base: Base) -> dict[str, Any]:
    counted = seen_tally(board, ballot, base)
    rows = [{"ref": row.ref, "dots": row.dots, "rank": row.rank} for row in counted.rows] if counted else None
    return {
        "id": ballot.id,
        "title": ballot.title,
        "method": ballot.method,
        "state": ballot.state,
        "round": ballot.round,
        "candidates": list(ballot.candidates),
        **({"tally": rows} if rows is not None else {}),
    }
