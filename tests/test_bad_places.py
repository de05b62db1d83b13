"""Every command on a database that is another Flipchart's, none, or without room: one sentence, and no change."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app import backing_up, cli, handing_out, settings
from app.links import Links
from app.store import carrying
from app.store.migrating import CannotOpen
from app.store.opening import open_store
from tests.disk import small_disk

# What changes nothing where there is nothing to change, in the words of who types it.
LOOKS = (
    "boards",
    "people BOARD",
    "recount BOARD",
    "export-board BOARD OUT",
    "links BOARD",
    "purge --older-than 0 --yes",
)
CHANGES = ("purge BOARD", "renew", "forget BOARD somebody", "links BOARD --rotate join")
FETCHES = ("import-board FILE --replace", "restore BACKUP")
# One of each kind, where all go the same way.
FEW = ("boards", "purge BOARD", "import-board FILE --replace")
ROOM_KB = 3_000

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Boards with one board, a backup of them, and a file of that board."""
    place = tmp_path_factory.mktemp("good")
    before = os.umask(0o077)
    chosen = settings.load(data=place / "boards")
    with closing(open_store(chosen.database_url, data=chosen.data)) as keeper:
        board = handing_out.ready_made(keeper, Links(chosen.key()), time.time)
        (place / "id").write_text(board.id)
        assert carrying.write(keeper.database, board.id, place / "file")
    backing_up.back_up(chosen, place / "backup")
    os.umask(before)
    return place


@pytest.fixture
def data(good: Path, tmp_path: Path) -> Path:
    """A copy of the boards."""
    return Path(shutil.copytree(good / "boards", tmp_path / "data"))


