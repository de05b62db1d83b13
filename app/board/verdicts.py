"""What a count comes to, in one word: who was chosen, or why nobody is yet."""

from typing import Literal

from app.board.counting import Tally
from app.board.records import Ballot

Verdict = Literal["none-stands", "nobody-voted", "too-few", "nobody-chosen", "all-equal", "tied", "alone", "won"]
DECIDED = ("all-equal", "tied", "alone", "won")
UNDECIDED = ("runoff", "facilitator")


def verdict(tally: Tally) -> Verdict:
    """The first of these that is so.

    none-stands: every candidate fell. nobody-voted: nobody cast anything. too-few: the quorum was not reached.
    nobody-chosen: nobody could carry, or approved of, any. all-equal and tied: several stand first, by the tie rule
    for good or until it is broken. alone: there was no other. won: one stands first.
    """
    if not tally.rows:
        return "none-stands"
    if not tally.turnout.casts:
        return "nobody-voted"
    if not tally.quorum_reached:
        return "too-few"
    if not tally.winners:
        return "nobody-chosen"
    if len(tally.winners) > 1:
        return "all-equal" if len(tally.winners) == len(tally.rows) else "tied"
    return "alone" if len(tally.rows) == 1 else "won"


def is_undecided(ballot: Ballot, tally: Tally) -> bool:
    """Do several stand first where the tie rule asks for more than to share that rank?"""
    return ballot.tie_rule in UNDECIDED and verdict(tally) in ("tied", "all-equal")
