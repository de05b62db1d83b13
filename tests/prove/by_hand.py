"""A fault planted for a control: lines are told one after the other, each text anew, as where a server offers none."""

from typing import Any

from app.listening.socket import Socket
from app.realtime.wire import READY_MADE

whole = Socket.handle_connect


def _offers_nothing(self: Any, event: Any) -> None:
    whole(self, event)
    if not self.close_sent:
        self._extensions.pop(READY_MADE, None)


Socket.handle_connect = _offers_nothing  # type: ignore[method-assign]
