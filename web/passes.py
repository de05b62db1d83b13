"""Personal links: the signed token by which a person goes on on another device, for a quarter of an hour, once."""

from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from app.board.records import Person

LASTS = 15 * 60
LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """Whose it is, on which board, how often they had moved by then, and until when (seconds) it may be used."""

    board: str
    person: str
    moves: int
    until: float


class Passes:
    """Signs personal links and reads them back. Nothing of them is kept: the board counts the moves."""

    def __init__(self, key: bytes) -> None:
        self._signer = URLSafeSerializer(key, salt="pass")

    def made(self, board: str, person: Person, now: float) -> tuple[str, float]:
        """A token for that person, and until when it holds."""
        until = int(now) + LASTS
        return str(self._signer.dumps([board, person.id, person.moves, until])), float(until)

    def read(self, token: str, now: float) -> Pass | None:
        """What the token says; None for a forged one, and for one whose time is over."""
        if len(token) > LONGEST:
            return None
        try:
            kept: Any = self._signer.loads(token)
            board, person, moves, until = kept
        except (BadSignature, TypeError, ValueError):
            return None
        return Pass(board=board, person=person, moves=moves, until=until) if now < until else None
