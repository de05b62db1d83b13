"""A board is read as it was at one moment, also while it is being written."""

from concurrent.futures import Future

from app.board.records import Note
from app.store.store import Store
from tests.store.given import a_board, entry, kept, note


def test_a_board_that_is_read_while_it_is_written_is_whole(database: Store, board_id: str) -> None:
    database.create(a_board(board_id), title="T", code_hash=board_id, at=1.0)

    def write() -> None:
        for seq in range(1, 151):
            database.save(board_id, before=seq - 1, entries=[entry(seq, note(f"m{seq}"))])

    writing: Future[None] = database.writer.submit(write)
    moments = set()
    while not writing.done():
        loaded = kept(database, board_id)
        seq = loaded.board.seq
        moments.add(seq)
        assert [each.seq for each in loaded.entries] == list(range(1, seq + 1))
        assert (loaded.board.count(Note), len(loaded.answers)) == (seq + 2, seq)
    writing.result()
    assert len(moments) > 2
