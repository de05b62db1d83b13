"""For whom a vote counts: a person, or the place that they speak for."""

from app.board.board import Board
from app.board.records import Ballot, Person
from app.board.writing import fold


def voter_of(ballot: Ballot, person: Person) -> str:
    """The voter whose cast this person makes and changes: their own id, or "place:<key>" of their place."""
    return place_voter(person) if ballot.one_per == "place" else person.id


def place_voter(person: Person) -> str:
    """Two spellings of one place are one voter; two places of one name that a list tells apart are two."""
    return f"place:{person.place_id or fold(person.place)}"


def proxy_of(board: Board, ballot: Ballot, place: str) -> str:
    """For whom a facilitator casts: "proxy:<place>", or the place itself where that has one vote."""
    if ballot.one_per == "person":
        return f"proxy:{fold(place)}"
    there = somebody_of(board, place)
    return place_voter(there) if there else f"place:{fold(place)}"


def somebody_of(board: Board, place: str) -> Person | None:
    """The first person here who speaks for a place of that name, however it is spelt."""
    folded = fold(place)
    here = (person for person in board.people() if person.state == "here")
    return next((person for person in here if fold(person.place) == folded), None)
