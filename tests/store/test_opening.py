"""A database is opened by one process at a time, never by an older Flipchart, and never half."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.board.keeping import Unavailable
from app.store import opening
from app.store.migrating import CannotOpen, NewerDatabase
from app.store.opening import InUse, Unwritable, open_store
from tests.disk import small_disk
from tests.postgres import Server
from tests.store.given import ROOT, a_board, entry, kept, note, records


def url(path: Path) -> str:
    """A SQLite database in this directory."""
    return f"sqlite:///{path}/flipchart.db"


def test_a_closed_store_is_opened_again_with_all_that_was_kept(tmp_path: Path, board_id: str) -> None:
    board = a_board(board_id)
    first = open_store(url(tmp_path), data=tmp_path)
    first.create(board, title="T", code_hash="c", at=1.0)
    first.save(board_id, before=0, entries=[entry(1, note("n9"))])
    first.close()
    second = open_store(url(tmp_path), data=tmp_path)
    board.apply({("note", "n9"): note("n9")})
    assert records(kept(second, board_id).board) == records(board)
    second.close()


def test_a_directory_that_is_missing_is_made_and_is_nobody_elses(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"
    open_store(url(data), data=data).close()
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_second_process_is_refused_by_the_first_ones_id(tmp_path: Path) -> None:
    opened = open_store(url(tmp_path), data=tmp_path)
    other = (
        "import sys, pathlib\n"
        "from app.store.opening import InUse, open_store\n"
        "try:\n"
        "    open_store(sys.argv[1], data=pathlib.Path(sys.argv[2]))\n"
        "except InUse as refused:\n"
        "    sys.exit(str(refused))\n"
    )
    refused = subprocess.run(
        [sys.executable, "-c", other, url(tmp_path), str(tmp_path / "elsewhere")],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert refused.stderr.strip() == (
        f"Another Flipchart already uses {tmp_path}/flipchart.db (process {os.getpid()})."
    )
    opened.close()


def test_a_store_that_is_open_is_not_opened_twice_until_it_is_closed(tmp_path: Path) -> None:
    opened = open_store(url(tmp_path), data=tmp_path)
    with pytest.raises(InUse) as refused:
        open_store(url(tmp_path), data=tmp_path)
    assert refused.value.pid == str(os.getpid())
    opened.close()
    open_store(url(tmp_path), data=tmp_path).close()


def test_a_database_of_a_newer_flipchart_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_store(url(tmp_path), data=tmp_path).close()
    with sqlite3.connect(tmp_path / "flipchart.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    with pytest.raises(NewerDatabase, match="start that one, or restore a backup"):
        open_store(url(tmp_path), data=tmp_path)
    with pytest.raises(NewerDatabase):
        open_store(url(tmp_path), data=tmp_path)


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unwritable, match=r"cannot be made: file exists\.|cannot be made: not a directory\."):
        open_store(url(tmp_path / "file"), data=tmp_path / "file")


def test_a_file_that_is_no_database_is_one_sentence_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "flipchart.db").write_text("Minutes of the meeting of 3 May\n" * 100)
    with pytest.raises(CannotOpen, match="file is not a database"):
        open_store(url(tmp_path), data=tmp_path)
    assert (tmp_path / "flipchart.db").read_text().startswith("Minutes")


def test_a_first_start_without_room_leaves_nothing_and_the_next_one_works() -> None:
    with small_disk(256) as disk:
        (disk / "ballast").write_bytes(bytes(200 * 1024))
        with pytest.raises(CannotOpen, match="disk that holds the database is full"):
            open_store(url(disk / "data"), data=disk / "data")
        assert [path.name for path in disk.iterdir()] == ["ballast"]
        subprocess.run(["mount", "-o", "remount,size=4m", str(disk)], check=True)
        open_store(url(disk / "data"), data=disk / "data").close()


def test_who_waited_for_a_lock_that_was_taken_along_does_not_have_it(tmp_path: Path) -> None:
    lock = tmp_path / "flipchart.db.lock"
    with lock.open("a+") as waited_for:
        assert opening._is_still(lock, waited_for)
        lock.unlink()
        assert not opening._is_still(lock, waited_for)
        lock.touch()
        assert not opening._is_still(lock, waited_for)


def test_sqlite_in_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="needs a file"):
        open_store("sqlite://", data=tmp_path)


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match=r"The database cannot be used: .*No such file or directory") as refused:
        open_store(f"postgresql://postgres@/nowhere?host={tmp_path}", data=tmp_path)
    assert "\n" not in str(refused.value)


def test_a_store_whose_tables_are_gone_is_not_ready(postgres: Server, tmp_path: Path) -> None:
    store = open_store(postgres.make("emptied"), data=tmp_path)
    store.ready()
    postgres.run("emptied", "DROP TABLE alembic_version")
    with pytest.raises(Unavailable, match="The database cannot be used"):
        store.ready()
    store.close()


def test_two_processes_bring_one_database_up_to_date_at_once(postgres: Server, tmp_path: Path) -> None:
    place = postgres.make("raced")
    script = (
        "import sys, pathlib\n"
        "from app.store.opening import open_store\n"
        "open_store(sys.argv[1], data=pathlib.Path(sys.argv[2])).close()\n"
    )
    racing = [subprocess.Popen([sys.executable, "-c", script, place, str(tmp_path)], cwd=ROOT) for _ in range(3)]
    assert [one.wait() for one in racing] == [0, 0, 0]
