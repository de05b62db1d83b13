"""The results written down for other programs and for people: JSON, CSV and Markdown."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from app.board.board import Board
from app.board.records import Comment, Note, Translation
from app.outcomes.results import Counted, Ranked, Results

Say = Callable[[str], str]
# A spreadsheet runs a cell that begins like this (OWASP, "CSV Injection"); full-width ones count too.
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
COLUMNS = ("step", "note", "text", "language", "place", "country", "reactions", "rank", "late", "written")
ADDED = ("translations", "comments")


def as_json(board: Board, results: Results, language: str, say: Say) -> str:
    """The board's title, agenda, notes, ballots and places, with the ids of the live board."""
    written = {
        "board": board.id,
        "title": board.about.title,
        "rehearsal": board.about.rehearsal,
        "steps": [
            {"id": step.id, "kind": step.kind, "title": dict(step.title), "prompt": dict(step.prompt)}
            for step in board.steps
        ],
        "notes": [_note(row) | _added(row) for rows in results.steps.values() for row in rows],
        "ballots": [_ballot(counted) for counted in results.ballots],
        "places": [{"place": s.place, "country": s.country, "notes": s.notes} for s in results.spoke],
        "countries": results.countries,
    }
    return json.dumps(written, ensure_ascii=False, indent=2)


def _note(row: Ranked) -> dict[str, Any]:
    note = row.note
    return {
        "id": note.id,
        "step": note.step,
        "text": note.text,
        "language": note.language,
        "place": note.place,
        "country": note.country,
        "reactions": row.reactions,
        "rank": row.rank,
        "late": note.late,
        "written": _when(note.created_at),
    }


def _added(row: Ranked) -> dict[str, Any]:
    """What others added to the note. When an unsigned comment was written is told nowhere."""
    return {
        "translations": [
            {"language": each.language, "text": each.text, "place": each.place} for each in row.translations
        ],
        "comments": [
            {"text": each.text, "language": each.language, "place": each.place, "country": each.country}
            for each in row.comments
        ],
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
    """One row a note, with a header; begins with a byte order mark, because spreadsheets ask for one.

    Translations and comments stand one to a line in cells of their own.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*COLUMNS, *ADDED))
    titles = {step.id: _said(step.title, language) for step in board.steps}
    for step, rows in results.steps.items():
        for row in rows:
            note = _note(row) | {"step": titles[step], "note": row.note.id}
            translated = "\n".join(f"{each.language}: {each.text}" for each in row.translations)
            said = "\n".join(f"{each.place}: {each.text}" if each.place else each.text for each in row.comments)
            writer.writerow([inert(str(note[name])) for name in COLUMNS] + [inert(translated), inert(said)])
    return "\ufeff" + out.getvalue()


def as_markdown(board: Board, results: Results, language: str, say: Say) -> str:
    """The results to be read: tallies first, then the notes of each step, then who spoke."""
    lines = [f"# {_plain(board.about.title)}", ""]
    if board.about.rehearsal:
        lines += [f"**{say('Rehearsal')}**", ""]
    for counted in results.ballots:
        lines += [f"## {_plain(counted.ballot.title or say('Vote'))}", ""]
        for row in counted.tally.rows:
            lines.append(f"{row.rank}. {_plain(counted.notes[row.ref].text)} — **{row.dots}**")
        lines.append("")
    for step in board.steps:
        rows = results.steps[step.id]
        if rows:
            lines += [f"## {_plain(_said(step.title, language))}", ""]
            lines += [line for each in rows for line in _listed(each)]
            lines.append("")
    if results.spoke:
        lines += [f"## {say('Who spoke')}", ""]
        lines += [f"- {_plain(each.place)} ({each.notes})" for each in results.spoke]
        lines.append("")
    return "\n".join(lines)


def _listed(row: Ranked) -> Iterator[str]:
    """A note, and beneath it its translations and comments."""
    yield f"- {_plain(row.note.text)}{_signature(row.note)}{_liked(row.reactions)}"
    yield from (f"    - *{_plain(each.language)}:* {_plain(each.text)}{_signature(each)}" for each in row.translations)
    yield from (f"    - {_plain(each.text)}{_signature(each)}" for each in row.comments)


def _said(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _signature(written: Note | Comment | Translation) -> str:
    return f" — {_plain(written.place)}" if written.place else ""


def _liked(reactions: int) -> str:
    return f" · ♥ {reactions}" if reactions else ""


def _plain(text: str) -> str:
    """A person's text as Markdown text: what would be a mark is escaped, and it stays on one line."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", " ".join(text.split()))
