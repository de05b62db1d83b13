"""What is the same for everybody of an audience on a page: drawn once, with gaps for the ids of its forms."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from secrets import token_hex
from sys import getsizeof
from typing import Any, Final
from uuid import uuid4

from markupsafe import Markup

from app.board.limits import Limits
from web.context import NOT_REFUSED
from web.views.headlines import measures
from web.words import environment

# Bytes of markup of all boards together: a page of thirty notes takes a hundredth of a percent of it.
MOST_KEPT: Final = 32 * 1024 * 1024
FURNISHED: Final = 256
# What stands on a page whatever is on the board: dialogs, menus, words in waiting.
FURNITURE: Final = frozenset(
    {"board/_aside.html", "board/_dialogs.html", "board/_filter.html", "notes/_composer_fields.html"}
)


class Numbered:
    """The ids of one page's forms: drawn at random for the page, and counted in it."""

    def __init__(self) -> None:
        self._page, self._given = str(uuid4()), count(1)

    def __call__(self) -> str:
        return f"{self._page}-{next(self._given)}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Markup in pieces, and which of the ids that were asked for (from 0) stands after each but the last."""

    pieces: tuple[str, ...]
    gaps: tuple[int, ...]
    asked: int

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return sum(map(getsizeof, self.pieces))

    def filled(self, command_id: Callable[[], str]) -> Markup:
        """As a template would have drawn it that asks for these ids."""
        ids = [command_id() for _ in range(self.asked)]
        whole = [""] * (len(self.pieces) + len(self.gaps))
        whole[::2], whole[1::2] = self.pieces, [ids[gap] for gap in self.gaps]
        filled = "".join(whole)
        return Markup(filled)  # noqa: S704 - every text in it was escaped by the template


def drawn(language: str, template: str, given: Mapping[str, Any]) -> Drawn:
    """The template with gaps for its ids. It is given nothing else: what asks for more fails."""
    # Nobody can have written this before it was drawn.
    mark, asked = token_hex(16), count()
    text = (
        environment(language).get_template(template).render({**given, "command_id": lambda: f"{mark}-{next(asked)}-"})
    )
    first, *others = text.split(mark)
    # Each of the others begins with its number between two dashes.
    found = [each[1:].partition("-") for each in others]
    return Drawn((first, *(each[2] for each in found)), tuple(int(each[0]) for each in found), next(asked))


@lru_cache(maxsize=FURNISHED)
def furniture(
    template: str,
    language: str,
    *,
    board: str,
    facilitates: bool,
    writes: bool,
    limits: Limits,
    languages: tuple[tuple[str, str], ...],
    offered: tuple[str, ...],
) -> Drawn:
    """What these few things alone decide, whoever asks and whatever happens on the board."""
    given = {
        "board": board,
        "facilitates": facilitates,
        "writes": writes,
        "limits": limits,
        "languages": languages,
        "languages_offered": lambda: offered,
        "measures_of": measures,
        "refused": NOT_REFUSED,
    }
    return drawn(language, template, given)


@dataclass(slots=True)
class _Standing:
    """A drawing that is as it would be drawn at that moment, and was looked at when the board was so far."""

    moment: Hashable
    seq: int
    drawn: Drawn


class Kept:
    """The newest drawing of each part of each board, for each who is shown another one; the longest unused ones go."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most, self.size = most, 0
        self._drawn: OrderedDict[Hashable, _Standing] = OrderedDict()

    def __len__(self) -> int:
        return len(self._drawn)

    def drawn(
        self, at: Hashable, moment: Hashable, seq: int, *, stands: Callable[[int], bool], draw: Callable[[], Drawn]
    ) -> Drawn:
        """What was drawn there for that very moment, if it `stands` since the seq that it is known to be right for.

        Else what `draw` draws now.
        """
        found = self._drawn.get(at)
        if found is not None and found.moment == moment and (found.seq == seq or stands(found.seq)):
            found.seq = seq
            self._drawn.move_to_end(at)
            return found.drawn
        made = draw()
        self._drop(at)
        self._drawn[at] = _Standing(moment, seq, made)
        self.size += made.size
        while self.size > self._most and self._drawn:
            self._drop(next(iter(self._drawn)))
        return made

    def _drop(self, at: Hashable) -> None:
        found = self._drawn.pop(at, None)
        self.size -= found.drawn.size if found else 0

    def forget(self) -> None:
        """Keep nothing."""
        self._drawn.clear()
        self.size = 0
