"""The results written down for other programs and for people: JSON, CSV and Markdown."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from app.board.board import Board
from app.board.records import Note
from app.outcomes.results import Counted, Results

Say = Callable[[str], str]
# A spreadsheet runs a cell that begins like this (OWASP, "CSV Injection"); full-width ones count too.
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
COLUMNS = ("step", "note", "text", "language", "place", "country", "reactions", "rank", "late", "written")


def as_json(board: Board, results: Results, language: str, say: Say) -> str:
    """The board's title, agenda, notes, ballots and places, with the ids of the live board."""
    written = {
        "board": board.id,
        "title": board.about.title,
        "steps": [
            {"id": step.id, "kind": step.kind, "title": dict(step.title), "prompt": dict(step.prompt)}
            for step in board.steps
        ],
        "notes": [_note(row.note, row.reactions, row.rank) for rows in results.steps.values() for row in rows],
        "ballots": [_ballot(counted) for counted in results.ballots],
        "places": [{"place": s.place, "country": s.country, "notes": s.notes} for s in results.spoke],
        "countries": results.countries,
    }
    return json.dumps(written, ensure_ascii=False, indent=2)


def _note(note: Note, reactions: int, rank: int) -> dict[str, Any]:
    return {
        "id": note.id,
        "step": note.step,
        "text": note.text,
        "language": note.language,
        "place": note.place,
        "country": note.country,
        "reactions": reactions,
        "rank": rank,
        "late": note.late,
        "written": _when(note.created_at),
    }


def _ballot(counted: Counted) -> dict[str, Any]:
    ballot, tally = counted.ballot, counted.tally
    return {
        "id": ballot.id,
        "title": ballot.title,
        "method": ballot.method,
        "round": ballot.round,
        "after_results": ballot.after_results,
        "one_per": ballot.one_per,
        "secrecy": ballot.secrecy,
        "tie_rule": ballot.tie_rule,
        "people": tally.turnout.people,
        "places": tally.turnout.places,
        "tally": [
            {
                "note": row.ref.removeprefix("note:"),
                "text": counted.notes[row.ref].text,
                "dots": row.dots,
                "rank": row.rank,
                "people": row.people,
                "places": row.places,
            }
            for row in tally.rows
        ],
    }


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def inert(cell: str) -> str:
    """The cell as a spreadsheet shows it and never runs it."""
    return f"'{cell}" if cell.startswith(ACTIVE) else cell


def as_csv(board: Board, results: Results, language: str, say: Say) -> str:
    """One row a note, with a header; begins with a byte order mark, because spreadsheets ask for one."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    titles = {step.id: _said(step.title, language) for step in board.steps}
    for step, rows in results.steps.items():
        for row in rows:
            note = _note(row.note, row.reactions, row.rank) | {"step": titles[step], "note": row.note.id}
            writer.writerow([inert(str(note[name])) for name in COLUMNS])
    return "\ufeff" + out.getvalue()


def as_markdown(board: Board, results: Results, language: str, say: Say) -> str:
    """The results to be read: tallies first, then the notes of each step, then who spoke."""
    lines = [f"# {_plain(board.about.title)}", ""]
    for counted in results.ballots:
        lines += [f"## {_plain(counted.ballot.title or say('Vote'))}", ""]
        for row in counted.tally.rows:
            lines.append(f"{row.rank}. {_plain(counted.notes[row.ref].text)} — **{row.dots}**")
        lines.append("")
    for step in board.steps:
        rows = results.steps[step.id]
        if rows:
            lines += [f"## {_plain(_said(step.title, language))}", ""]
            lines += [f"- {_plain(row.note.text)}{_signature(row.note)}{_liked(row.reactions)}" for row in rows]
            lines.append("")
    if results.spoke:
        lines += [f"## {say('Who spoke')}", ""]
        lines += [f"- {_plain(each.place)} ({each.notes})" for each in results.spoke]
        lines.append("")
    return "\n".join(lines)


def _said(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _signature(note: Note) -> str:
    return f" — {_plain(note.place)}" if note.place else ""


def _liked(reactions: int) -> str:
    return f" · ♥ {reactions}" if reactions else ""


def _plain(text: str) -> str:
    """A person's text as Markdown text: what would be a mark is escaped, and it stays on one line."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", " ".join(text.split()))
