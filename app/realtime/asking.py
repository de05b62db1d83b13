"""One asking on its way through a room: the command, who asks, and the answer that is waited for."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any

from app.board.keeping import Answer


@dataclass(slots=True, eq=False)
class Asking:
    """`answer` becomes an Answer, or raises Refused, StorageFull or OutcomeUnknown."""

    actor: str
    command: Any
    id: str
    answer: asyncio.Future[Answer]

    @property
    def at(self) -> tuple[str, str]:
        """What an accepted command is found by for the life of the board."""
        return self.actor, self.id

    @property
    def digest(self) -> str:
        """Tells the same command apart from another one under the same id.

        The order of a mapping tells nothing, nor does a field left as it is by default: a later version of
        Flipchart may have more of them, and an answer holds for the life of the board.
        """
        said = json.dumps([type(self.command).__name__, _said(self.command)], default=_said, sort_keys=True)
        return blake2b(said.encode(), digest_size=16).hexdigest()

    def refuse(self, why: BaseException) -> None:
        """Answer with a refusal or a fault, unless nobody waits any more."""
        if not self.answer.done():
            self.answer.set_exception(why)

    def accept(self, answer: Answer) -> None:
        """Answer with what it came to, unless nobody waits any more."""
        if not self.answer.done():
            self.answer.set_result(answer)


def refuse(batch: Iterable[Asking], why: BaseException) -> None:
    """Answer all of them with the same fault."""
    for asking in batch:
        asking.refuse(why)


def _said(command: Any) -> dict[str, Any]:
    values = {each.name: getattr(command, each.name) for each in fields(command)}
    return {each.name: values[each.name] for each in fields(command) if values[each.name] != each.default}
