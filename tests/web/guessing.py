"""What somebody who guesses codes can try, by the rates that there are and by the limiter itself."""

from app.links import CODE_CHARACTERS, CODE_LENGTH
from web.gates import GUESSES, GUESSES_IN_ALL, Gates

A_DAY = 24 * 3600
CODES = len(CODE_CHARACTERS) ** CODE_LENGTH
# At most so likely is it that a day of guessing finds the code of a given board.
LIKELY = 1e-4


def from_one_address(seconds: float) -> float:
    """How many codes one address can try in that time, by its rate."""
    return GUESSES.burst + seconds / GUESSES.every


def from_everywhere(seconds: float) -> float:
    """How many codes all addresses of the world can try in that time, by the rate of all."""
    return GUESSES_IN_ALL.burst + seconds / GUESSES_IN_ALL.every


async def let_through(gates: Gates, now: list[float], *, addresses: int, seconds: int) -> int:
    """How many guesses of so many addresses the limiter lets through, each trying in every second."""
    tried = 0
    for _ in range(seconds):
        now[0] += 1
        for number in range(addresses):
            asked = {"guesses": f"10.0.{number >> 8}.{number & 255}", "guesses_in_all": "all"}
            while not await gates.wait(**asked):
                await gates.take(**asked)
                tried += 1
            if gates.guesses_in_all.wait("all"):
                break
    return tried
