"""Groups by average linkage, checked by hand and against a plain computation of the same."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.alike.clustering import apart, clusters


def members(pairs, least=0.5):
    return [set(each.members) for each in clusters(pairs, least)]


def test_two_that_are_alike_are_a_group_and_the_others_none():
    assert members([(0, 1, 0.9), (1, 2, 0.3)]) == [{0, 1}]
    assert members([]) == members([(0, 1, 0.49)]) == []


def test_a_chain_of_neighbours_is_not_one_group():
    assert members([(0, 1, 0.8), (1, 2, 0.7), (2, 3, 0.8), (3, 4, 0.7)]) == [{0, 1}, {2, 3}]


def test_whoever_is_near_to_all_on_average_joins():
    (found,) = clusters([(0, 1, 0.9), (0, 2, 0.7), (1, 2, 0.4)], 0.5)
    assert set(found.members) == {0, 1, 2}
    assert found.likeness == pytest.approx(2 / 3)
    assert found.members == (0, 1, 2)


def test_the_most_central_stands_first_and_the_most_alike_group_too():
    first, second = clusters([(0, 1, 0.6), (1, 2, 0.7), (0, 2, 0.5), (5, 4, 0.95)], 0.5)
    assert set(first.members) == {4, 5}
    assert second.members[0] == 1


def test_who_was_dismissed_together_is_apart_and_near_to_others_still():
    pairs = [(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.7)]
    assert apart(pairs, [(0, 1)]) == [(1, 2, 0.8), (0, 2, 0.7)]
    assert apart(pairs, [(0, 1, 2)]) == []
    assert apart(pairs, []) == pairs


def plainly(pairs, least):
    """The same, from the definition: the two most alike groups become one, as long as that is enough."""
    alike = {frozenset(each[:2]): each[2] for each in pairs}
    groups = [{each} for each in {number for pair in pairs for number in pair[:2]}]

    def mean(one, other):
        return sum(alike.get(frozenset((a, b)), 0.0) for a in one for b in other) / (len(one) * len(other))

    while len(groups) > 1:
        one, other = max(combinations(groups, 2), key=lambda two: mean(*two))
        if mean(one, other) < least:
            break
        groups = [each for each in groups if each not in (one, other)] + [one | other]
    return sorted(sorted(each) for each in groups if len(each) > 1)


@given(st.integers(2, 9).flatmap(lambda n: st.permutations([*combinations(range(n), 2)])), st.integers(0, 60))
def test_it_is_average_linkage(drawn, least):
    # Likenesses that differ in every sum: which two come first never hangs on equals.
    pairs = [(a, b, 1 - nth / len(drawn) - nth * nth / 7919) for nth, (a, b) in enumerate(drawn)]
    assert sorted(sorted(each.members) for each in clusters(pairs, least / 100)) == plainly(pairs, least / 100)
