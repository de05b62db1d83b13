"""Which things lie near each other: groups of them, by how alike each two are; it knows neither notes nor models."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

Pair = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Way:
    """How two texts are compared, and from which likeness (0 to 1) on they are worth a look, or about the same."""

    name: str
    look: float
    same: float


# Measured with the model's own scores; word against word, other numbers mean the same.
MEANINGS: Final = Way("meanings", look=0.48, same=0.60)
WORDS: Final = Way("words", look=0.62, same=0.75)
WAYS: Final[Mapping[str, Way]] = {way.name: way for way in (MEANINGS, WORDS)}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Members by their number, the most central first, and how alike two of them are on average."""

    members: tuple[int, ...]
    likeness: float


def apart(pairs: Iterable[Pair], dismissed: Iterable[Iterable[int]]) -> list[Pair]:
    """The pairs without those of whom both were dismissed together."""
    sets = [frozenset(each) for each in dismissed]
    return [pair for pair in pairs if not any(pair[0] in each and pair[1] in each for each in sets)]


def clusters(pairs: Iterable[Pair], least: float) -> list[Cluster]:
    """Groups of two and more, the most alike first; no member is in two.

    Average linkage (Sokal and Michener 1958): the two groups that are most alike on average become one, as long as that
    is at least `least`. So a chain of neighbours is not one group. A pair that is not named counts as 0.
    """
    alike = {(min(a, b), max(a, b)): likeness for a, b, likeness in pairs if a != b}
    groups = _merged(alike, least)
    found = [_cluster(members, alike) for members in groups.values() if len(members) > 1]
    return sorted(found, key=lambda each: (-each.likeness, each.members))


def _merged(alike: Mapping[tuple[int, int], float], least: float) -> dict[int, list[int]]:
    """Groups by the number of one of them. `near` holds, for each two groups, the sum over their pairs."""
    near: dict[int, dict[int, float]] = {}
    for (a, b), likeness in alike.items():
        near.setdefault(a, {})[b] = near.setdefault(b, {})[a] = likeness
    groups = {each: [each] for each in near}
    waiting = [(-likeness, a, b) for (a, b), likeness in alike.items() if likeness >= least]
    heapify(waiting)
    while waiting:
        likeness, a, b = heappop(waiting)
        if a not in groups or b not in groups or -likeness != _mean(near, groups, a, b):
            continue
        groups[a] += groups.pop(b)
        for other, total in near.pop(b).items():
            del near[other][b]
            if other != a:
                near[a][other] = near[other][a] = near[a].get(other, 0.0) + total
        for other in near[a]:
            mean = _mean(near, groups, a, other)
            if mean >= least:
                heappush(waiting, (-mean, min(a, other), max(a, other)))
    return groups


def _mean(near: Mapping[int, Mapping[int, float]], groups: Mapping[int, list[int]], a: int, b: int) -> float:
    return near[a].get(b, 0.0) / (len(groups[a]) * len(groups[b]))


def _cluster(members: list[int], alike: Mapping[tuple[int, int], float]) -> Cluster:
    sums = {
        one: sum(alike.get((min(one, other), max(one, other)), 0.0) for other in members if other != one)
        for one in members
    }
    central = tuple(sorted(members, key=lambda each: (-sums[each], each)))
    return Cluster(central, sum(sums.values()) / (len(members) * (len(members) - 1)))
