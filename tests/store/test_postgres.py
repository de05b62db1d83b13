"""What is asked of PostgreSQL alone: several writers, one of them first, and a server that goes away."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.board.keeping import Behind, OutcomeUnknown, Unavailable
from app.board.records import Note
from app.store import statements
from app.store.opening import open_store
from app.store.store import Store
from tests.disk import small_disk
from tests.postgres import Server, server
from tests.store.given import a_board, entry, fill, kept, note

GOES_AWAY = """
CREATE FUNCTION go_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.what = 'goes.away' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
  RETURN NEW;
END $$;
"""
AT_ONCE = "CREATE TRIGGER at_once AFTER INSERT ON entry FOR EACH ROW EXECUTE FUNCTION go_away();"
AT_COMMIT = (
    "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON entry"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION go_away();"
)


@pytest.fixture
def other(postgres: Server, tmp_path: Path) -> Iterator[Store]:
    """Another process's store on the shared database."""
    opened = open_store(postgres.url("shared"), data=tmp_path)
    yield opened
    opened.close()


def test_a_board_that_somebody_else_holds_stays_and_that_is_said(shared: Store, other: Store, board_id: str) -> None:
    shared.create(a_board(board_id), title="T", code_hash=board_id, at=1.0)
    turn = shared.take_turn(board_id, 0)

    def renew_soon(connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10ms'")
        connection.execute(statements.RENEW, {"board": board_id, "life": "winter", "now": 2.0})

    with pytest.raises(Unavailable, match=r"^The database cannot be used: somebody else has held what this needs"):
        other.database.change(renew_soon)
    turn.give_back()
    assert shared.heads([board_id]) == {board_id: (0, "spring")}


def test_of_two_processes_that_save_one_is_first_and_the_other_behind(
    shared: Store, other: Store, board_id: str
) -> None:
    shared.create(a_board(board_id), title="T", code_hash=board_id, at=1.0)
    start = threading.Barrier(2)

    def race(store: Store, name: str) -> int:
        seq = wins = 0
        start.wait()
        while seq < 200:
            try:
                store.save(board_id, before=seq, entries=[entry(seq + 1, note(f"{name}{seq}"), actor=name)])
                seq, wins = seq + 1, wins + 1
            except Behind:
                seq = max(each.seq for each in store.entries_since(board_id, seq))
        return wins

    with ThreadPoolExecutor(2) as threads:
        racing = [threads.submit(race, shared, "l"), threads.submit(race, other, "d")]
        wins = [one.result() for one in racing]
    loaded = kept(shared, board_id)
    assert loaded.board.seq == sum(wins)
    assert [each.seq for each in loaded.entries] == list(range(1, sum(wins) + 1))
    assert loaded.board.count(Note) == sum(wins) + 2


@pytest.fixture
def leaving(request: pytest.FixtureRequest, postgres: Server, tmp_path: Path) -> Iterator[Store]:
    """A store whose server cuts the line when an entry says so."""
    name = request.node.name
    opened = open_store(postgres.make(name), data=tmp_path)
    postgres.run(name, GOES_AWAY)
    yield opened
    opened.close()


def test_a_line_cut_before_the_commit_saves_nothing(
    leaving: Store, postgres: Server, request: pytest.FixtureRequest
) -> None:
    postgres.run(request.node.name, AT_ONCE)
    leaving.create(a_board("b"), title="T", code_hash="c", at=1.0)
    with pytest.raises(Unavailable):
        leaving.save("b", before=0, entries=[entry(1, note("n9"), what="goes.away")])
    assert leaving.heads(["b"]) == {"b": (0, "spring")}
    leaving.save("b", before=0, entries=[entry(1, note("n9"))])


def test_a_line_cut_during_the_commit_is_an_unknown_outcome(
    leaving: Store, postgres: Server, request: pytest.FixtureRequest
) -> None:
    postgres.run(request.node.name, AT_COMMIT)
    leaving.create(a_board("b"), title="T", code_hash="c", at=1.0)
    with pytest.raises(OutcomeUnknown):
        leaving.save("b", before=0, entries=[entry(1, note("n9"), what="goes.away")])
    assert leaving.heads(["b"]) == {"b": (0, "spring")}
    leaving.save("b", before=0, entries=[entry(1, note("n9"))])


def test_a_server_that_is_killed_and_started_again_has_all_that_was_saved(tmp_path: Path) -> None:
    with server() as own:
        store = open_store(own.url(), data=tmp_path)
        store.create(a_board("b"), title="T", code_hash="c", at=1.0)
        store.save("b", before=0, entries=[entry(1, note("n9"))])
        own.stop()
        with pytest.raises(Unavailable):
            store.save("b", before=1, entries=[entry(2)])
        with pytest.raises(Unavailable):
            store.ready()
        own.start()
        store.ready()
        store.save("b", before=1, entries=[entry(2, note("n10"))])
        assert kept(store, "b").board.count(Note) == 4
        store.close()


def test_commits_wait_for_the_log_whatever_the_server_was_set_to(shared: Store) -> None:
    setting = shared.database.change(lambda c: c.exec_driver_sql("SHOW synchronous_commit").scalar())
    assert setting == "on"


def test_no_connection_is_left_behind_by_what_went_wrong(shared: Store, board_id: str) -> None:
    shared.create(a_board(board_id), title="T", code_hash=board_id, at=1.0)
    for _ in range(20):
        with pytest.raises(Behind):
            shared.save(board_id, before=7, entries=[entry(8)])
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%%'"
    assert shared.database.change(lambda c: c.exec_driver_sql(waiting).scalar()) == 0


def test_a_full_disk_loses_nothing_and_room_is_used_again(postgres: Server, tmp_path: Path) -> None:
    with small_disk(14_000) as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(1_000_000))
        store = open_store(postgres.make_on(disk / "tables", "cramped"), data=tmp_path)
        store.create(a_board("b"), title="T", code_hash="c", at=1.0)
        saved = fill(store, "b", 0)
        assert saved > 3
        assert [each.seq for each in kept(store, "b").entries] == list(range(1, saved + 1))
        ballast.unlink()
        store.save("b", before=saved, entries=[entry(saved + 1, note("late"))])
        assert kept(store, "b").board.count(Note) == saved + 3
        store.close()
        postgres.drop("cramped", "cramped_disk")
