"""Knows how a board's past is swept in a database: entries and records rewritten, under a new epoch, all or nothing."""

from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, select, update

from app.board.entries import Entry
from app.board.forgetting import forgets
from app.store import statements
from app.store.forgetting import cleared_entry, words_of
from app.store.tables import BOARD, ENTRY, RECORDS

ENTRIES = select(ENTRY.c.seq, ENTRY.c.actor, ENTRY.c.digest, ENTRY.c.before, ENTRY.c.after).where(
    ENTRY.c.board_id == bindparam("board")
)
REWRITE = (
    update(ENTRY)
    .where(ENTRY.c.board_id == bindparam("board"), ENTRY.c.seq == bindparam("number"))
    .values(before=bindparam("old"), after=bindparam("new"), digest=bindparam("mark"))
)
RENEW = update(BOARD).where(BOARD.c.id == bindparam("board")).values(epoch=bindparam("life"))


def forgotten_by(entries: Iterable[Entry]) -> list[str]:
    """Whoever asked in these entries to be forgotten."""
    return [entry.actor for entry in entries if forgets(entry)]


def sweep(connection: Connection, board_id: str, person: str, puts: Mapping[str, Insert]) -> None:
    """Take the person's words out of everything that is kept of the board."""
    at = {"board": board_id}
    rows = [dict(row) for row in connection.execute(ENTRIES, at).mappings()]
    records = {
        f"{kind}/{row['id']}": dict(row)
        for kind, everything in statements.ALL.items()
        for row in connection.execute(everything, at).mappings()
    }
    words = words_of(person, rows, records)
    changed = [(row["seq"], left) for row in rows if (left := cleared_entry(words, row)) is not None]
    if changed:
        connection.execute(REWRITE, [_rewritten(board_id, seq, left) for seq, left in changed])
    for kind in RECORDS:
        _put(connection, puts[kind], words, {n: row for n, row in records.items() if n.startswith(f"{kind}/")})
    connection.execute(RENEW, {**at, "life": token_hex(8)})


def _rewritten(board_id: str, seq: int, left: Mapping[str, Any]) -> dict[str, Any]:
    return {"board": board_id, "number": seq, "old": left["before"], "new": left["after"], "mark": left["digest"]}


def _put(connection: Connection, put: Insert, words: Any, rows: Mapping[str, dict[str, Any]]) -> None:
    left = [(row, words.cleared(name, row)) for name, row in rows.items()]
    changed = [now for was, now in left if now != was]
    if changed:
        connection.execute(put, changed)
