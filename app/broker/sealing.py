"""What processes say to each other, signed: from whom, the how manyeth, when, and about which board."""

import hashlib
import hmac
import json
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from itsdangerous import BadSignature, Signer

# Seconds for which what was said holds, whichever of two clocks is ahead: older is a replay.
HOLDS: Final = 60.0
MOST_BYTES: Final = 256 * 1024
# Of so many processes it is known how far they have come; those longest unheard are forgotten first.
MOST_PROCESSES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that another process said about a board."""

    board: str
    kind: str
    process: str
    said: Mapping[str, Any]


class Seal:
    """Seals what this process says, and opens what others of the same key sealed."""

    def __init__(self, key: bytes, clock: Callable[[], float]) -> None:
        self.process = secrets.token_hex(6)
        self.channel = f"flipchart:{hmac.new(key, b'broker channel', hashlib.sha256).hexdigest()[:24]}"
        self._signer = Signer(key, salt="flipchart broker", key_derivation="hmac", digest_method=hashlib.sha256)
        self._clock = clock
        self._said = 0
        self._begins = json.dumps([self.process])[:-1].encode()
        self._furthest: OrderedDict[str, int] = OrderedDict()

    def sealed(self, board: str, kind: str, said: Mapping[str, Any]) -> bytes | None:
        """The message; None when it is too long to be told."""
        self._said += 1
        row = [self.process, self._said, self._clock(), board, kind, said]
        message = self._signer.sign(json.dumps(row, separators=(",", ":")))
        return message if len(message) <= MOST_BYTES else None

    def opened(self, message: object) -> Heard | None:
        """What was said; None for one's own, for what nobody of this key said, and for what is old or was heard."""
        if not isinstance(message, bytes) or len(message) > MOST_BYTES or message.startswith(self._begins):
            return None
        try:
            process, number, at, board, kind, said = json.loads(self._signer.unsign(message))
            if not -HOLDS <= self._clock() - at <= HOLDS or number <= self._furthest.get(process, 0):
                return None
        except (BadSignature, ValueError, TypeError):
            return None
        self._furthest[process] = number
        self._furthest.move_to_end(process)
        if len(self._furthest) > MOST_PROCESSES:
            self._furthest.popitem(last=False)
        return Heard(board, kind, process, said)
