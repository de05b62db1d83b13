"""Red while what people write cannot be kept, for the reason that it is, and green again by itself."""

import os
from pathlib import Path

import pytest
from sqlalchemy import make_url
from structlog.testing import capture_logs

from app import checkup_database
from app.board.keeping import StorageFull
from app.readiness import AWAY, FULL, NO_TABLES, NOT_DURABLE, SENTENCES, Readiness
from app.settings import Settings
from app.store.opening import open_store, sqlite_engine
from app.store.store import Store
from app.store.transactions import Database
from tests.disk import small_disk
from tests.postgres import DURABLE, server


def fill(disk: Path, leave: int = 0) -> Path:
    """Write until that many bytes are left."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        there = os.statvfs(disk)
        file.write(b"x" * (there.f_bavail * there.f_frsize - leave))
    return filler


async def test_sqlite_is_red_while_its_disk_is_full_and_says_so_once() -> None:
    with small_disk(40_000) as disk:
        store = open_store(f"sqlite:///{disk}/boards.db", data=disk)
        readiness = Readiness(store, disk, every=0)
        with capture_logs() as said:
            assert await readiness.look() is None
            filler = fill(disk, leave=8 * 2**20)
            assert [await readiness.look() for _ in range(3)] == [FULL] * 3
            filler.unlink()
            assert await readiness.look() is None
        assert [(each["event"], each.get("why")) for each in said] == [("not ready", FULL), ("ready again", None)]
        store.close()


async def test_sqlite_that_does_not_wait_for_the_disk_is_red(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/boards.db"
    open_store(url, data=tmp_path).close()
    engine = sqlite_engine(make_url(url), "IMMEDIATE", size=1, pragmas=("synchronous=NORMAL",))
    store = Store(Database(write=engine, read=engine, writers=1, readers=1, release=engine.dispose))
    assert await Readiness(store, tmp_path).look() == NOT_DURABLE
    store.close()


async def test_postgresql_is_red_while_it_is_full_away_or_empty_and_green_again(tmp_path: Path) -> None:
    with server(DURABLE) as postgres, small_disk(24_000) as disk:
        store = open_store(postgres.make_on(disk / "tables", "brimful"), data=tmp_path)
        readiness = Readiness(store, None, every=0)
        assert await readiness.look() is None
        filler = fill(disk)
        readiness.hear(StorageFull("no room for somebody's words"))
        assert [await readiness.look() for _ in range(2)] == [FULL, FULL]
        filler.unlink()
        assert await readiness.look() is None
        postgres.run("brimful", "ALTER TABLE alembic_version RENAME TO elsewhere")
        assert await readiness.look() == NO_TABLES
        postgres.run("brimful", "ALTER TABLE elsewhere RENAME TO alembic_version")
        assert await readiness.look() is None
        postgres.stop()
        assert await readiness.look() == AWAY
        postgres.start()
        assert await readiness.look() is None
        store.close()
        postgres.drop("brimful", "brimful_disk")


async def test_postgresql_without_fsync_is_red_and_the_check_says_the_same(tmp_path: Path) -> None:
    with server() as postgres:
        url = postgres.make("careless")
        store = open_store(url, data=tmp_path)
        assert await Readiness(store, None).look() == NOT_DURABLE
        store.close()
        found = list(checkup_database.database(Settings(data=tmp_path, database_url=url)))
        assert [each.sentence for each in found] == [SENTENCES[NOT_DURABLE]]


@pytest.mark.parametrize("reason", SENTENCES)
def test_the_reasons_stand_in_the_protocol_and_for_operators(reason: str) -> None:
    docs = Path(__file__).resolve().parents[2] / "docs"
    assert all(f"`{reason}`" in (docs / name).read_text(encoding="utf-8") for name in ("protocol.md", "operating.md"))
