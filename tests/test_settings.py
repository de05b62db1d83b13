"""What an operator may set, and what they are told of a bad value."""

import stat
from pathlib import Path

import pytest

from app import settings
from app.board.limits import Limits
from app.settings import BadSettings, load, unknown_names


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(settings.PREFIX + name.upper(), raising=False)
    monkeypatch.setattr(settings, "SECRETS", tmp_path / "no-secrets-here")


def test_the_defaults_run_a_session_on_one_machine(tmp_path):
    chosen = load(data=tmp_path)
    assert chosen.database_url == f"sqlite:///{tmp_path}/flipchart.db"
    assert chosen.on_sqlite
    assert (chosen.host, chosen.port, chosen.retention_days) == ("127.0.0.1", 8000, 90)
    assert (chosen.broker_url, chosen.public_url, chosen.create_key, chosen.secret_key) == (None,) * 4


def test_what_is_given_wins_over_the_environment(monkeypatch):
    monkeypatch.setenv("FLIPCHART_PORT", "9000")
    assert load().port == 9000
    assert load(port=None).port == 9000
    assert load(port=9001).port == 9001


def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "flipchart_create_key").write_text("letmein\n")
    monkeypatch.setattr(settings, "SECRETS", tmp_path)
    create_key = load().create_key
    assert create_key is not None
    assert create_key.get_secret_value() == "letmein"


def test_a_secret_that_cannot_be_read_is_one_sentence(monkeypatch, tmp_path):
    (tmp_path / "flipchart_create_key").write_text("letmein")
    monkeypatch.setattr(settings, "SECRETS", tmp_path)

    def refuse(path: Path, **_: object) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(BadSettings, match=r"cannot be read: .*Permission denied.*flipchart_create_key"):
        load()


def test_a_variable_that_is_set_to_nothing_is_not_set(monkeypatch):
    monkeypatch.setenv("FLIPCHART_PUBLIC_URL", "")
    monkeypatch.setenv("FLIPCHART_PORT", "")
    assert (load().public_url, load().port) == (None, 8000)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "eight", "valid integer"),
        ("PORT", "70000", "65535"),
        ("RETENTION_DAYS", "0", "greater than or equal to 1"),
        ("PUBLIC_URL", "flipchart.example.org", "https://flipchart.example.org"),
        ("PUBLIC_URL", "https://example.org/path", "without a path"),
        ("DATABASE_URL", "mysql://example", "sqlite:/// or postgresql://"),
        ("FRAME_ANCESTORS", "'self'; script-src *", "separated by spaces"),
        ("FORWARDED_ALLOW_IPS", "127.0.0.1, localhost", "localhost is neither an address nor a network"),
        ("SECRET_KEY", "short", "at least 32"),
        ("LOG_FORMAT", "xml", "auto"),
    ],
)
def test_a_bad_value_gets_one_sentence_that_names_the_setting(monkeypatch, name, value, words):
    monkeypatch.setenv(f"FLIPCHART_{name}", value)
    with pytest.raises(BadSettings) as refused:
        load()
    assert str(refused.value).startswith(f"FLIPCHART_{name} cannot be used: ")
    assert words in str(refused.value)


def test_a_bad_secret_is_not_repeated(monkeypatch):
    monkeypatch.setenv("FLIPCHART_SECRET_KEY", "open-sesame")
    monkeypatch.setenv("FLIPCHART_DATABASE_URL", "mysql://user:open-sesame@example")
    with pytest.raises(BadSettings) as refused:
        load()
    assert "sesame" not in str(refused.value)


def test_settings_show_no_secret(monkeypatch):
    monkeypatch.setenv("FLIPCHART_SECRET_KEY", "open-sesame" * 4)
    monkeypatch.setenv("FLIPCHART_CREATE_KEY", "open-sesame")
    monkeypatch.setenv("FLIPCHART_DATABASE_URL", "postgresql://user:open-sesame@example/flipchart")
    assert "sesame" not in repr(load())


def test_the_old_name_of_postgresql_is_understood(monkeypatch):
    monkeypatch.setenv("FLIPCHART_DATABASE_URL", "postgres://example/flipchart")
    assert load().database_url == "postgresql://example/flipchart"
    assert not load().on_sqlite


def test_the_key_is_made_once_and_is_for_its_owner_only(tmp_path):
    first = load(data=tmp_path).key()
    assert len(first) == 32
    assert load(data=tmp_path).key() == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_key_that_is_set_is_used_and_not_written_down(tmp_path):
    assert load(data=tmp_path, secret_key="s" * 40).key() == b"s" * 40
    assert not list(tmp_path.iterdir())


def test_a_damaged_key_stops_the_start_rather_than_killing_every_link(tmp_path):
    (tmp_path / "secret.key").write_bytes(b"half")
    with pytest.raises(BadSettings, match="damaged"):
        load(data=tmp_path).key()


def test_the_limits_reach_the_rules(monkeypatch):
    assert load().limits == Limits()
    monkeypatch.setenv("FLIPCHART_MAX_NOTE", "500")
    assert load().limits == Limits(note=500)


def test_a_slip_of_the_pen_is_noticed(monkeypatch):
    monkeypatch.setenv("FLIPCHART_CREATKEY", "x")
    assert unknown_names() == ["FLIPCHART_CREATKEY"]


def test_a_key_that_can_be_neither_read_nor_made_is_one_sentence(tmp_path):
    (tmp_path / "secret.key").mkdir()
    for data, why in ((tmp_path, "is a directory"), (tmp_path / "nowhere", "no such file or directory")):
        with pytest.raises(BadSettings, match=f"secret.key can be neither read nor made: {why}"):
            load(data=data).key()
    assert not (tmp_path / "nowhere").exists()
