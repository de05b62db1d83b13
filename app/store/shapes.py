"""Knows how a record becomes a row or JSON and comes back equal, for every kind of record alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, get_args, get_origin, get_type_hints

from app.board.entries import Entry, without_pen
from app.board.keeping import Page
from app.board.records import KINDS, About, Key, Record

Plain = Mapping[str, Any]
Restore = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of one kind, in their order, and how those come back that JSON cannot hold as they are."""

    kind: type[Record]
    names: tuple[str, ...]
    values: Callable[[Record], tuple[Any, ...]]
    restored: Mapping[str, Restore]


@cache
def shape(kind: str) -> Shape:
    """The shape of a kind of record."""
    cls = KINDS[kind]
    names = tuple(field.name for field in fields(cls))
    hints = get_type_hints(cls)
    found = {name: restoring(hints[name]) for name in names}
    return Shape(cls, names, attrgetter(*names), {name: how for name, how in found.items() if how})


def restoring(hint: Any) -> Restore | None:
    """How a value of this type comes back from JSON; None when it comes back as it is."""
    inner = [how for how in map(restoring, get_args(hint)) if how]
    if get_origin(hint) is tuple:
        one = inner[0] if inner else None
        return (lambda value: tuple(map(one, value))) if one else tuple
    if get_origin(hint) is not None and inner:
        how = inner[0]
        if issubclass(get_origin(hint), Mapping):
            return lambda value: {name: how(one) for name, one in value.items()}
        return lambda value: None if value is None else how(value)
    return None


def fields_of(record: Record) -> dict[str, Any]:
    """A record's fields by name, as they are."""
    form = shape(record.KIND)
    return dict(zip(form.names, form.values(record), strict=True))


def record_of(kind: str, values: Plain) -> Record:
    """The record with these fields; a field that is missing (the entry is older than it) has its default."""
    form = shape(kind)
    known = {name: values[name] for name in form.names if name in values}
    for name, how in form.restored.items():
        if name in known:
            known[name] = how(known[name])
    return form.kind(**known)


def records_json(records: Mapping[Key, Record | None]) -> dict[str, dict[str, Any] | None]:
    """Versions of records for an entry's JSON: {"kind/id": fields, or None where the record is gone}."""
    return {f"{kind}/{id_}": None if record is None else fields_of(record) for (kind, id_), record in records.items()}


def records_of(plain: Mapping[str, Plain | None]) -> dict[Key, Record | None]:
    """The inverse of `records_json`."""
    found: dict[Key, Record | None] = {}
    for name, values in plain.items():
        kind, _, id_ = name.partition("/")
        found[kind, id_] = None if values is None else record_of(kind, values)
    return found


def entry_row(board_id: str, entry: Entry) -> dict[str, Any]:
    """An entry as its row."""
    return {
        "board_id": board_id,
        "seq": entry.seq,
        "command_id": entry.id,
        "actor": entry.actor,
        "what": entry.what,
        "digest": entry.digest,
        "at": entry.at,
        "before": records_json(without_pen(entry.before)),
        "after": records_json(without_pen(entry.after)),
        "made": dict(entry.made),
    }


def entry_of(row: Plain) -> Entry:
    """The entry that a row holds."""
    return Entry(
        seq=row["seq"],
        id=row["command_id"],
        actor=row["actor"],
        what=row["what"],
        digest=row["digest"],
        at=row["at"],
        before=records_of(row["before"]),
        after=records_of(row["after"]),
        made=row["made"],
    )


# More new records of one kind than this never come of one entry; a board is cleared and copied with fewer.
ROOM = 1_000_000


@dataclass(slots=True)
class Rows:
    """What a batch of entries leaves of one kind: ids whose row goes, then rows that are put."""

    gone: list[str]
    put: list[dict[str, Any]]


def left_by(board_id: str, entries: Sequence[Entry]) -> dict[str, Rows]:
    """The rows as the last of the entries leaves them, by kind.

    A record that went and came back is deleted and put, because it comes back as the newest of its kind.
    """
    last: dict[Key, tuple[int, Record | None]] = {}
    went: set[Key] = set()
    for entry in entries:
        for nth, (at, record) in enumerate(entry.after.items()):
            if record is None:
                went.add(at)
            came = last[at][0] if at in last and last[at][1] else entry.seq * ROOM + nth
            last[at] = (came, record)
    return _by_kind(board_id, last.items(), went)


def _by_kind(board_id: str, last: Iterable[tuple[Key, tuple[int, Record | None]]], went: set[Key]) -> dict[str, Rows]:
    kinds: dict[str, Rows] = {}
    for at, (came, record) in last:
        rows = kinds.setdefault(at[0], Rows([], []))
        if at in went:
            rows.gone.append(at[1])
        if record is not None:
            rows.put.append({"board_id": board_id, "came": came, **fields_of(record)})
    return kinds


def first_rows(board_id: str, records: Iterable[Record]) -> dict[str, list[dict[str, Any]]]:
    """The rows of a board that is new, by kind."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for nth, record in enumerate(records):
        row = {"board_id": board_id, "came": nth, **fields_of(record)}
        kinds.setdefault(record.KIND, []).append(row)
    return kinds


def page_row(board_id: str, page: Page) -> dict[str, Any]:
    """A page of a file as its row."""
    return {
        "board_id": board_id,
        "id": page.file,
        "page": page.number,
        "size": page.size,
        "type": page.type,
        "content": page.content,
        "left_at": None,
    }


def page_of(row: Plain) -> Page:
    """The page that a row holds."""
    return Page(file=row["id"], number=row["page"], size=row["size"], type=row["type"], content=bytes(row["content"]))


def new_title(entries: Sequence[Entry]) -> str | None:
    """What the last of these entries called the board, or None when none of them did."""
    named = [record.title for entry in entries for record in entry.after.values() if isinstance(record, About)]
    return named[-1] if named else None


def require_dense(before: int, entries: Sequence[Entry]) -> None:
    """ValueError unless the entries are the seqs that follow `before`, and at least one."""
    if not entries or [entry.seq for entry in entries] != list(range(before + 1, before + 1 + len(entries))):
        raise ValueError(f"seqs {[entry.seq for entry in entries]} do not follow {before}")
