"""One browser tab that follows a board: whose it is, which audience it belongs to, and its line."""

from dataclasses import dataclass

from app.board.audience import EVERYONE, SCREEN, WAITING, Base, base_of
from app.board.board import Board
from app.board.records import Person
from app.realtime.wire import Line

NO_SEAT, REMOVED, GONE, RESTART = 4401, 4403, 4404, 1012
TOO_SLOW, SLOW_DOWN = 4408, 4429


@dataclass(slots=True, eq=False)
class Connection:
    """`person` is "" for a screen. `role` and `generation` are those of the link, for seats without a person.

    `as_participant` is a facilitator who looks at the board as everybody sees it. `page` is the audience that the
    page was drawn for, where it says so: while its line was broken its person may have become another one.
    `gathered` numbers what it shows of who is here, for a page that shows it.
    `way` is the kind of its line, for who counts.
    """

    line: Line
    language: str
    person: str = ""
    role: str = ""
    generation: int = 0
    as_participant: bool = False
    page: str = ""
    gathered: int | None = None
    base: Base = WAITING
    way: str = "socket"
    # An observer's page has no forms: as a participant they need another one, though both are told the same.
    reads_only: bool = False

    def reads_only_now(self, board: Board) -> bool:
        """Whether its person may only read now."""
        person = board.get(Person, self.person) if self.person else None
        return person is not None and person.role == "observer"

    def base_now(self, board: Board) -> Base | None:
        """The audience that this connection belongs to now, or None when it has no seat any more."""
        if not self.person:
            return SCREEN if board.door.generations.get(self.role) == self.generation else None
        person = board.get(Person, self.person)
        if person is None or person.is_gone:
            return None
        base = base_of(person)
        return EVERYONE if self.as_participant and base is not WAITING else base
