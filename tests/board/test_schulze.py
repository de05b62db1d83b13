"""Schulze's method against published examples, and against every path walked through by hand."""

from itertools import permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from app.board.schulze import ahead_of, compared, strongest

# https://en.wikipedia.org/wiki/Schulze_method, "Example": 45 voters, E > A > C > B > D.
FORTY_FIVE = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
PAIRS_OF_45 = {"A": [20, 26, 30, 22], "B": [25, 16, 33, 18], "C": [19, 29, 17, 24], "D": [15, 12, 28, 14]}
PATHS_OF_45 = {"A": [28, 28, 30, 24], "B": [25, 28, 33, 24], "C": [25, 29, 29, 24], "D": [25, 28, 28, 24]}
# Schulze 2011, section 3, example 1: d is the only winner; example 4: b and d win.
FIRST = {"acdb": 8, "badc": 2, "cdba": 4, "dbac": 4, "dcba": 3}
FOURTH = {"abcd": 3, "cbda": 2, "dabc": 2, "dbca": 2}


def _pairs(voters):
    candidates = sorted(next(iter(voters)))
    rankings = [({ref: at for at, ref in enumerate(order, start=1)}, n) for order, n in voters.items()]
    return candidates, compared(candidates, rankings)


def _rows(candidates, table):
    return {a: [table[a, b] for b in candidates if b != a] for a in candidates}


def test_V34_the_example_of_45_voters():
    candidates, pairs = _pairs(FORTY_FIVE)
    assert _rows(candidates, pairs) == PAIRS_OF_45 | {"E": [23, 27, 21, 31]}
    assert _rows(candidates, strongest(candidates, pairs)) == PATHS_OF_45 | {"E": [25, 28, 28, 31]}
    ahead = ahead_of(candidates, pairs)
    assert sorted(candidates, key=lambda ref: len(ahead[ref])) == list("EACBD")
    assert [len(ahead[ref]) for ref in "EACBD"] == [0, 1, 2, 3, 4]


def test_V34_schulzes_first_example_has_one_winner():
    ahead = ahead_of(*_pairs(FIRST))
    assert {f"{a}{b}" for b, others in ahead.items() for a in others} == {"ab", "ac", "cb", "da", "db", "dc"}


def test_V34_schulzes_fourth_example_has_two():
    ahead = ahead_of(*_pairs(FOURTH))
    assert {ref for ref, others in ahead.items() if not others} == {"b", "d"}


CANDIDATES = tuple("abcde")
rankings = st.lists(
    st.tuples(st.dictionaries(st.sampled_from(CANDIDATES), st.integers(1, 4)), st.integers(1, 5)), max_size=8
)


def _strongest_by_walking(pairs, start, end):
    """Every path from start to end, without a shorter way to find it."""
    between = [ref for ref in CANDIDATES if ref not in (start, end)]
    best = 0
    for length in range(len(between) + 1):
        for over in permutations(between, length):
            steps = list(zip((start, *over), (*over, end), strict=True))
            links = [pairs[step] if pairs[step] > pairs[step[::-1]] else 0 for step in steps]
            best = max(best, min(links))
    return best


@given(rankings)
def test_V34_the_strongest_path_is_the_best_of_all_paths(cast):
    pairs = compared(CANDIDATES, cast)
    found = strongest(CANDIDATES, pairs)
    assert found == {(a, b): _strongest_by_walking(pairs, a, b) for a in CANDIDATES for b in CANDIDATES if a != b}


@given(rankings)
def test_V34_a_ranking_has_winners_and_no_circles(cast):
    ahead = ahead_of(CANDIDATES, compared(CANDIDATES, cast))
    assert any(not others for others in ahead.values())
    assert all(ahead[other] < ahead[ref] for ref, others in ahead.items() for other in others)


@given(rankings)
def test_V34_whoever_beats_everybody_wins_alone(cast):
    pairs = compared(CANDIDATES, cast)
    beats_all = [a for a in CANDIDATES if all(pairs[a, b] > pairs[b, a] for b in CANDIDATES if b != a)]
    assume(beats_all)
    assert [ref for ref, others in ahead_of(CANDIDATES, pairs).items() if not others] == beats_all
