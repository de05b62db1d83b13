"""What an operator is told by check-config: every setting and whence it is, and one sentence for each thing wrong."""

import os
import socket
from contextlib import closing
from pathlib import Path

import pytest

from app import checkup, settings
from app.alike import likeness
from app.checkup import Finding, findings, listed
from app.proxies import believed, everywhere
from app.settings import PREFIX, Settings
from app.store.opening import open_store

ANYWHERE = "0.0.0.0"  # noqa: S104 - what an operator may say


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setattr(settings, "SECRETS", tmp_path / "no-secrets-here")


@pytest.fixture
def data(tmp_path) -> Path:
    """A data directory as the server makes it, with its key."""
    (tmp_path / "boards").mkdir(mode=0o700)
    settings.load(data=tmp_path / "boards").key()
    return tmp_path / "boards"


@pytest.fixture
def said(data, monkeypatch):
    """What is said of settings from the environment."""

    def ask(**stated: str) -> list[Finding]:
        for name, value in {"DATA": str(data), "PORT": "0", **stated}.items():
            monkeypatch.setenv(PREFIX + name, value)
        return findings(*settings.usable())

    return ask


def table(**given: object) -> dict[str, str]:
    chosen, bad = settings.usable(**given)
    return dict(line.split("=", 1) for line in listed(chosen, bad, frozenset(given)))


def test_every_setting_is_listed_with_where_it_came_from(monkeypatch, tmp_path, data):
    (tmp_path / "flipchart_create_key").write_text("open-sesame")
    monkeypatch.setattr(settings, "SECRETS", tmp_path)
    monkeypatch.setenv("FLIPCHART_PORT", "9000")
    monkeypatch.setenv("FLIPCHART_HOST", "")
    monkeypatch.setenv("FLIPCHART_DATABASE_URL", "postgresql://flipchart:open-sesame@db.example/flipchart")
    shown = table(data=data)
    assert set(shown) == {PREFIX + name.upper() for name in Settings.model_fields}
    assert shown["FLIPCHART_PORT"] == "9000  (environment)"
    assert shown["FLIPCHART_HOST"] == "127.0.0.1  (default)"
    assert shown["FLIPCHART_DATA"] == f"{data}  (option)"
    assert shown["FLIPCHART_CREATE_KEY"] == f"********  ({tmp_path}/flipchart_create_key)"
    assert shown["FLIPCHART_DATABASE_URL"] == "postgresql://********@db.example/flipchart  (environment)"
    assert "sesame" not in str(shown)


def test_a_setting_that_cannot_be_used_does_not_hide_the_others(said):
    found = said(PORT="eight", DATABASE_URL="mysql://user:open-sesame@db", FORWARDED_ALLOW_IPS="*")
    assert found[0].stops
    assert "FLIPCHART_PORT cannot be used" in found[0].sentence
    assert "FLIPCHART_DATABASE_URL cannot be used" in found[0].sentence
    assert any("believes everybody" in finding.sentence for finding in found[1:])
    assert table()["FLIPCHART_PORT"] == "?  (environment; cannot be used)"
    assert "sesame" not in f"{found} {table()}"


def test_an_ordinary_machine_is_not_objected_to(said):
    assert said() == []
    assert said(HOST="::1" if socket.has_ipv6 else "127.0.0.1", FORWARDED_ALLOW_IPS="127.0.0.1, ::1") == []


