"""What an operator is told when a server cannot start."""

import socket
import subprocess
import sys

import pytest

from app import starting
from app.settings import load
from app.starting import CannotStart


def test_the_data_directory_is_made_for_its_owner_only(tmp_path):
    with starting.ready_data(tmp_path / "new" / "boards"):
        assert (tmp_path / "new" / "boards").stat().st_mode & 0o777 == 0o700


def test_a_file_where_the_data_directory_should_be_is_named(tmp_path):
    (tmp_path / "boards").write_text("")
    with (
        pytest.raises(CannotStart, match="boards cannot be made: file exists"),
        starting.ready_data(tmp_path / "boards"),
    ):
        pass


def test_a_port_in_use_is_named():
    with starting.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Port {port} of 127.0.0.1 is already in use"):
            starting.listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_of_another_machine_is_refused(host):
    with pytest.raises(CannotStart, match="is not an address of this machine"):
        starting.listen(host, 0)


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ({"host": "127.0.0.1"}, "http://localhost:{port}"),
        ({"host": "127.0.0.2"}, "http://127.0.0.2:{port}"),
        ({"public_url": "https://flipchart.example.org/"}, "https://flipchart.example.org"),
    ],
)
def test_people_are_shown_an_address_that_works(stated, shown):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert starting.address(load(**stated), listener) == shown.format(port=port)


def test_links_lead_to_where_the_server_was_last_started(tmp_path):
    chosen = load(data=tmp_path)
    assert starting.last_address(chosen) == "http://localhost:8000"
    starting.remember("http://192.0.2.7:9000", tmp_path)
    assert starting.last_address(chosen) == "http://192.0.2.7:9000"
    assert starting.last_address(load(data=tmp_path, public_url="https://example.org")) == "https://example.org"


def test_a_start_waits_for_no_library_that_it_does_not_need():
    heavy = "{'alembic', 'docx', 'httpx', 'numpy', 'PIL', 'pypdfium2', 'redis', 'typst', 'xlsxwriter'}"
    asked = f"import app.cli, sys; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
