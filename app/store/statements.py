"""Knows the sentences that are said to the database, each made once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    column,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from app.store.tables import BOARD, ENTRY, FILE, RECORDS

NEW_BOARD: Insert = insert(BOARD)
NEW_ENTRY: Insert = insert(ENTRY)
NEW_RECORD: Mapping[str, Insert] = {kind: insert(rows) for kind, rows in RECORDS.items()}

ADVANCE: Update = (
    update(BOARD)
    .where(
        BOARD.c.id == bindparam("board"),
        BOARD.c.seq == bindparam("before"),
        or_(BOARD.c.epoch == bindparam("life"), bindparam("life") == ""),
    )
    .values(
        seq=bindparam("after"),
        active_at=bindparam("at"),
        title=func.coalesce(bindparam("name"), BOARD.c.title),
        code_hash=func.coalesce(bindparam("code"), BOARD.c.code_hash),
    )
)
RENEW: Update = (
    update(BOARD).where(BOARD.c.id == bindparam("board")).values(epoch=bindparam("life"), active_at=bindparam("now"))
)
ERASE: Delete = delete(BOARD).where(BOARD.c.id == bindparam("board"))
ERASE_UNUSED: Delete = ERASE.where(BOARD.c.active_at <= bindparam("unused_since"))
REMOVE: Mapping[str, Delete] = {
    kind: delete(rows).where(rows.c.board_id == bindparam("board"), rows.c.id == bindparam("record"))
    for kind, rows in RECORDS.items()
}

PAGE: Select[Any] = select(FILE).where(
    FILE.c.board_id == bindparam("board"),
    FILE.c.id == bindparam("file"),
    FILE.c.page == bindparam("number"),
    FILE.c.size == bindparam("large_or_small"),
)
WEIGHT: Select[Any] = select(func.coalesce(func.sum(func.length(FILE.c.content)), 0).label("bytes")).where(
    FILE.c.board_id == bindparam("board")
)
_STAGE = RECORDS["stage"]
_CAMPAIGN = RECORDS["campaign"]
_SHOWN = or_(
    exists().where(_STAGE.c.board_id == FILE.c.board_id, _STAGE.c.file == FILE.c.id),
    exists().where(_CAMPAIGN.c.board_id == FILE.c.board_id, _CAMPAIGN.c.logo == FILE.c.id),
)
FILES_BACK: Update = update(FILE).where(FILE.c.left_at.is_not(None), _SHOWN).values(left_at=None)
FILES_LEFT: Update = update(FILE).where(FILE.c.left_at.is_(None), ~_SHOWN).values(left_at=bindparam("now"))
FILES_GONE: Delete = delete(FILE).where(FILE.c.left_at < bindparam("before"))

VERSION: Select[Any] = select(column("version_num")).select_from(table("alembic_version"))
HEAD: Select[Any] = select(BOARD.c.seq, BOARD.c.epoch).where(BOARD.c.id == bindparam("board"))
# Not FOR UPDATE: what refers to the board, a page of a file, is kept meanwhile.
TURN: Select[Any] = HEAD.with_for_update(key_share=True)
HEADS: Select[Any] = select(BOARD.c.id, BOARD.c.seq, BOARD.c.epoch).where(
    BOARD.c.id.in_(bindparam("boards", expanding=True))
)
BOARDS: Select[Any] = select(
    BOARD.c.id, BOARD.c.title, BOARD.c.seq, BOARD.c.epoch, BOARD.c.created_at, BOARD.c.active_at
).order_by(BOARD.c.active_at.desc(), BOARD.c.id)
BY_CODE: Select[Any] = select(BOARD.c.id).where(BOARD.c.code_hash == bindparam("code"))
SINCE: Select[Any] = (
    select(ENTRY).where(ENTRY.c.board_id == bindparam("board"), ENTRY.c.seq > bindparam("since")).order_by(ENTRY.c.seq)
)
NEWS: Select[Any] = SINCE.limit(bindparam("most"))
_VERSION = RECORDS["version"]
PENS: Select[Any] = select(_VERSION).where(
    _VERSION.c.board_id == bindparam("board"), _VERSION.c.id.in_(bindparam("versions", expanding=True))
)
ONE_ENTRY: Select[Any] = select(ENTRY).where(ENTRY.c.board_id == bindparam("board"), ENTRY.c.seq == bindparam("at"))
NEWEST: Select[Any] = (
    select(ENTRY)
    .where(ENTRY.c.board_id == bindparam("board"), ENTRY.c.seq < bindparam("before"))
    .order_by(ENTRY.c.seq.desc())
    .limit(bindparam("most"))
)
ANSWERS: Select[Any] = select(ENTRY.c.actor, ENTRY.c.command_id, ENTRY.c.seq, ENTRY.c.digest, ENTRY.c.made).where(
    ENTRY.c.board_id == bindparam("board")
)
ALL: Mapping[str, Select[Any]] = {
    kind: select(rows).where(rows.c.board_id == bindparam("board")).order_by(rows.c.came, rows.c.id)
    for kind, rows in RECORDS.items()
}


def puts(dialect: str) -> Mapping[str, Insert]:
    """For each kind: put a record's row whether it is new or not. A row that is there keeps when it came."""
    return {kind: _put(dialect, rows) for kind, rows in RECORDS.items()}


def put_page(dialect: str) -> Insert:
    """Put one page of a file, whether it is there or not."""
    return _put(dialect, FILE)


def _put(dialect: str, rows: Table) -> Insert:
    new = postgresql.insert(rows) if dialect == "postgresql" else sqlite.insert(rows)
    named = [each.name for each in rows.primary_key]
    changed = {each.name: new.excluded[each.name] for each in rows.c if each.name not in (*named, "came")}
    return new.on_conflict_do_update(index_elements=named, set_=changed)
