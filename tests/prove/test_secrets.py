"""P27: every secret of a session is looked for in what the server writes, keeps and shows to others."""

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.prove.conftest import Promise
from tests.wire.corpus import World
from tests.wire.raw import Raw
from tests.wire.rig import Server, serving

pytestmark = pytest.mark.prove

KEY = "a key for tests that is long enough to be one"
SECRET = 8
READS = (
    "", "/results", "/replay", "/ideas", "/billboards", "/toolkit", "/survey.csv", "/owners", "/export.json",
    "/export.csv", "/export.md", "/people", "/log", "/agenda", "/invitation", "/print", "/ready",
    "?as=participant", "?remote", "/screen", "/alike", "/session.ics", "/roadmap.ics",
)  # fmt: skip


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Server]:
    """Our server as it is run."""
    with serving("real", tmp_path, within=10.0) as server:
        yield server


def read(server: Server, path: str, cookie: str) -> bytes:
    """Head and body of what that seat is answered."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.request("GET", path, headers={"Cookie": cookie})
    answer = line.getresponse()
    said = str(answer.getheaders()).encode() + answer.read()
    line.close()
    return said


def frames(server: Server, world: World, cookie: str) -> bytes:
    """Everything that a page of that seat is told while the door is closed and opened again."""
    raw = Raw.silent(server.port)
    seq = server.asks(f"/api/boards/{world.board}", cookie=world.host)[0]
    raw.opens(server.port, f"/b/{world.board}/live?since={seq['seq']}&epoch={seq['epoch']}", {"Cookie": cookie})
    for door in ("closed", "waiting", "open"):
        world.does("door.set", open=door)
    world.does("board.announce", text="The last word")
    told = b""
    for _, body in raw.frames():
        told += body
        if b"The last word" in body:
            break
    raw.line.close()
    return told


def secrets_of(world: World, cookies: dict[str, str], personal: str) -> dict[str, bytes]:
    """Each by its name; of a token what is behind the board's id, of a cookie its value."""
    links = {f"{name} link": link.rpartition("/")[2][SECRET:] for name, link in world.links.items()}
    held = {f"{name}'s cookie": cookie.partition("=")[2] for name, cookie in cookies.items()}
    found = {**links, **held, "code": world.code, "personal link": personal.rpartition("/")[2], "key": KEY}
    return {name: secret.encode() for name, secret in found.items()}


def test_promise_27_no_secret_stands_where_it_should_not(real: Server, tmp_path: Path, promise: Promise) -> None:
    world = World.new(real)
    writer, other = world.people[0], world.people[1]
    personal = real.asks(f"/b/{world.board}/me", {}, cookie=writer)[0]["url"]
    screen, observer = (real.asks(world.links[role], {})[1] for role in ("screen", "observer"))
    world.does("results.publish", on=True)
    secrets = secrets_of(world, {"host": world.host, "writer": writer, "screen": screen}, personal)
    seats = {"participant": other, "observer": observer, "stranger": world.stranger, "nobody": ""}
    shown = {
        who: b"".join(read(real, f"/b/{world.board}{path}", cookie) for path in READS) for who, cookie in seats.items()
    }
    shown["participant's frames"] = frames(real, world, other)
    shown["API"] = read(real, f"/api/boards/{world.board}", other)
    shown["facilitator's exports"] = b"".join(
        read(real, f"/b/{world.board}{path}", world.host) for path in READS if path.startswith("/export")
    )
    # Control: on the facilitator's own page they are found.
    own = read(real, f"/b/{world.board}", world.host)
    on_it = [name for name, secret in secrets.items() if secret in own]
    assert "join link" in on_it
    assert real.stop(10.0)
    shown["log"] = real.log().encode()
    kept = [path for path in (tmp_path / "real").rglob("*") if path.is_file() and path.name != "secret.key"]
    shown["database and files"] = b"".join(path.read_bytes() for path in kept)
    assert world.board.encode() in shown["database and files"]
    found = [
        f"{name} in {where}" for where, said in shown.items() for name, secret in secrets.items() if secret in said
    ]
    assert found == []
    promise(
        27,
        f"{len(secrets)} secrets (key, links, code, cookies, a personal link) looked for in {len(shown)} places, "
        f"{sum(map(len, shown.values())) / 1e6:.1f} MB of log, database, others' pages, frames, API, exports: 0 found",
        control=f"the same search finds {len(on_it)} of them on the facilitator's own page, where they belong",
    )
