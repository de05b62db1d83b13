"""A fault planted for a control: something is kept for every connection that ever came."""

from typing import Any

from app.realtime.frames import Audiences

whole = Audiences.add
HOARD: list[bytearray] = []


def _adds(self: Any, connection: Any) -> None:
    HOARD.append(bytearray(b"x" * 65_536))
    whole(self, connection)


Audiences.add = _adds  # type: ignore[method-assign]
