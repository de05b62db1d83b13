"""How often somebody may try: joining, guessing a code, asking; by person and by address, in memory only."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from app.realtime.buckets import Buckets, Rate
from app.realtime.wire import Clock

# 150 people behind one office address join within a minute; a code is guessed at most ten times a minute.
JOINS = Rate(burst=300, every=0.1)
GUESSES = Rate(burst=10, every=6.0)
GUESSES_IN_ALL = Rate(burst=600, every=0.1)
COMMANDS = Rate(burst=60, every=0.05)
COMMANDS_OF_A_BOARD = Rate(burst=2_000, every=0.001)
BOARDS = Rate(burst=20, every=6.0)
PLACES = Rate(burst=120, every=0.1)


@dataclass(frozen=True, slots=True)
class Gates:
    """One set of buckets for each thing that can be tried too often."""

    joins: Buckets
    guesses: Buckets
    guesses_in_all: Buckets
    commands: Buckets
    board_commands: Buckets
    boards: Buckets
    places: Buckets

    @classmethod
    def new(cls, clock: Clock) -> "Gates":
        """Empty buckets, by that clock (monotonic, in seconds)."""
        return cls(
            joins=Buckets(JOINS, clock),
            guesses=Buckets(GUESSES, clock),
            guesses_in_all=Buckets(GUESSES_IN_ALL, clock),
            commands=Buckets(COMMANDS, clock),
            board_commands=Buckets(COMMANDS_OF_A_BOARD, clock),
            boards=Buckets(BOARDS, clock),
            places=Buckets(PLACES, clock),
        )


def address_of(asked: HTTPConnection) -> str:
    """The address that asks: the socket's, or what a trusted proxy said of it (the server has checked which)."""
    return asked.client.host if asked.client else "unknown"