@pytest.fixture
def typed(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command for the boards in a directory: how it ended, what it said, and what it said of trouble."""
    words = {"BOARD": (good / "id").read_text(), "OUT": str(tmp_path / "out")}
    words |= {"FILE": str(good / "file"), "BACKUP": str(good / "backup"), "KEPT": str(tmp_path / "kept")}

    def type_it(command: str, directory: Path, **stated: str) -> tuple[int, str, str]:
        before = os.umask(0o077)
        with monkeypatch.context() as here:
            for name, value in {"FLIPCHART_DATA": str(directory), **stated}.items():
                here.setenv(name, value)
            here.setattr("sys.argv", ["flipchart", *(words.get(word, word) for word in command.split())])
            try:
                with pytest.raises(SystemExit) as ended:
                    cli.run()
            finally:
                os.umask(before)
        return (int(ended.value.code or 0), *capsys.readouterr())

    return type_it


def refusal(ended: tuple[int, str, str]) -> str:
    """The one sentence of a command that did nothing."""
    status, said, refused = ended
    assert (status, said) == (1, ""), ended
    assert refused.endswith(".\n") and refused.count("\n") == 1, ended
    return refused.strip()


def everything(directory: Path) -> dict[str, bytes]:
    """What lies there, but for the lock, which says who had it last, and what SQLite keeps while it looks."""
    files = (path for path in directory.rglob("*") if path.is_file() and not path.name.endswith((".lock", "-shm")))
    return {str(path.relative_to(directory)): path.read_bytes() for path in files if path.stat().st_size}


def change(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / "flipchart.db")) as kept, kept:
        kept.execute(statement)


ANOTHERS = {
    "newer": ("UPDATE alembic_version SET version_num = '9999'", "belongs to a newer Flipchart: start that one"),
    "older": ("UPDATE alembic_version SET version_num = '0001'", "tables are at 0001, and this Flipchart needs"),
    "none": ("DROP TABLE alembic_version", "tables are not there, and this Flipchart needs"),
}


@pytest.mark.parametrize(
    ("whose", "command"),
    [("newer", each) for each in (*LOOKS, *CHANGES, *FETCHES)]
    + [(whose, each) for whose in ("older", "none") for each in FEW],
)
def test_tables_of_another_flipchart_are_neither_read_nor_changed(
    data: Path, typed: Typed, whose: str, command: str
) -> None:
    statement, sentence = ANOTHERS[whose]
    change(data, statement)
    was = everything(data)
    assert sentence in refusal(typed(command, data, FLIPCHART_MIGRATE="0"))
    assert everything(data) == was
    assert not (data.parent / "out").exists()


@pytest.mark.parametrize("command", [*LOOKS, *CHANGES, "backup KEPT"])
def test_where_no_server_was_nothing_is_made_by_asking(tmp_path: Path, typed: Typed, command: str) -> None:
    for place in (tmp_path / "none", tmp_path / "empty"):
        assert "There is no database at" in refusal(typed(command, place))
        assert not place.exists() or not everything(place)
        (tmp_path / "empty").mkdir(exist_ok=True)


@pytest.mark.parametrize("command", [*FEW, "migrate", "backup KEPT"])
def test_a_file_that_is_no_database_is_said_to_be_none_and_stays(data: Path, typed: Typed, command: str) -> None:
    (data / "flipchart.db").write_text("Minutes of the meeting of 3 May\n" * 100)
    was = everything(data)
    assert "file is not a database" in refusal(typed(command, data))
    assert everything(data) == was
    assert not (data.parent / "kept").exists()


def test_an_empty_file_stays_one_and_is_no_backup(tmp_path: Path, typed: Typed) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "flipchart.db").touch()
    assert "tables are not there" in refusal(typed("boards", tmp_path / "empty"))
    assert "nothing to back up" in refusal(typed("backup KEPT", tmp_path / "empty"))
    assert (tmp_path / "empty" / "flipchart.db").stat().st_size == 0


def test_a_newer_flipcharts_boards_are_backed_up_all_the_same(data: Path, typed: Typed) -> None:
    change(data, ANOTHERS["newer"][0])
    status, said, refused = typed("backup KEPT", data)
    assert (status, refused) == (0, "") and "Backed up" in said


def test_links_are_not_made_of_a_key_that_nobody_has(data: Path, typed: Typed) -> None:
    (data / "secret.key").unlink()
    assert "There is no key in" in refusal(typed("links BOARD", data))
    assert "There is no secret.key in" in refusal(typed("restore BACKUP", data))
    assert not (data / "secret.key").exists()


@pytest.fixture
def cramped(good: Path) -> Iterator[Path]:
    """The boards on a disk of their own, which has room left."""
    with small_disk(ROOM_KB) as disk:
        yield Path(shutil.copytree(good / "boards", disk / "data"))


@pytest.mark.parametrize("command", [*LOOKS, *CHANGES, *FETCHES, "migrate", "backup KEPT"])
def test_a_disk_that_is_read_only_is_said_to_be_and_nothing_is_half_done(
    cramped: Path, typed: Typed, command: str
) -> None:
    was = everything(cramped)
    with mounted_again(cramped.parent, "ro"):
        said = refusal(typed(command, cramped))
        assert "is not writable" in said or "read-only file system" in said
    assert everything(cramped) == was
    assert not any((cramped.parent / each).exists() for each in ("out", "kept"))


class mounted_again:  # noqa: N801 (read as a verb)
    """The disk is mounted so while this lasts."""

    def __init__(self, disk: Path, how: str) -> None:
        self._disk, self._how = disk, how

    def __enter__(self) -> None:
        subprocess.run(["mount", "-o", f"remount,{self._how}", str(self._disk)], check=True)

    def __exit__(self, *_: object) -> None:
        subprocess.run(["mount", "-o", "remount,rw", str(self._disk)], check=True)


@pytest.mark.parametrize("command", [*LOOKS, *CHANGES, *FETCHES, "migrate", "backup KEPT"])
def test_a_disk_without_room_is_said_to_have_none_and_the_boards_stay(
    cramped: Path, typed: Typed, command: str
) -> None:
    was = everything(cramped)
    fill(cramped.parent)
    said = refusal(typed(command, cramped))
    assert "is full" in said or "no space left on device" in said
    (cramped.parent / "ballast").unlink()
    assert everything(cramped) == was
    status, listed, _ = typed("boards", cramped)
    assert (status, listed.count("\n")) == (0, 1)


@pytest.mark.parametrize("command", ["backup KEPT", "export-board BOARD OUT"])
def test_what_finds_no_room_for_its_file_leaves_none(data: Path, typed: Typed, command: str) -> None:
    with small_disk(64) as disk:
        fill(disk, but=4)
        said = refusal(typed(command.replace("KEPT", str(disk / "kept")).replace("OUT", str(disk / "out")), data))
        assert "full" in said or "no space left on device" in said
        assert [path.name for path in disk.iterdir()] == ["ballast"]


def fill(disk: Path, *, but: int = 0) -> None:
    """Take all the room that there is, but for so many kilobytes."""
    with (disk / "ballast").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            file.truncate(max(0, file.tell() - but * 1024))


def test_a_backup_that_cannot_be_made_leaves_nothing_of_the_way_to_it(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="nothing to back up"):
        backing_up.back_up(settings.load(data=tmp_path / "none"), tmp_path / "one" / "two" / "backup")
    assert list(tmp_path.iterdir()) == []
