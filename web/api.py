"""The board as programs read it: JSON, each list as the asker's audience may see it."""

from typing import Any

from app.board.audience import FACILITATORS, WAITING, Base, may_see
from app.board.board import Board
from app.board.casting import dots_left
from app.board.counting import Row, Tally, seen_tally, tally
from app.board.grouped import theme_of, themes
from app.board.groups import Group, groups_of
from app.board.merged import credits, lives_in
from app.board.records import Ballot, Note, Person, Step, Theme
from app.board.verdicts import verdict
from app.realtime.wire import Sight
from web.follow_up_api import actions_json, survey_json
from web.headlines_api import headlines_json
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
            "headlines": headlines_json(board, base),
            "ballots": [_ballot(board, each, base) for each in board.all(Ballot) if may_see(board, each, base)],
            "actions": actions_json(board, base),
            "survey": survey_json(board, base, person),
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
        "into": {note.id: lives_in(board, note).id for note in board.by(Note, person.id) if note.state == "merged"},
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
        "credits": [{"place": place, "country": country} for place, country in credits(board, note)],
        "made_of": [
            {"id": each.id, "text": each.text, "language": each.language, "place": each.place, "country": each.country}
            for each in view.made_of
        ],
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
    return {
        "id": ballot.id,
        "title": ballot.title,
        "method": ballot.method,
        "state": ballot.state,
        "round": ballot.round,
        "candidates": list(ballot.candidates),
        **({"tally": [_row(row) for row in counted.rows]} if counted else {}),
        **(_closed(board, ballot, counted) if counted and ballot.state == "closed" else {}),
    }


def _row(row: Row) -> dict[str, Any]:
    names = ("ref", "rank", "dots", "people", "places", "place_rank", "against", "against_places", "tied")
    return {name: getattr(row, name) for name in names} | {
        "by_place": dict(row.by_place),
        "by_person": dict(row.by_person),
        "on_behalf": dict(row.on_behalf),
        "reasons": [{"text": each.text, "who": each.who} for each in row.reasons],
    }


def _closed(board: Board, ballot: Ballot, counted: Tally) -> dict[str, Any]:
    """What is told of a ballot once it has closed, beside its rows."""
    groups = groups_of(board, ballot)
    return {
        "verdict": verdict(tally(board, ballot)),
        "winners": list(counted.winners),
        "turnout": {name: getattr(counted.turnout, name) for name in ("casts", "people", "places", "proxied")},
        "pairs": [{"first": one, "second": other, "people": n} for (one, other), n in counted.pairs.items()],
        "regions": [_group(each) for each in groups.regions],
        "languages": [_group(each) for each in groups.languages],
    }


def _group(group: Group) -> dict[str, Any]:
    return {"key": group.key, "voters": group.voters, "votes": dict(group.votes), "against": dict(group.against)}
