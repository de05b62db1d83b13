"""Knows how many people a board has had and how much room it takes, for the operator's list."""

from typing import Final

from sqlalchemy import Text, cast, func, select

from app.store.store import Store
from app.store.tables import ENTRY, FILE, RECORDS

_PEOPLE: Final = select(RECORDS["person"].c.board_id, func.count()).group_by(RECORDS["person"].c.board_id)
_WRITTEN: Final = select(
    ENTRY.c.board_id, func.sum(func.length(cast(ENTRY.c.before, Text)) + func.length(cast(ENTRY.c.after, Text)))
).group_by(ENTRY.c.board_id)
_SHOWN: Final = select(FILE.c.board_id, func.sum(func.length(FILE.c.content))).group_by(FILE.c.board_id)


def weights(keeper: Store) -> dict[str, tuple[int, int]]:
    """By board how many people have or had a seat, and about how many bytes its past and its files take."""

    def counted(statement: object) -> dict[str, int]:
        return {board: int(n) for board, n in keeper.database.look(lambda held: held.execute(statement).all())}  # type: ignore[call-overload]

    people, written, shown = counted(_PEOPLE), counted(_WRITTEN), counted(_SHOWN)
    return {
        board: (people.get(board, 0), written.get(board, 0) + shown.get(board, 0))
        for board in {*people, *written, *shown}
    }
