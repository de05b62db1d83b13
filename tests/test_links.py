"""What a link opens, and what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.links import CODE_CHARACTERS, LETTERS, ROLES, Links, new_board_id, plain_code, read

links = Links(b"a key that only this test knows..")
elsewhere = Links(b"a key that another server has....")
boards = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=8, max_size=8)
roles = st.sampled_from(ROLES)
generations = st.integers(min_value=0, max_value=10_000)


@given(boards, roles, generations)
def test_a_link_opens_its_board_for_its_role(board, role, generation):
    token = links.token(board, role, generation)
    assert read(token) == board
    assert links.matches(token, board, role, generation)
    assert links.path(board, role, generation) == f"/{LETTERS[role]}/{token}"


@given(boards, roles, generations, st.data())
def test_a_link_opens_nothing_else(board, role, generation, data):
    token = links.token(board, role, generation)
    other_role = data.draw(roles.filter(lambda other: other != role))
    other_board = data.draw(boards.filter(lambda other: other != board))
    assert not links.matches(token, board, role, generation + 1)
    assert not links.matches(token, board, other_role, generation)
    assert not links.matches(token, other_board, role, generation)
    assert not links.matches(other_board + token[8:], other_board, role, generation)
    assert not elsewhere.matches(token, board, role, generation)


@given(st.text())
def test_what_is_no_token_claims_no_board_and_matches_none(text):
    assert not links.matches(text, "abcd1234", "join", 1)
    assert read(text) is None or len(text) == 30


@pytest.mark.parametrize(
    "text", ["", "abcd1234", "ABCD1234" + "a" * 22, "abcd1234" + "a" * 21 + "\n", "é" * 30, "\ud800"]
)
def test_a_malformed_token_is_refused_without_a_fuss(text):
    assert read(text) is None
    assert not links.matches(text, "abcd1234", "join", 1)


def test_a_link_carries_at_least_128_bits():
    assert (len(links.token("abcd1234", "join", 1)) - 8) * 6 >= 128


@given(boards, generations)
def test_a_code_is_six_characters_that_nobody_misreads(board, generation):
    code = links.code(board, generation)
    assert len(code) == 6
    assert not set(code) - set(CODE_CHARACTERS)
    assert not set("01ILOU") & set(code)


def test_a_rotated_code_is_another_code():
    assert len({links.code("abcd1234", generation) for generation in range(500)}) == 500


@pytest.mark.parametrize("typed", ["K7MQ2X", "k7mq2x", " K7M Q2X ", "k7m-q2x", "K7M\u00a0Q2X"])
def test_a_code_is_known_however_it_was_typed(typed):
    assert plain_code(typed) == "K7MQ2X"
    assert links.code_hash(typed) == links.code_hash("K7MQ2X")


def test_what_the_database_keeps_of_a_code_needs_the_key():
    assert links.code_hash("K7MQ2X") != elsewhere.code_hash("K7MQ2X")
    assert "K7MQ2X" not in links.code_hash("K7MQ2X")


def test_a_short_key_is_no_key_and_the_key_is_never_shown():
    with pytest.raises(ValueError, match="32"):
        Links(b"short")
    assert "only this test" not in repr(links)


def test_board_ids_are_eight_letters_and_digits_and_never_the_same():
    made = {new_board_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(read(links.token(board, "join", 0)) == board for board in made)
