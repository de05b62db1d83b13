"""How the regions of the world and the languages voted, as far as that says of nobody alone how they voted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.board.board import Board
from app.board.candidates import counts
from app.board.records import Ballot, Cast
from app.board.regions import region_of
from app.board.scoring import weight
from app.board.writing import fold

FEWEST = 3
OTHERS = "others"

Sort = Callable[[Cast], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The voters of a region or a language: `key` is its code, "" where none is known, or OTHERS for all small ones.

    By ref: dots, approvals, who put it first in a ranking, or who can carry it, beside those `against`.
    """

    key: str
    voters: int
    votes: Mapping[str, int]
    against: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """`regions` and `languages`, the largest first; none where there are not two to compare.

    `withheld`: the languages are not told, because beside the rest they would say how single people voted.
    """

    regions: tuple[Group, ...] = ()
    languages: tuple[Group, ...] = ()
    withheld: bool = False


def groups_of(board: Board, ballot: Ballot) -> Groups:
    """Once the ballot has closed; who may see its tally is for `sees_tally` to say.

    Where the ballot does not say who voted how, a group is told from three voters on, and smaller ones together;
    where it says how places voted, that holds for languages alone.
    """
    casts = [cast for cast in board.casts(ballot.id) if cast.choices]
    refs = [ref for ref in ballot.candidates if counts(board, ref)]
    if ballot.state != "closed" or not refs:
        return Groups()
    secret, hides = ballot.secrecy == "secret", ballot.secrecy != "named"
    region = _told(ballot, casts, lambda cast: region_of(cast.country), together=secret)
    language = _told(ballot, casts, lambda cast: cast.language, together=hides)
    beside = region if secret else lambda cast: f"{fold(cast.place)} {cast.country}"
    withheld = hides and _gives_away(ballot, casts, beside, language)
    return Groups(
        regions=_groups(ballot, refs, casts, region),
        languages=() if withheld else _groups(ballot, refs, casts, language),
        withheld=withheld,
    )


def _told(ballot: Ballot, casts: Sequence[Cast], sort: Sort, *, together: bool) -> Sort:
    """The same sorting, with small groups put together; the smallest large one joins them when they stay too few."""
    voters: dict[str, int] = {}
    for cast in casts:
        voters[sort(cast)] = voters.get(sort(cast), 0) + weight(ballot, cast)
    joined: set[str] = set()
    for key in sorted(voters, key=lambda key: (voters[key], key)) if together else ():
        so_far = sum(voters[each] for each in joined)
        if voters[key] < FEWEST or 0 < so_far < FEWEST:
            joined.add(key)
    return lambda cast: OTHERS if sort(cast) in joined else sort(cast)


def _groups(ballot: Ballot, refs: Sequence[str], casts: Iterable[Cast], sort: Sort) -> tuple[Group, ...]:
    sorted_: dict[str, list[Cast]] = {}
    for cast in casts:
        sorted_.setdefault(sort(cast), []).append(cast)
    if len(sorted_) < 2:
        return ()
    groups = [_group(ballot, key, refs, inside) for key, inside in sorted_.items()]
    return tuple(sorted(groups, key=lambda group: (group.key in ("", OTHERS), -group.voters, group.key)))


def _group(ballot: Ballot, key: str, refs: Sequence[str], casts: Sequence[Cast]) -> Group:
    return Group(
        key=key,
        voters=sum(weight(ballot, cast) for cast in casts),
        votes={ref: sum(_votes(ballot, ref, cast) for cast in casts) for ref in refs},
        against={ref: sum(_against(ballot, ref, cast) for cast in casts) for ref in refs},
    )


def _votes(ballot: Ballot, ref: str, cast: Cast) -> int:
    if ballot.method in ("dots", "approval"):
        return cast.choices.get(ref, 0)
    return weight(ballot, cast) if cast.choices.get(ref) == 1 else 0


def _against(ballot: Ballot, ref: str, cast: Cast) -> int:
    return weight(ballot, cast) if ballot.method == "consent" and cast.choices.get(ref) == 0 else 0


def _gives_away(ballot: Ballot, casts: Sequence[Cast], one: Sort, other: Sort) -> bool:
    """Do two ways of sorting, told side by side, say together how fewer than three voted?

    They say it of whoever lies in both of two groups where nothing else joins these two, over however many others:
    then the sums can be taken from each other (in a graph of the groups, an edge that is a bridge). What is a group
    of the first sorting by itself is told anyway.
    """
    cells: dict[tuple[str, str], int] = {}
    for cast in casts:
        at = (f"one {one(cast)}", f"other {other(cast)}")
        cells[at] = cells.get(at, 0) + weight(ballot, cast)
    alone = {row for row in {row for row, _ in cells} if sum(row == each for each, _ in cells) == 1}
    small = (at for at, voters in cells.items() if voters < FEWEST and at[0] not in alone)
    return any(not _joined(at, [each for each in cells if each != at]) for at in small)


def _joined(ends: tuple[str, str], edges: Sequence[tuple[str, str]]) -> bool:
    reached = {ends[0]}
    while new := {end for edge in edges if reached & set(edge) for end in edge} - reached:
        reached |= new
    return ends[1] in reached