def test_a_server_behind_https_with_a_key_of_its_own_is_not_objected_to(said):
    assert said(PUBLIC_URL="https://flipchart.example.org", CREATE_KEY="letmein", HOST=ANYWHERE) == []


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ({"PUBLIC_URL": "http://flipchart.example.org", "CREATE_KEY": "x"}, "without https"),
        ({"PUBLIC_URL": "https://flipchart.example.org"}, "anybody who finds this server may start boards"),
        ({"HOST": ANYWHERE, "CREATE_KEY": "x"}, "PUBLIC_URL is not set"),
        ({"FORWARDED_ALLOW_IPS": "*"}, "believes everybody"),
        ({"FORWARDED_ALLOW_IPS": "127.0.0.1, 0.0.0.0/0"}, "believes everybody"),
        ({"FORWARDED_ALLOW_IPS": "::/0"}, "believes everybody"),
        ({"FRAME_ANCESTORS": "https://a.example *"}, "every site"),
        ({"PUBLC_URL": "https://flipchart.example.org"}, "is FLIPCHART_PUBLIC_URL meant?"),
        ({"SOMETHING_ELSE": "x"}, "FLIPCHART_SOMETHING_ELSE is no setting."),
    ],
)
def test_what_is_unwise_is_one_sentence_and_stops_nothing(said, stated, words):
    found = said(**stated)
    assert [finding.stops for finding in found] == [False]
    assert words in found[0].sentence


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PUBLIC_URL", "flipchart.example.org", "such as https://flipchart.example.org"),
        ("FORWARDED_ALLOW_IPS", "10.0.0.1/8", "neither an address nor a network"),
        ("FORWARDED_ALLOW_IPS", "caddy", "neither an address nor a network"),
        ("HOST", "192.0.2.1", "not an address of this machine"),
        ("DATABASE_URL", "postgresql://flipchart:open-sesame@127.0.0.1:1/flipchart", "Connection refused"),
    ],
)
def test_what_stops_the_start_is_one_sentence(said, name, value, words):
    found = said(CREATE_KEY="x", **{name: value})
    assert [finding.stops for finding in found][:2] in ([True], [True, False])
    assert words in found[0].sentence
    assert "sesame" not in found[0].sentence


def test_a_port_in_use_stops_the_start_unless_it_is_this_very_server(said, data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert [finding.stops for finding in said(PORT=port)] == [True]
        with closing(open_store(f"sqlite:///{data}/flipchart.db", data=data)):
            found = said(PORT=port)
    assert found == [Finding(f"A Flipchart serves these boards now (process {os.getpid()}).")]


def test_a_file_where_the_data_directory_should_be_stops_the_start(said, tmp_path):
    (tmp_path / "file").write_text("")
    assert said(DATA=str(tmp_path / "file/boards"))[0] == Finding(
        f"The data directory {tmp_path}/file/boards cannot be made: {tmp_path}/file is a file.", stops=True
    )


def test_a_directory_of_somebody_else_stops_the_start(said, data, monkeypatch):
    # Whoever runs these tests may be allowed everything, so the system's answer is put in.
    monkeypatch.setattr(checkup.os, "access", lambda path, mode: False)
    sentences = [finding.sentence for finding in said() if finding.stops]
    assert f"The data directory {data} is not writable for this user." in sentences
    assert f"The key in {data}/secret.key cannot be read by this user." in sentences


def test_nothing_is_made_by_looking(said, tmp_path):
    found = said(DATA=str(tmp_path / "new/boards"))
    assert [finding.stops for finding in found] == [False]
    assert "made at the first start" in found[0].sentence
    assert not (tmp_path / "new").exists()


def test_a_key_that_is_damaged_or_open_to_others_is_named(said, data):
    (data / "secret.key").chmod(0o644)
    assert "chmod 600" in said()[0].sentence
    (data / "secret.key").write_bytes(b"half")
    assert said()[0].stops


def test_a_data_directory_open_to_others_is_named(said, data):
    data.chmod(0o755)
    assert "chmod o-rwx" in said()[0].sentence


def test_a_proxy_is_believed_by_its_address_however_the_system_writes_it():
    assert believed("127.0.0.1, 10.0.0.0/8") == ["127.0.0.1", "::ffff:127.0.0.1", "10.0.0.0/8", "::ffff:10.0.0.0/104"]
    assert believed("2001:db8::/32,::1") == ["2001:db8::/32", "::1"]
    assert believed("127.0.0.1,*") == ["*"]
    assert not everywhere("127.0.0.1, 10.0.0.0/8")


def test_it_is_told_how_notes_about_the_same_subject_are_found(said, monkeypatch):
    assert checkup.in_use(Settings()).endswith("compares meanings, across languages.")
    assert checkup.in_use(Settings(smart=False)).endswith("compares words, within one language.")
    monkeypatch.setattr(likeness, "MODEL", "nothing_of_this_name")
    assert checkup.in_use(Settings()).endswith("compares words, within one language.")
    (found,) = said()
    assert "bin/setup tries it again" in found.sentence
    assert not found.stops
    assert said(SMART="0") == []
