"""What an operator is told of a database that cannot be used: one sentence, the same from each command, no password."""

from contextlib import closing
from pathlib import Path

import pytest

from app import operating, settings
from app.checkup import findings
from app.serving import serve
from app.starting import CannotStart
from app.store.looking import connections_allowed
from app.store.migrating import CannotOpen, NewerDatabase, OlderDatabase, migrate, require_newest
from app.store.opening import bring_up_to_date, open_store
from tests.postgres import Server
from tests.store.given import a_board

SECRET = "open-sesame"


@pytest.fixture
def refused(tmp_path: Path):
    """What is said when this database is opened; check-config says the same, and neither tells the password."""

    def ask(url: str, **stated: object) -> str:
        with pytest.raises(CannotOpen) as no:
            open_store(url, data=tmp_path, migrating=migrate if stated.get("migrate", True) else require_newest)
        chosen = settings.load(data=tmp_path, database_url=url, port=0, **stated)
        said = [finding.sentence for finding in findings(chosen, None) if finding.stops]
        assert said == [str(no.value)]
        assert SECRET not in said[0]
        assert "\n" not in said[0]
        return said[0]

    return ask


@pytest.fixture
def guarded(postgres: Server) -> str:
    """Where the shared server is for somebody who must say a password, which is to be filled in."""
    if not getattr(postgres, "guarded", False):
        postgres.guard("guarded", SECRET)
        postgres.guarded = True  # type: ignore[attr-defined]
    return postgres.url("postgres").replace("postgres@", "guarded:{}@")


def test_a_wrong_password_and_a_missing_one_are_said(guarded: str, refused) -> None:
    assert 'password authentication failed for user "guarded"' in refused(guarded.format(f"{SECRET}-wrong"))
    assert "no password supplied" in refused(guarded.format(""))


def test_a_user_who_may_make_no_tables_is_told(guarded: str, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="permission denied"):
        open_store(guarded.format(SECRET), data=tmp_path)


def test_a_database_that_is_not_there_is_named(postgres: Server, refused) -> None:
    assert 'database "nowhere" does not exist' in refused(postgres.url("nowhere"))


@pytest.mark.parametrize(
    ("host", "words"), [("127.0.0.1:1", "Connection refused"), ("no-such-host.invalid", "no-such-host.invalid")]
)
def test_a_server_that_does_not_run_or_has_no_address_is_said(host: str, words: str, refused) -> None:
    assert words in refused(f"postgresql://flipchart:{SECRET}@{host}/flipchart")


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://flipchart:{SECRET}@db:port/flipchart",
        f"postgresql://flipchart:{SECRET}/more@db/flipchart",
        f"postgresql://flipchart:{SECRET}@more@db/flipchart",
        f"postgresql://flipchart:{SECRET}@[::1/flipchart",
        f"postgresql+another://flipchart:{SECRET}@db/flipchart",
        f"mysql://flipchart:{SECRET}@db/flipchart",
    ],
)
def test_an_address_that_is_none_is_refused_before_anybody_is_asked(url: str) -> None:
    with pytest.raises(settings.BadSettings, match="FLIPCHART_DATABASE_URL cannot be used: it must") as no:
        settings.load(database_url=url)
    assert SECRET not in str(no.value)


def test_tables_that_are_missing_are_made_on_request_and_the_revisions_told(
    postgres: Server, tmp_path: Path, refused
) -> None:
    place = postgres.make("asked")
    assert refused(place, migrate=False).endswith("run flipchart migrate.")
    first = bring_up_to_date(place, data=tmp_path)
    assert (first.before, len(first.after)) == ("", 4)
    again = bring_up_to_date(place, data=tmp_path)
    assert (again.before, again.after) == (first.after, first.after)
    open_store(place, data=tmp_path, migrating=require_newest).close()


def test_tables_of_another_version_are_told_apart_and_left_alone(postgres: Server, tmp_path: Path, refused) -> None:
    place = postgres.make("versions")
    open_store(place, data=tmp_path).close()
    postgres.run("versions", "UPDATE alembic_version SET version_num = '9999'")
    assert "belongs to a newer Flipchart" in refused(place)
    postgres.run("versions", "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(OlderDatabase, match="tables are at 0001"):
        open_store(place, data=tmp_path, migrating=require_newest)
    with pytest.raises(NewerDatabase):
        postgres.run("versions", "UPDATE alembic_version SET version_num = '9999'")
        open_store(place, data=tmp_path)


def test_boards_that_cannot_be_renewed_are_left_as_they_are(
    postgres: Server, guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused_at(url: str) -> str:
        monkeypatch.setenv("FLIPCHART_DATA", str(tmp_path))
        monkeypatch.setenv("FLIPCHART_DATABASE_URL", url)
        with pytest.raises(CannotOpen) as no:
            operating.renew()
        assert SECRET not in str(no.value) and "\n" not in str(no.value)
        return str(no.value)

    assert "password authentication failed" in refused_at(guarded.format(f"{SECRET}-wrong"))
    assert 'database "nowhere" does not exist' in refused_at(postgres.url("nowhere"))
    place = postgres.make("to_renew")
    for _ in range(2):
        assert "tables are not there" in refused_at(place)
    with closing(open_store(place, data=tmp_path)) as keeper:
        keeper.create(a_board("b1"), title="Flip the Script", code_hash="code-b1", at=1790000000.0)
        postgres.run("to_renew", "UPDATE alembic_version SET version_num = '9999'")
        assert "belongs to a newer Flipchart" in refused_at(place)
        postgres.run("to_renew", "UPDATE alembic_version SET version_num = '0001'")
        assert "tables are at 0001" in refused_at(place)
        assert keeper.heads(["b1"]) == {"b1": (0, "spring")}
    with closing(open_store(f"sqlite:///{tmp_path}/flipchart.db", data=tmp_path)):
        assert "takes no errands just now" in refused_at(f"sqlite:///{tmp_path}/flipchart.db")


def test_too_many_processes_for_the_database_are_counted_before_it_is_too_late(
    postgres: Server, tmp_path: Path
) -> None:
    place = postgres.url("postgres")
    allowed = connections_allowed(place)
    chosen = settings.load(data=tmp_path, database_url=place, port=0, processes=4)
    said = " ".join(finding.sentence for finding in findings(chosen, None))
    assert f"max_connections is {allowed}" in said
    assert "pages hear within a second" in said


def test_several_processes_on_sqlite_are_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="SQLite has one process that writes"):
        serve(data=tmp_path, processes=2)
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "flipchart.db.lock").symlink_to("/dev/full")
    with pytest.raises(CannotOpen, match=f"The directory {tmp_path} cannot be written"):
        open_store(f"sqlite:///{tmp_path}/flipchart.db", data=tmp_path)
