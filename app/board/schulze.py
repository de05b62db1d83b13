"""The Schulze method: rankings compared pair by pair, and who is ahead of whom by the strongest path.

M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
election method", Social Choice and Welfare 36 (2011), 267-303; a link is as strong as its winning votes.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

Weight = int | Fraction
Pairs = Mapping[tuple[str, str], Weight]


def compared(
    candidates: Sequence[str], rankings: Iterable[tuple[Mapping[str, int], Weight]]
) -> dict[tuple[str, str], Weight]:
    """For each ordered pair, the weight of those who put the first before the second.

    A ranking maps candidates to ranks from 1 on, best first; those it leaves out stand last, equal to each other.
    """
    together: dict[tuple[int, ...], Weight] = {}
    for ranks, weight in rankings:
        last = max(ranks.values(), default=0) + 1
        row = tuple(ranks.get(ref, last) for ref in candidates)
        together[row] = together.get(row, 0) + weight
    size = range(len(candidates))
    return {
        (candidates[i], candidates[j]): sum(weight for row, weight in together.items() if row[i] < row[j])
        for i in size
        for j in size
        if i != j
    }


def strongest(candidates: Sequence[str], pairs: Pairs) -> dict[tuple[str, str], Weight]:
    """The strength of the strongest path between each two: a path is as strong as its weakest link; 0 for none."""
    paths = {pair: votes if votes > pairs[pair[1], pair[0]] else 0 for pair, votes in pairs.items()}
    for over in candidates:
        for start in candidates:
            for end in candidates:
                if len({over, start, end}) == 3:
                    through = min(paths[start, over], paths[over, end])
                    paths[start, end] = max(paths[start, end], through)
    return paths


def ahead_of(candidates: Sequence[str], pairs: Pairs) -> dict[str, frozenset[str]]:
    """For each candidate, those ahead of it: nobody is ahead of a winner, and equal ones are not ahead of each other.

    Being ahead is transitive, so that whoever is behind more of them is never ahead of who is behind fewer.
    """
    paths = strongest(candidates, pairs)
    return {
        ref: frozenset(other for other in candidates if other != ref and paths[other, ref] > paths[ref, other])
        for ref in candidates
    }
