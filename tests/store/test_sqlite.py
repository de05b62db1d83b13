"""What is asked of SQLite alone: durable, one writer, room that runs out and comes back, and erasing that erases."""

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.board.keeping import StorageFull
from app.board.records import Note
from app.store.opening import WAIT, open_store
from app.store.store import Store
from tests.disk import small_disk
from tests.store.given import CANARY, ROOT, a_board, entry, fill, kept, note, records


def test_a_full_disk_loses_nothing_reading_goes_on_and_room_is_used_again(board_id: str) -> None:
    with small_disk(1_536) as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(400_000))
        store = open_store(f"sqlite:///{disk}/flipchart.db", data=disk)
        runs_out_and_comes_back(store, board_id, ballast.unlink)
        store.close()
        assert intact(disk / "flipchart.db")


def test_a_file_that_may_not_grow_is_a_full_disk_as_well(sqlite: Store, board_id: str) -> None:
    sqlite.database.tidy("PRAGMA max_page_count = 150")
    runs_out_and_comes_back(sqlite, board_id, lambda: sqlite.database.tidy("PRAGMA max_page_count = 9999"))


def runs_out_and_comes_back(store: Store, board_id: str, make_room: Callable[[], None]) -> None:
    """Write until there is no more room, look at what is there, make room and write again."""
    store.create(a_board(board_id), title="T", code_hash="c", at=1.0)
    saved = fill(store, board_id, 0)
    assert saved > 3
    late = entry(saved + 1, note("late", "y" * 20_000))
    with pytest.raises(StorageFull):
        store.save(board_id, before=saved, entries=[late])
    loaded = kept(store, board_id)
    assert [each.seq for each in loaded.entries] == list(range(1, saved + 1))
    assert loaded.board.count(Note) == saved + 2
    make_room()
    store.save(board_id, before=saved, entries=[late])
    assert kept(store, board_id).board.find(("note", "late")) is not None


def test_a_disk_that_fails_during_the_commit_is_an_unknown_outcome_and_mends(tmp_path: Path) -> None:
    script = ROOT / "tests/store/failing_disk.py"
    ran = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert intact(tmp_path / "flipchart.db")


def intact(path: Path) -> bool:
    """Whether SQLite finds nothing wrong."""
    connection = sqlite3.connect(path)
    found: list[tuple[str]] = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    return found == [("ok",)]


def test_writing_is_durable_and_reading_cannot_write(sqlite: Store) -> None:
    assert pragmas(sqlite, writing=True) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "query_only": 0,
        "mmap_size": 0,
        "busy_timeout": 5000,
    }
    assert pragmas(sqlite, writing=False)["query_only"] == 1


def pragmas(store: Store, *, writing: bool) -> dict[str, object]:
    """What a connection of the store is set to."""
    names = (
        "journal_mode",
        "synchronous",
        "secure_delete",
        "foreign_keys",
        "query_only",
        "mmap_size",
        "busy_timeout",
    )
    ask = store.database.change if writing else store.database.look
    return ask(lambda c: {name: c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names})


def test_a_deleted_board_is_in_no_file_any_more(sqlite: Store, tmp_path: Path, board_id: str) -> None:
    sqlite.create(a_board(board_id), title=CANARY, code_hash="c", at=1.0)
    for seq in range(1, 40):
        sqlite.save(board_id, before=seq - 1, entries=[entry(seq, note(f"m{seq}", f"{CANARY} {'x' * 500}"))])
    assert occurrences(tmp_path) > 40
    sqlite.delete(board_id)
    assert occurrences(tmp_path) == 0


def test_a_backup_that_reads_what_was_erased_delays_nobody_and_it_goes_afterwards(
    sqlite: Store, tmp_path: Path, board_id: str
) -> None:
    sqlite.create(a_board(board_id), title=CANARY, code_hash="c", at=1.0)
    with closing(sqlite3.connect(tmp_path / "flipchart.db", isolation_level=None)) as backup:
        backup.execute("BEGIN")
        assert backup.execute("SELECT title FROM board").fetchone() == (CANARY,)
        began = time.monotonic()
        assert sqlite.delete(board_id)
        assert time.monotonic() - began < WAIT / 2
        assert (sqlite.unclean, occurrences(tmp_path) > 0) == (True, True)
        backup.execute("COMMIT")
        sqlite.leave_nothing()
        assert (sqlite.unclean, occurrences(tmp_path)) == (False, 0)
    assert pragmas(sqlite, writing=True)["busy_timeout"] == WAIT * 1000


def occurrences(directory: Path) -> int:
    """How often the canary's name stands in any file."""
    return sum(path.read_bytes().count(CANARY.encode()) for path in directory.rglob("*") if path.is_file())


def test_threads_that_save_at_once_take_turns(sqlite: Store, board_id: str) -> None:
    boards = [f"{board_id}-{n}" for n in range(4)]
    for one in boards:
        sqlite.create(a_board(one), title="T", code_hash=one, at=1.0)

    def write(one: str) -> None:
        for seq in range(1, 26):
            sqlite.save(one, before=seq - 1, entries=[entry(seq, note(f"m{seq}"))])

    threads = [threading.Thread(target=write, args=(one,)) for one in boards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sqlite.heads(boards) == dict.fromkeys(boards, (25, "spring"))


def test_a_backup_that_was_copied_whole_is_opened(sqlite: Store, tmp_path: Path, board_id: str) -> None:
    sqlite.create(a_board(board_id), title="T", code_hash="c", at=1.0)
    sqlite.close()
    copied = tmp_path / "copy"
    copied.mkdir()
    shutil.copy(tmp_path / "flipchart.db", copied)
    opened = open_store(f"sqlite:///{copied}/flipchart.db", data=copied)
    assert records(kept(opened, board_id).board) == records(a_board(board_id))
    opened.close()
