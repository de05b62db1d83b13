"""Knows how a person's words are taken out of what a board keeps: out of every entry and record, numbers unmoved.

It works on rows as they are kept. Theirs is what stands in their own records, and what their commands put anywhere
where people write. Where others quote it word for word, the quote goes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.board.forgetting import FORGOTTEN
from app.board.records import KINDS

Fields = Mapping[str, Any]
Versions = Mapping[str, Fields | None]

# By kind, the fields in which people write. What facilitators prepare is the session's, and nobody's own.
WRITTEN: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("name", "place", "place_id", "country"),
    "note": ("text", "reason_text"),
    "comment": ("text",),
    "translation": ("text",),
    "theme": ("title",),
    "version": ("text",),
    "action": ("text", "owner"),
    "answers": ("given",),
    "cast": ("reasons",),
}
# Where a quote may stand that somebody else put there.
SHOWN: Final = {"now": ("announcement",), "stage": ("title", "text"), "cue": ("text",), "ballot": ("title",)}
QUOTING: Final[Mapping[str, tuple[str, ...]]] = {**WRITTEN, **SHOWN}
PLACED: Final = ("note", "comment", "translation", "headline", "version", "claim", "action", "answers")
# A shorter one may be anybody's: "Yes" is nobody's word.
QUOTE: Final = 8
NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Words:
    """What a person wrote, the longest first, what they were called, and which records of others they wrote in.

    `nameless` are votes whose place has no name any more, and what stands there instead.
    """

    person: str
    written: tuple[str, ...]
    names: frozenset[str]
    touched: frozenset[str]
    nameless: Mapping[str, str]

    def cleared(self, name: str, fields: Fields | None) -> dict[str, Any] | None:
        """A record without the words; `name` is "kind/id"."""
        if fields is None:
            return None
        kind = name.partition("/")[0]
        own = _is_own(name, fields, self.person)
        theirs = own or name in self.touched
        left = dict(fields)
        for field in QUOTING.get(kind, ()):
            if field in left:
                left[field] = self._without(left[field], whole=theirs and field in WRITTEN.get(kind, ()))
        if kind == "person" and own:
            left |= {"name": FORGOTTEN, "place": "", "place_id": "", "country": ""}
        if kind in PLACED and own:
            left |= {field: "" for field in ("place", "country") if field in left}
        if name in self.nameless and left["place"]:
            left["place"] = self.nameless[name]
        if kind == "version" and left.get("pen"):
            left["pen"] = ""
        return left

    def _without(self, value: Any, *, whole: bool) -> Any:
        if isinstance(value, Mapping):
            return {name: self._without(one, whole=whole) for name, one in value.items()}
        if not isinstance(value, str) or not value:
            return value
        if value in self.names or (whole and value in self.written):
            return FORGOTTEN
        for words in self.written:
            if len(words) >= QUOTE and words in value:
                value = value.replace(words, FORGOTTEN)
        return value


def words_of(person: str, entries: Sequence[Fields], records: Mapping[str, Fields]) -> Words:
    """Everything that they ever wrote, by entries (rows) and records ({"kind/id": fields})."""
    written: set[str] = set()
    names: set[str] = set()
    touched: set[str] = set()
    for name, fields in _all(person, entries, records):
        kind, _, id_ = name.partition("/")
        if kind == "person":
            if id_ == person:
                names.add(str(fields.get("name", "")))
            continue
        put = {words for field in WRITTEN.get(kind, ()) for words in _strings(fields.get(field))}
        touched |= {name} if put else set()
        written |= put
    said = sorted(written - {"", FORGOTTEN}, key=len, reverse=True)
    called = frozenset(name for name in names - {FORGOTTEN} if len(name) >= NAME)
    return Words(person, tuple(said), called, frozenset(touched), dict(_nameless(person, entries, records)))


def _nameless(person: str, entries: Iterable[Fields], records: Mapping[str, Fields]) -> Iterator[tuple[str, str]]:
    """Votes as the board has them; and theirs that it has no more, of which nothing is counted for any place."""
    for name, fields in _were_there(entries):
        if name.startswith("cast/") and name not in records and fields["voter"] == person:
            yield name, FORGOTTEN
    for name, fields in records.items():
        if name.startswith("cast/") and str(fields["place"]).startswith(FORGOTTEN):
            yield name, fields["place"]


def _were_there(entries: Iterable[Fields]) -> Iterator[tuple[str, Fields]]:
    for entry in entries:
        for versions in (entry["before"], entry["after"]):
            yield from ((name, fields) for name, fields in versions.items() if fields is not None)


def _all(person: str, entries: Iterable[Fields], records: Mapping[str, Fields]) -> Iterator[tuple[str, Fields]]:
    for name, fields in _were_there(entries):
        if _is_own(name, fields, person):
            yield name, _by_author(fields)
    for entry in entries:
        if entry["actor"] == person:
            yield from _put(entry["before"], entry["after"])
    for name, fields in records.items():
        if _is_own(name, fields, person):
            yield name, _by_author(fields)


def _by_author(fields: Fields) -> Fields:
    """Why a note was sent back is a facilitator's word."""
    return {name: value for name, value in fields.items() if name != "reason_text"}


def _put(before: Versions, after: Versions) -> Iterator[tuple[str, Fields]]:
    """What the command itself put there."""
    for name, fields in after.items():
        was = before.get(name) or {}
        if fields is not None and not name.startswith("person/"):
            yield name, {field: value for field, value in fields.items() if value != was.get(field)}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


def _is_own(name: str, fields: Fields, person: str) -> bool:
    kind, _, id_ = name.partition("/")
    if kind == "person":
        return id_ == person
    by = KINDS[kind].BY
    return by is not None and fields.get(by) == person


def cleared_entry(words: Words, row: Fields) -> dict[str, Any] | None:
    """The row's fields that change; None where there is nothing of theirs in it.

    A digest tells a command apart by its words: theirs go too.
    """
    left: dict[str, Any] = {
        side: {name: words.cleared(name, fields) for name, fields in row[side].items()} for side in ("before", "after")
    }
    left["digest"] = "" if row["actor"] == words.person else row["digest"]
    return left if any(left[name] != row[name] for name in left) else None
