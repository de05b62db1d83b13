"""Seats: the signed cookie by which a device is known again, one for each board."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response

DAYS = 24 * 3600
# Seats whose signature was found good: whoever asks asks again. As many as people on a few full boards.
KEPT: Final = 8_192


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A person's seat, or (with no person) one that a screen link gives for a generation of that link.

    A person's says in `role` only whether they came in at the door, as participants do ("join").
    """

    board: str
    person: str = ""
    role: str = ""
    generation: int = 0


class Seats:
    """Signs seats and reads them back. `days` is how long a browser keeps one."""

    def __init__(self, key: bytes, *, days: int) -> None:
        self._signer = URLSafeSerializer(key, salt="seat")
        self._days = days
        self._signed = lru_cache(KEPT)(self._read)
        self._given: dict[str, Seat] = {}

    def _read(self, signed: str) -> Seat:
        """Raises BadSignature, and TypeError for what was signed and is no seat; neither is kept."""
        given = self._given.pop(signed, None)
        if given is not None:
            return given
        kept: Any = self._signer.loads(signed)
        return Seat(**kept)

    def _sign(self, seat: Seat) -> str:
        """What was signed here just now need not be checked when it comes back, which is at once."""
        signed = str(self._signer.dumps(asdict(seat)))
        self._given[signed] = seat
        while len(self._given) > KEPT:
            del self._given[next(iter(self._given))]
        return signed

    def _name(self, asked: HTTPConnection, board: str, screen: bool) -> str:
        secure = asked.scope["scheme"] in ("https", "wss")
        return f"{'__Host-' if secure else ''}flipchart-{board}{'-screen' if screen else ''}"

    def read(self, asked: HTTPConnection, board: str, *, screen: bool = False) -> Seat | None:
        """The seat that this device has on the board; None for none, a forged one, or another board's."""
        try:
            seat = self._signed(asked.cookies.get(self._name(asked, board, screen), ""))
        except (BadSignature, TypeError):
            return None
        return seat if seat.board == board and (screen == (not seat.person)) else None

    def give(self, asked: HTTPConnection, response: Response, seat: Seat) -> None:
        """Put the seat into the device's cookie."""
        response.set_cookie(
            self._name(asked, seat.board, not seat.person),
            self._sign(seat),
            max_age=self._days * DAYS,
            path="/",
            httponly=True,
            samesite="lax",
            secure=asked.url.scheme in ("https", "wss"),
        )

    def forget(self, asked: HTTPConnection, response: Response, board: str) -> None:
        """Take the person's seat out of the device's cookies."""
        secure = asked.url.scheme in ("https", "wss")
        response.delete_cookie(self._name(asked, board, False), path="/", secure=secure, httponly=True, samesite="lax")
