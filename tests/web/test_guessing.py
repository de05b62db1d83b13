"""Guessing: what the rates leave to somebody who tries without end, against how many codes and links there are."""

from app.links import CODE_LENGTH, ROLES, SECRET_LENGTH, Links
from tests.web.guessing import A_DAY, CODES, LIKELY, from_everywhere, from_one_address, let_through
from web.gates import GUESSES_IN_ALL, Gates

AN_HOUR = 3_600
BASE64 = 6


def test_a_code_is_worth_more_guesses_than_there_are():
    assert CODES == 729_000_000
    assert from_one_address(A_DAY) == 14_410
    assert from_everywhere(A_DAY) == 69_720
    # Every address in the world, for a whole day, at one board that is open: less than one in ten thousand.
    assert from_one_address(A_DAY) / CODES <= from_everywhere(A_DAY) / CODES <= LIKELY
    # And yet six hundred people may mistype a code at the same moment.
    assert GUESSES_IN_ALL.burst == 600


async def test_the_limiter_lets_no_more_through_than_that():
    for addresses, allowed in ((1, from_one_address), (700, from_everywhere)):
        now = [0.0]
        tried = await let_through(Gates.new(lambda now=now: now[0]), now, addresses=addresses, seconds=AN_HOUR)
        assert 0.99 * allowed(AN_HOUR) <= tried <= allowed(AN_HOUR)


def test_a_link_holds_128_bits_of_its_own_for_each_board_role_and_generation():
    assert SECRET_LENGTH * BASE64 >= 128
    links = Links(b"a key that is long enough for all of them")
    made = [links.token(f"board00{n}", role, n) for n in range(9) for role in (*ROLES, "results")]
    secrets = [token[8:] for token in made]
    assert len(set(secrets)) == len(made)
    assert {len(secret) for secret in secrets} == {SECRET_LENGTH}
    # No character of it is the same for all: each carries what it can.
    assert all(len({secret[at] for secret in secrets}) > 10 for at in range(SECRET_LENGTH))
    codes = {links.code(f"board{n:03d}", 0) for n in range(500)}
    assert (len(codes), {len(code) for code in codes}) == (500, {CODE_LENGTH})
