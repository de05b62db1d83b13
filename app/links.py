"""Knows how a board's links and codes are derived from the server's key, so that none of them is stored.

A token is the board's id followed by a keyed hash of board, role and generation. The database holds the
generations only: links can be shown again at any time, a rotated one is dead at once, and a stolen database
opens nothing.
"""

import hmac
import re
import secrets
import string
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, get_args

Role = Literal["join", "facilitator", "cohost", "observer", "screen", "results"]

LETTERS: Final[Mapping[Role, str]] = MappingProxyType({role: role[0] for role in get_args(Role)})
# The links that lead to a seat, or to where one can be had; the results are read without one.
ROLES: Final[tuple[Role, ...]] = tuple(role for role in get_args(Role) if role != "results")

BOARD_CHARACTERS: Final = string.ascii_lowercase + string.digits
BOARD_LENGTH: Final = 8
# 22 characters of base64url carry 132 bits.
SECRET_LENGTH: Final = 22
# Without 0 O, 1 I L and U: they are misread from a projector and misheard on the phone.
CODE_CHARACTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 6
SHORTEST_KEY: Final = 32

_TOKEN: Final = re.compile(rf"([a-z0-9]{{{BOARD_LENGTH}}})[A-Za-z0-9_-]{{{SECRET_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Links:
    """Derives and checks the secrets of all boards of one server.

    The key is at least 32 bytes, else ValueError. It never shows in the object's repr.
    """

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) < SHORTEST_KEY:
            raise ValueError(f"the key of the links must have at least {SHORTEST_KEY} bytes")

    def token(self, board: str, role: Role, generation: int) -> str:
        """The secret part of a link: 30 characters, the board's id first."""
        digest = urlsafe_b64encode(self._keyed(f"link|{board}|{role}|{generation}"))
        return board + digest.decode("ascii")[:SECRET_LENGTH]

    def path(self, board: str, role: Role, generation: int) -> str:
        """The address of a link on this server, for example `/j/` and the token."""
        return f"/{LETTERS[role]}/{self.token(board, role, generation)}"

    def matches(self, token: str, board: str, role: Role, generation: int) -> bool:
        """Whether the token opens this board for this role today. A near miss takes as long as a far one."""
        expected = self.token(board, role, generation)
        return hmac.compare_digest(token.encode("utf-8", "replace"), expected.encode("ascii"))

    def code(self, board: str, generation: int) -> str:
        """The six characters that a person types at the door instead of the link."""
        number = int.from_bytes(self._keyed(f"code|{board}|{generation}")[:16], "big")
        letters = []
        for _ in range(CODE_LENGTH):
            number, index = divmod(number, len(CODE_CHARACTERS))
            letters.append(CODE_CHARACTERS[index])
        return "".join(letters)

    def code_hash(self, code: str) -> str:
        """What the database keeps of a code: 64 hexadecimal digits, the same however the code was typed.

        Keyed, because six characters could be tried out on a stolen database in seconds.
        """
        return self._keyed(f"typed|{plain_code(code)}").hex()

    def board_of(self, form: str) -> str:
        """The id of the board that a form starts, from all that it says: the same each time that it is sent."""
        number = int.from_bytes(self._keyed(f"board|{form}")[:16], "big")
        letters = []
        for _ in range(BOARD_LENGTH):
            number, index = divmod(number, len(BOARD_CHARACTERS))
            letters.append(BOARD_CHARACTERS[index])
        return "".join(letters)

    def _keyed(self, message: str) -> bytes:
        return hmac.digest(self.key, message.encode("utf-8", "replace"), "sha256")


def read(token: str) -> str | None:
    """The id of the board that a token claims to be for, or None when it is no token at all."""
    found = _TOKEN.fullmatch(token)
    return found[1] if found else None


def plain_code(typed: str) -> str:
    """A code as it was given out: capitals, without the spaces and hyphens that people put in."""
    return re.sub(r"[\s-]", "", typed).upper()


def new_board_id() -> str:
    """Eight letters and digits that cannot be guessed from other boards' ids. Not a secret."""
    return "".join(secrets.choice(BOARD_CHARACTERS) for _ in range(BOARD_LENGTH))
