"""What an operator has done while people are on the board: it is restored, replaced, erased, under their open pages."""

import asyncio
import io
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from app import backing_up, operating, settings
from app.errands import NotDone
from app.store.migrating import CannotOpen
from tests.web.visiting import KEY, Place, Session, Visitor, running

UNSENT = "0b9f3f0e-3c55-4f60-9d5e-6a1d3f7c0a11"


@pytest_asyncio.fixture(loop_scope="module")
async def place(tmp_path: Path, blank: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    """A server on a file, whose operator has the same settings."""
    (tmp_path / "boards").mkdir()
    monkeypatch.setenv("FLIPCHART_DATA", str(tmp_path / "boards"))
    monkeypatch.setenv("FLIPCHART_SECRET_KEY", KEY)
    async with running(tmp_path / "boards", blank=blank) as running_place:
        yield running_place


@pytest_asyncio.fixture(loop_scope="module")
async def session(place: Place) -> Session:
    """A board with a step to write in."""
    made = await place.board()
    await made.in_a_writing_step()
    return made


async def command(do: Any, *words: Any, **options: Any) -> None:
    """What the operator types, beside the server."""
    await asyncio.to_thread(do, *words, **options)


async def backed_up(into: Path) -> Path:
    await asyncio.to_thread(backing_up.back_up, settings.load(), into)
    return into


async def notes(visitor: Visitor, session: Session) -> list[str]:
    return [note["text"] for note in (await visitor.board(session.id))["notes"]]


async def test_attached_pages_show_the_restored_board_and_send_what_they_kept(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = await session.participant()
    await session.note(writer, "Before the backup")
    backup = await backed_up(tmp_path / "backup")
    await session.note(writer, "After the backup")
    seen = await writer.board(session.id)
    async with writer.follows(session.id, f"since={seen['seq']}&epoch={seen['epoch']}") as socket:
        await command(operating.restore, backup)
        assert await socket.hears_of("refresh") == {"refresh": True}
        assert await notes(writer, session) == ["Before the backup"]
        kept = await writer.asks(session.id, "note.add", id=UNSENT, text="Kept", step=session.step("write"))
        again = await writer.asks(session.id, "note.add", id=UNSENT, text="Kept", step=session.step("write"))
        assert (kept.status_code, again.json()) == (200, kept.json())
        assert "Kept" in (await socket.hears_of("content", "Kept"))["content"]
    now = await writer.board(session.id)
    assert (now["seq"], now["epoch"] == seen["epoch"]) == (seen["seq"], False)
    async with writer.follows(session.id, f"since={seen['seq']}&epoch={seen['epoch']}") as late:
        assert await late.hears() == {"refresh": True}
    assert f"Board {session.id} is here, as it was in the file.\n" in capsys.readouterr().out


async def test_pages_of_a_renewed_board_come_for_it_and_send_what_they_kept(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = await session.participant()
    await session.note(writer, "Before")
    seen = await writer.board(session.id)
    async with writer.follows(session.id, f"since={seen['seq']}&epoch={seen['epoch']}") as socket:
        await command(operating.renew, session.id)
        assert await socket.hears_of("refresh") == {"refresh": True}
        await session.note(writer, "After")
        assert "After" in (await socket.hears_of("content", "After"))["content"]
    async with writer.follows(session.id, f"since={seen['seq']}&epoch={seen['epoch']}") as late:
        assert await late.hears() == {"refresh": True}
    assert await notes(writer, session) == ["Before", "After"]
    assert capsys.readouterr().out.endswith("1 board begins another life.\n")
    with pytest.raises(NotDone, match="There is no board elsewhere"):
        await command(operating.renew, "elsewhere")


async def test_a_board_moves_to_another_server_with_its_people(
    session: Session, tmp_path: Path, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = await session.participant()
    await session.note(writer)
    was = await writer.board(session.id)
    await command(operating.export_board, session.id, tmp_path / "board")
    with pytest.raises(CannotOpen, match="is there already"):
        await command(operating.export_board, session.id, tmp_path / "board")
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("FLIPCHART_DATA", str(tmp_path / "other"))
    # At rest: nobody serves there yet.
    await command(operating.import_board, tmp_path / "board")
    with pytest.raises(NotDone, match="say --replace"):
        await command(operating.import_board, tmp_path / "board")
    async with running(tmp_path / "other") as other:
        writer.place = other
        moved = Visitor(other)
        moved.http.cookies = writer.http.cookies
        now = await moved.board(session.id)
        assert {**now, "epoch": was["epoch"]} == was
        assert (await moved.asks(session.id, "note.add", text="Here", step=session.step("write"))).status_code == 200


async def test_whoever_is_on_a_board_that_is_erased_is_told_so(session: Session) -> None:
    writer = await session.participant()
    seen = await writer.board(session.id)
    async with writer.follows(session.id, f"since={seen['seq']}&epoch={seen['epoch']}") as socket:
        await command(operating.purge, session.id)
        assert await socket.ends() == 4404
    assert (await writer.get(f"/b/{session.id}")).status_code == 404
    with pytest.raises(NotDone, match="There is no board"):
        await command(operating.purge, session.id)


async def test_the_operator_lists_boards_and_erases_those_that_are_old(
    session: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await session.participant()
    with pytest.raises(NotDone, match="Say which board"):
        await command(operating.purge)
    # The board's clock stands in the past of the operator's, or ahead of it: so many days lie between.
    monkeypatch.setattr(operating.time, "time", lambda: session.place.clock.now + 10 * 86_400)
    await command(operating.purge, older_than=11, yes=True)
    await command(operating.boards)
    told = capsys.readouterr().out
    assert "No board is older than 11 days: nothing was erased." in told
    assert re.search(rf"{session.id}  2026-09-21 \d\d:\d\d UTC  erased 2026-12-20      2 people      0.0 MiB", told), (
        told
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(NotDone, match="Nothing was erased"):
        await command(operating.purge, older_than=9)
    assert (await session.facilitator.get(f"/b/{session.id}")).status_code == 200
    await command(operating.purge, older_than=9, yes=True)
    assert (await session.facilitator.get(f"/b/{session.id}")).status_code == 404


async def test_a_board_that_is_used_again_while_the_operator_is_asked_stays(
    session: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    writer, loop = await session.participant(), asyncio.get_running_loop()
    monkeypatch.setattr(operating.time, "time", lambda: session.place.clock.now + 10 * 86_400)

    def confirms(_: str) -> bool:
        session.place.clock.now += 1
        asyncio.run_coroutine_threadsafe(session.note(writer, "Back again"), loop).result(10)
        return True

    monkeypatch.setattr(operating, "_confirmed", confirms)
    await command(operating.purge, older_than=9)
    assert f"Board {session.id} stays: something was done on it meanwhile." in capsys.readouterr().out
    assert await notes(writer, session) == ["Back again"]


def spoiled(backup: Path, how: str) -> None:
    file = backup / "flipchart.db"
    match how:
        case "no backup":
            file.unlink()
        case "no database":
            file.write_text("PK of something else entirely, and quite long enough to be read as a page")
        case "damaged":
            old = file.read_bytes()
            file.write_bytes(old[: len(old) // 2] + bytes(len(old) - len(old) // 2))
        case "newer":
            with sqlite3.connect(file) as kept:
                kept.execute("UPDATE alembic_version SET version_num = '9999'")
        case "another key":
            (backup / "secret.key").write_bytes(b"k" * 32)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("no backup", "is no backup"),
        ("no database", "is damaged, or is no database"),
        ("damaged", "is damaged, or is no database"),
        ("newer", "belongs to a newer Flipchart"),
        ("another key", "is another one than this server's"),
    ],
)
async def test_what_cannot_be_restored_is_one_sentence_and_changes_nothing(
    session: Session, tmp_path: Path, how: str, sentence: str
) -> None:
    backup = await backed_up(tmp_path / "backup")
    await session.note(session.facilitator, "After the backup")
    was = await session.facilitator.board(session.id)
    spoiled(backup, how)
    with pytest.raises(CannotOpen, match=re.escape(sentence)):
        await command(operating.restore, backup)
    assert await session.facilitator.board(session.id) == was
    assert sorted(path.name for path in (tmp_path / "boards").iterdir() if path.is_dir()) == []


async def test_without_a_key_in_the_backup_nobody_can_say_where_links_lead(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = await backed_up(tmp_path / "backup")
    monkeypatch.delenv("FLIPCHART_SECRET_KEY")
    with pytest.raises(NotDone, match=r"There is no secret\.key"):
        await command(operating.restore, backup)
    shutil.copy(backup / "flipchart.db", tmp_path / "copy.db")
    await command(operating.restore, backup, board=session.id, new_links=True)
    with pytest.raises(NotDone, match="There is no board elsewhere"):
        await command(operating.restore, backup, board="elsewhere", new_links=True)
