"""Fractional indexing: there is always room between two, in byte order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.board.ordering import DIGITS, between


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=60))
def test_A17_there_is_always_room_for_one_more(places):
    orders = []
    for place in places:
        at = place % (len(orders) + 1)
        low = orders[at - 1] if at else ""
        high = orders[at] if at < len(orders) else ""
        orders.insert(at, between(low, high))
    assert orders == sorted(set(orders), key=str.encode)
    assert all(set(order) <= set(DIGITS) and order[-1] != "0" for order in orders)


@pytest.mark.parametrize(("low", "high"), [("V", "V"), ("b", "a")])
def test_A17_there_is_no_room_between_what_is_the_wrong_way_round(low, high):
    with pytest.raises(ValueError, match="is not before"):
        between(low, high)
