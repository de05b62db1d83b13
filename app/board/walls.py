"""When so many notes went stale at once that their walls are drawn whole."""

from collections.abc import Mapping

from app.board.board import Board
from app.board.grouped_parts import of_step
from app.board.records import Key, Note, Record

MOST_NOTES = 200


def by_walls(board: Board, before: Mapping[Key, Record | None], stale: set[str]) -> set[str]:
    """The parts, with walls instead of notes where these are many: one after the other they would take seconds."""
    notes = [part.removeprefix("note/") for part in stale if part.startswith("note/")]
    if len(notes) <= MOST_NOTES:
        return stale
    at = [(Note.KIND, id_) for id_ in notes]
    changed = [record for each in at for record in (before.get(each), board.find(each)) if isinstance(record, Note)]
    kept = {part for part in stale if not part.startswith(("note/", "queue/"))}
    steps = {note.step for note in changed}
    regrouped = {part for step in steps for part in of_step(board, step)}
    return kept | {"queues"} | {f"wall/{step}" for step in steps} | regrouped
