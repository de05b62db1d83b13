"""Every record there can be comes back equal, whatever people wrote in it."""

from collections.abc import Mapping
from dataclasses import fields
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.board.board import Board
from app.board.keeping import Keeper
from app.board.records import KINDS, Record, key
from app.store import shapes
from tests.store.given import kept, note, records

# Writing is tidied before it is decided on: no text has controls, and none half a character.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
VALUES: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    bool: st.booleans(),
    int: st.integers(-(2**31), 2**31 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    NoneType: st.none(),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Anything of this type."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return st.one_of(*map(values, inside))
    if origin is tuple:
        return st.lists(values(inside[0]), max_size=4).map(tuple)
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(TEXTS, values(inside[1]), max_size=4)
    return VALUES[hint]


def of_kind(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Any record of a kind; casts within their limit, because the database holds that one."""
    hints = get_type_hints(kind)
    any_of_it = st.builds(kind, **{field.name: values(hints[field.name]) for field in fields(kind)})
    return any_of_it.filter(lambda record: getattr(record, "used", 0) <= getattr(record, "allowed", 0))


BOARDS = st.lists(
    st.one_of(*map(of_kind, KINDS.values())),
    max_size=12,
    unique_by=(
        key,
        lambda record: (getattr(record, "ballot", record.id), getattr(record, "voter", record.KIND)),
    ),
)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(written=BOARDS)
def test_any_records_come_back_equal(store: Keeper, written: list[Record]) -> None:
    board = Board(uuid4().hex, epoch="e", records=written)
    store.create(board, title="", code_hash=uuid4().hex, at=0.0)
    assert records(kept(store, board.id).board) == records(board)


@given(written=BOARDS)
def test_any_records_come_back_equal_from_an_entry(written: list[Record]) -> None:
    versions = {key(record): record for record in written} | {("note", "gone/with/slashes"): None}
    assert shapes.records_of(shapes.records_json(versions)) == versions


def test_a_field_that_is_younger_than_the_entry_has_its_default() -> None:
    old = shapes.fields_of(note("n1"))
    del old["pinned"]
    assert shapes.record_of("note", old) == note("n1", pinned=False)


def test_a_field_that_no_longer_exists_is_left_out() -> None:
    assert shapes.record_of("note", shapes.fields_of(note("n1")) | {"glitter": True}) == note("n1")


@pytest.mark.parametrize(
    ("hint", "written", "restored"),
    [
        (tuple[str, ...], ["a", "b"], ("a", "b")),
        (tuple[tuple[str, ...], ...], [["a"], ["b", "c"]], (("a",), ("b", "c"))),
        (Mapping[str, tuple[str, ...]], {"x": ["a"]}, {"x": ("a",)}),
        (tuple[str, ...] | None, None, None),
        (tuple[str, ...] | None, ["a"], ("a",)),
    ],
)
def test_tuples_come_back_as_tuples_however_deep(hint: Any, written: Any, restored: Any) -> None:
    how = shapes.restoring(hint)
    assert how is not None
    assert how(written) == restored


def test_what_json_keeps_as_it_is_needs_no_restoring() -> None:
    assert set(shapes.shape("comment").restored) == set()
    assert set(shapes.shape("note").restored) == {"made_of"}
    assert set(shapes.shape("ballot").restored) == {"candidates"}
