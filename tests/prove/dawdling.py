"""A fault planted for a control: everybody who comes back costs as much as when each had a drawing of their own."""

import time
from typing import Any

from app.realtime.telling import Telling

whole = Telling.come
A_DRAWING = 0.006


def _dawdles(self: Any, *asked: Any, **more: Any) -> bool:
    until = time.thread_time() + A_DRAWING
    while time.thread_time() < until:
        continue
    return whole(self, *asked, **more)


Telling.come = _dawdles  # type: ignore[method-assign]
