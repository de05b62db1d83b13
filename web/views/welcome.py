"""The welcome as it is drawn: places by country with flags, as they came."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.board.board import Board
from app.board.gathering import ELSEWHERE, gathering
from web.places import flag


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryView:
    """The places of one country; those on no list have no country and come last."""

    code: str
    key: str
    flag: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeView:
    """How many are gathered, the newest as (place, flag), and the groups; `more` places are not shown."""

    places: int
    countries: int
    newest: tuple[tuple[str, str], ...]
    groups: Mapping[str, CountryView]
    more: int


def welcome_view(board: Board, here: Mapping[str, int]) -> WelcomeView | None:
    """None unless the session is being welcomed."""
    gathered = gathering(board, here)
    if gathered is None:
        return None
    groups = {
        code: CountryView(
            code="" if code == ELSEWHERE else code,
            key="~" if code == ELSEWHERE else f"{group.since:017.3f} {code}",
            flag=flag(code),
            places=group.places,
        )
        for code, group in gathered.groups.items()
    }
    return WelcomeView(
        places=gathered.places,
        countries=gathered.countries,
        newest=tuple((place, flag(country)) for place, country in gathered.newest),
        groups=dict(sorted(groups.items(), key=lambda pair: pair[1].key)),
        more=gathered.more,
    )
