"""Reads what a writer's yjs says (update format, version 1) before it is believed: plain text, and nothing ahead of us.

The format is that of yjs 13 (`Y.encodeStateAsUpdate`). A library that trusts its length fields sets aside as much
memory as twenty bytes ask for; so nothing reaches it that was not read here first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

TEXT = "text"
DELETED, STRING = 1, 4
LEFT, RIGHT, UNDER = 0x80, 0x40, 0x20
# yjs draws 32 bits for who writes, others draw 53.
MOST_OF_AN_ID = 2**53
MOST_OF_A_NUMBER = 8


class NotUnderstood(Exception):
    """No message of this protocol, or an update of something else than plain text that follows what is here."""


@dataclass(slots=True)
class Reader:
    """The numbers and texts of a message, one after the other; NotUnderstood where it ends too early."""

    message: bytes
    at: int = 0

    def number(self) -> int:
        """An unsigned number, seven bits to a byte, the lowest first."""
        number = 0
        for shift in range(0, 7 * MOST_OF_A_NUMBER, 7):
            byte = self.byte()
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
        raise NotUnderstood

    def byte(self) -> int:
        """One byte."""
        if self.at >= len(self.message):
            raise NotUnderstood
        self.at += 1
        return self.message[self.at - 1]

    def bytes(self) -> bytes:
        """So many bytes as the number before them says."""
        size = self.number()
        if size > len(self.message) - self.at:
            raise NotUnderstood
        self.at += size
        return self.message[self.at - size : self.at]

    def text(self) -> str:
        """The same as UTF-8."""
        try:
            return self.bytes().decode()
        except UnicodeDecodeError:
            raise NotUnderstood from None

    def rows(self) -> Iterator[None]:
        """So many rows as the number before them says; each has a byte at least."""
        for _ in range(self.number()):
            if self.at >= len(self.message):
                raise NotUnderstood
            yield

    def end(self) -> None:
        """Nothing comes after this."""
        if self.at != len(self.message):
            raise NotUnderstood


def number(value: int) -> bytes:
    """The inverse of `Reader.number`."""
    written = bytearray()
    while value >= 0x80:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*written, value))


def sized(said: bytes) -> bytes:
    """The inverse of `Reader.bytes`."""
    return number(len(said)) + said


def vector(state: bytes) -> dict[int, int]:
    """How much is known of each writer, in UTF-16 units as yjs counts."""
    reader = Reader(state)
    known = {}
    for _ in reader.rows():
        writer = reader.number()
        known[writer] = reader.number()
    reader.end()
    return known


@dataclass(slots=True)
class Update:
    """How far it brings each writer, how many UTF-16 units of text in it were not known, and whose they are."""

    ends: dict[int, int] = field(default_factory=dict)
    fresh: int = 0
    writes: set[int] = field(default_factory=set)


def read(update: bytes, known: Mapping[int, int]) -> Update:
    """What is in it; NotUnderstood where it is no plain text, or does not follow what is `known`."""
    reader, found = Reader(update), Update()
    references: list[tuple[int, int]] = []
    for _ in reader.rows():
        _read_writer(reader, known, found, references)
    for _ in reader.rows():
        writer = reader.number()
        for _ in reader.rows():
            first, size = reader.number(), reader.number()
            if not size:
                raise NotUnderstood
            references.append((writer, first + size - 1))
    reader.end()
    if any(at >= max(known.get(writer, 0), found.ends.get(writer, 0)) for writer, at in references):
        raise NotUnderstood
    return found


def _read_writer(reader: Reader, known: Mapping[int, int], found: Update, references: list[tuple[int, int]]) -> None:
    count = reader.number()
    writer, clock = reader.number(), reader.number()
    if writer in found.ends or writer >= MOST_OF_AN_ID or clock > known.get(writer, 0) or not count:
        raise NotUnderstood
    for _ in range(count):
        references += _place(reader, head := reader.byte())
        size = _size(reader, head & 0x1F)
        if not size:
            raise NotUnderstood
        clock += size
    found.ends[writer] = clock
    fresh = clock - known.get(writer, 0)
    if fresh > 0:
        found.fresh += fresh
        found.writes.add(writer)


def _place(reader: Reader, head: int) -> list[tuple[int, int]]:
    """Between which characters it stands; where there are none, it must be in the text itself."""
    if head & UNDER:
        raise NotUnderstood
    named = [(reader.number(), reader.number()) for side in (LEFT, RIGHT) if head & side]
    if not named and (reader.number() != 1 or reader.text() != TEXT):
        raise NotUnderstood
    return named


def _size(reader: Reader, kind: int) -> int:
    """How many UTF-16 units: of a text, or of one that is gone."""
    if kind == STRING:
        return len(reader.text().encode("utf-16-le")) // 2
    if kind == DELETED:
        return reader.number()
    raise NotUnderstood


def erasing(ranges: Sequence[tuple[int, int, int]]) -> bytes:
    """An update that deletes this: of each writer, from which unit to before which."""
    of = {writer: [each[1:] for each in ranges if each[0] == writer] for writer, _, _ in ranges}
    rows = b"".join(
        number(writer) + number(len(own)) + b"".join(number(first) + number(last - first) for first, last in own)
        for writer, own in of.items()
    )
    return number(0) + number(len(of)) + rows
