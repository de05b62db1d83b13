"""Frames: the stale parts of a board, each drawn as it is now, once for each audience, and told to every connection."""

import json
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping

from app.board.audience import Base
from app.board.board import Board
from app.board.parts import Part
from app.realtime.connection import NO_SEAT, REMOVED, Connection
from app.realtime.wire import END, Drawing, Sight

REFRESH = json.dumps({"refresh": True})
OWN = ("mine", "own")
# Different drawings for who comes back, at the same time: pages that stood at so many different numbers.
MOST_KEPT = 32


def owner(part: Part) -> str:
    """The person whose own part this is, or ""."""
    kind, _, person = part.partition("/")
    return person if kind in OWN else ""


class Audiences:
    """Who listens to one board, by audience and language, and the bytes that each of them gets."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._groups: dict[tuple[Base, str], set[Connection]] = defaultdict(set)
        self._persons: dict[str, set[Connection]] = defaultdict(set)
        self._kept: dict[Hashable, str] = {}
        self._kept_of: tuple[Board, int, str, int, Mapping[str, tuple[str, ...]]] | None = None

    def __len__(self) -> int:
        return sum(map(len, self._groups.values()))

    def all(self) -> list[Connection]:
        """Every connection."""
        return [each for group in self._groups.values() for each in group]

    def add(self, connection: Connection) -> None:
        """Count the connection in, under its audience and language as they are now."""
        self._groups[connection.base, connection.language].add(connection)
        if connection.person:
            self._persons[connection.person].add(connection)

    def drop(self, connection: Connection) -> None:
        """Count it out; dropping it twice is harmless."""
        group = self._groups.get((connection.base, connection.language), set())
        group.discard(connection)
        if not group:
            self._groups.pop((connection.base, connection.language), None)
        persons = self._persons.get(connection.person, set())
        persons.discard(connection)
        if not persons:
            self._persons.pop(connection.person, None)

    def of_audience(self, base: Base) -> int:
        """How many connections an audience has."""
        return sum(len(group) for (each, _), group in self._groups.items() if each is base)

    def of(self, person: str) -> list[Connection]:
        """The open tabs of a person."""
        return list(self._persons.get(person, ()))

    def tell(self, sight: Sight, parts: Collection[Part], *, after: int) -> int:
        """One frame to everybody: what went stale after `after`. Who has stale parts of their own gets them in it.

        Answers the bytes of what is everybody's, for all lines together.
        """
        self._kept.clear()
        written = 0
        shared = [part for part in parts if not owner(part)]
        owned: dict[str, list[Part]] = defaultdict(list)
        for part in parts:
            if owner(part) in self._persons:
                owned[owner(part)].append(part)
        for (base, language), group in self._groups.items():
            content = self._drawing.shared(sight, shared, base, language) if shared else ""
            text = frame(sight, content, after)
            written += len(text.encode()) * len(group)
            for each in list(group):
                mine = owned.get(each.person)
                if mine:
                    each.line.tell(text, escaped(self._own(sight, mine, each)))
                else:
                    each.line.tell(text)
        return written

    def _own(self, sight: Sight, parts: Collection[Part], connection: Connection) -> str:
        if connection.base is Base.WAITING:
            return ""
        return self._drawing.own(sight, parts, connection.person, connection.language)

    def missed(self, sight: Sight, parts: Collection[Part], connection: Connection, *, after: int) -> tuple[str, str]:
        """The frame for one connection that comes back, and its own for before its end (`Line.tell`).

        The frame has the parts that went stale meanwhile, as they are now.
        """
        mine = [part for part in parts if connection.person and owner(part) == connection.person]
        text = self._missed(sight, frozenset(part for part in parts if not owner(part)), connection, after)
        return text, escaped(self._own(sight, mine, connection)) if mine else ""

    def _missed(self, sight: Sight, shared: frozenset[Part], connection: Connection, after: int) -> str:
        """After a restart thousands come back who lack the same: it is drawn once for each audience and language.

        Kept until anything is told: who is here changes with each of them, and that is told within a second.
        """
        now = (sight.board, sight.board.seq, sight.board.epoch, sight.gathered, sight.writing)
        if self._kept_of is None or now[0] is not self._kept_of[0] or now[1:] != self._kept_of[1:]:
            self._kept.clear()
            self._kept_of = (*now[:-1], dict(sight.writing))
        key = connection.base, connection.language, after, shared
        text = self._kept.get(key)
        if text is None:
            base, language = connection.base, connection.language
            text = frame(sight, self._drawing.shared(sight, shared, base, language) if shared else "", after)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = text
        return text

    def say(self, text: str) -> None:
        """The same text to everybody."""
        self._kept.clear()
        for connection in self.all():
            connection.line.tell(text)

    def reseat(self, sight: Sight, connections: Iterable[Connection]) -> None:
        """Give connections the audience that they have now; close those who have none, refresh those who changed."""
        for connection in connections:
            base = connection.base_now(sight.board)
            if base is None:
                self.drop(connection)
                connection.line.close(REMOVED if connection.person else NO_SEAT)
            elif (base, connection.reads_only_now(sight.board)) != (connection.base, connection.reads_only):
                self.drop(connection)
                connection.base, connection.reads_only = base, connection.reads_only_now(sight.board)
                self.add(connection)
                connection.line.tell(REFRESH)


def frame(sight: Sight, content: str, after: int) -> str:
    """One frame of the wire: where the board is, and what went stale after `after`.

    A page that has not come as far as `after` has lost a frame on the way.
    """
    seq, epoch = sight.board.seq, sight.board.epoch
    where = json.dumps({"seq": seq, "after": min(after, seq), "epoch": epoch, "content": ""}, separators=(",", ":"))
    return f"{where.removesuffix(END)}{escaped(content)}{END}"


def escaped(content: str) -> str:
    """The content as it stands in a frame, between its quotes; so what is one's own is told without the rest again."""
    return json.dumps(content, ensure_ascii=False)[1:-1]
