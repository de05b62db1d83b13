"""Flipchart behind nginx and Caddy, as their shipped configurations have it, and behind ones that spoil things."""

import json
import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.realtime.rooms import BEAT
from tests.deploy.proxied import ROOT, Front, Guest, caddy, flipchart, free_port, hosted, nginx

NGINX = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
NINETEEN_MB = b"x" * 19 * 2**20
QUICK, NEVER = 0.4, 600.0
SAYS_NO_SCHEME = {r"proxy_set_header X-Forwarded-Proto [^;]+;": 'proxy_set_header X-Forwarded-Proto "";'}
# Impatient with lines alone: a page of a busy machine may come late, and that is not what is tried.
IMPATIENT = {r"location ~ \S+/live\$ \{": r"\g<0> proxy_read_timeout 2s;"}
COOKIES_OF_A_CITY = "; ".join(f"city-{number}=" + "c" * 1000 for number in range(8))
addresses = count(2)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proxied")


@pytest.fixture(scope="module")
def upstream(place: Path) -> Iterator[int]:
    """The port of a Flipchart that says something each 0.4 seconds."""
    with flipchart(place / "boards", beat=QUICK) as (port, _):
        yield port


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def front(request: pytest.FixtureRequest, place: Path, upstream: int) -> Iterator[Front]:
    with {"nginx": nginx, "caddy": caddy}[request.param](place / request.param, upstream) as front:
        yield front


@pytest.fixture(scope="module")
def host(front: Front) -> Iterator[Guest]:
    with hosted(front) as guest:
        yield guest


def heard(socket, words: str, within: float = 5.0) -> str:
    """The message that these words are in."""
    over = time.monotonic() + within
    while words not in (said := str(socket.recv(timeout=over - time.monotonic()))):
        continue
    return said


@contextmanager
def stream(guest: Guest, timeout: float = 5.0, **headers: str) -> Iterator[Iterator[str]]:
    """The lines of the event stream."""
    seen = guest.http.get(f"/api/boards/{guest.board}").json()
    query = f"since={seen['seq']}&epoch={seen['epoch']}"
    asked = {"Accept": "text/event-stream", **headers}
    with guest.http.stream("GET", f"/b/{guest.board}/live?{query}", headers=asked, timeout=timeout) as answer:
        assert answer.status_code == 200
        yield answer.iter_lines()


def own_address() -> str:
    """An address of this machine that no test has asked from."""
    return f"127.0.0.{next(addresses)}"


def test_what_the_server_counts_is_not_for_the_public(host: Guest):
    assert host.http.get("/metrics").status_code == 404


def test_pages_come_over_https_only_and_nothing_is_kept_by_caches(front: Front, host: Guest):
    page = host.http.get(f"/b/{host.board}")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert page.headers["strict-transport-security"] == "max-age=31536000"
    assert page.headers.get_list("content-security-policy") == [page.headers["content-security-policy"]]
    script = re.search(r'src="(/static/[^"]+)"', page.text)
    assert script
    assert "immutable" in host.http.get(script[1]).headers["cache-control"]
    moved = httpx.get(f"http://localhost:{front.plain_port}/j/token", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["location"].startswith("https://localhost")


def test_links_seats_and_origins_are_those_of_the_address_that_people_see(front: Front):
    with front.browser() as host, front.browser() as guest:
        made = host.post("/boards", json={"title": "Quays", "template": "blank", "language": "en"})
        assert made.json()["join_url"].startswith(f"{front.url}/j/")
        came = guest.post(made.json()["join_url"], json={"name": "Quay office", "place": "Lyon"})
        assert came.status_code == 201
        seat = came.headers["set-cookie"].lower()
        assert seat.startswith(f"__host-flipchart-{made.json()['board']}=")
        assert all(flag in seat for flag in ("httponly", "secure", "samesite=lax", "path=/"))
        for other in (front.url.replace("https", "http"), "https://localhost", "https://elsewhere.example", "null"):
            refused = guest.post(made.json()["join_url"], json={"name": "x"}, headers={"Origin": other})
            assert refused.status_code == 403, other


def test_frames_come_down_a_socket_at_once(front: Front, host: Guest):
    with host.follows() as socket:
        host.writes("Every street a garden")
        assert json.loads(heard(socket, "Every street a garden"))["seq"]
    with pytest.raises(InvalidStatus) as refused:
        host.follows(Origin="https://elsewhere.example")
    assert refused.value.response.status_code == 403


def test_frames_come_down_an_event_stream_at_once(host: Guest):
    with stream(host) as lines:
        assert next(lines).startswith("retry:")
        host.writes("A bench under each tree")
        began = time.monotonic()
        line = next(line for line in lines if "A bench under each tree" in line)
        assert line.startswith("data: ")
        assert time.monotonic() - began < 1.5


def test_the_last_event_that_was_heard_reaches_the_server(host: Guest):
    before = host.http.get(f"/api/boards/{host.board}").json()
    host.writes("Said while nobody listened")
    with stream(host, **{"Last-Event-ID": f"{before['epoch']}:{before['seq']}"}) as lines:
        assert next(line for line in lines if "Said while nobody listened" in line)


def test_large_cookies_of_the_citys_other_sites_are_carried(host: Guest):
    cookies = f"{COOKIES_OF_A_CITY}; {host.cookies}"
    assert len(cookies) > 8 * 1024
    with host.front.browser(Cookie=cookies) as browser:
        page = browser.get(f"/b/{host.board}")
    assert (page.status_code, 'id="board"' in page.text) == (200, True)
    with host.follows(Cookie=cookies) as socket:
        host.writes("With all cookies")
        assert heard(socket, "With all cookies")


def test_only_the_stage_and_the_logo_take_large_files(host: Guest):
    refused = host.http.post(f"/b/{host.board}/commands", content=b"x" * 300_000)
    assert refused.status_code == 413
    form = {"id": str(uuid4())}
    carried = host.http.post(f"/b/{host.board}/stage/{host.step}", data=form, files={"file": b"%PDF-1.7" + NINETEEN_MB})
    assert carried.status_code == 422, "all of it came, and it is no PDF"
    refused = host.http.post(f"/b/{host.board}/stage/{host.step}", data=form, files={"file": 2 * NINETEEN_MB})
    assert (refused.status_code, "20 megabytes" in refused.text) == (413, True), "refused in words, not by the proxy"
    logo = host.http.post(f"/b/{host.board}/campaign/logo", data=form, files={"file": b"x" * 1_000_000})
    assert logo.status_code == 422, "all of it came, and it is no picture"


def guesses(front: Front, source: str, said: Iterator[str]) -> list[int]:
    """What eleven wrong codes from one address are answered with."""
    with front.browser(source) as browser:
        headers = ({"X-Forwarded-For": value, "Forwarded": f"for={value}"} for value in said)
        return [browser.get("/join?code=WRONG2", headers=next(headers)).status_code for _ in range(11)]


@pytest.mark.parametrize("forged", ["198.51.100.{}", "2001:db8:{}::1", "no address {}", "127.0.0.1, 203.0.113.{}"])
def test_limits_count_the_address_that_asks_whatever_it_says_of_itself(front: Front, forged: str):
    answers = guesses(front, own_address(), (forged.format(number) for number in range(99)))
    assert answers == [404] * 10 + [429]
    assert guesses(front, own_address(), iter(["198.51.100.1"] * 99))[0] == 404


def test_a_silent_line_lives_longer_than_the_proxy_waits(place: Path, upstream: int):
    waits = int(re.findall(r"proxy_read_timeout (\d+)s", NGINX)[0])
    assert waits >= 3 * BEAT
    with nginx(place / "impatient", upstream, IMPATIENT) as front, hosted(front) as guest, ExitStack() as stack:
        socket, lines = stack.enter_context(guest.follows()), stack.enter_context(stream(guest))
        over = time.monotonic() + 2.5  # longer than the proxy waits
        while time.monotonic() < over:
            socket.recv(timeout=5)
            next(lines)


def test_control_without_a_heartbeat_the_proxy_cuts_the_line(place: Path):
    with (
        flipchart(place / "silent", beat=NEVER) as (port, _),
        nginx(place / "cutting", port, IMPATIENT) as front,
        hosted(front) as guest,
        guest.follows() as socket,
    ):
        with pytest.raises(ConnectionClosed) as closed:
            heard(socket, "nothing of the kind", within=20)
        assert closed.value.rcvd is None


def test_control_a_proxy_that_keeps_answers_back_keeps_the_stream_back_but_not_the_socket(place: Path, upstream: int):
    buffers = {r"proxy_buffering off;": "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;"}
    with nginx(place / "buffering", upstream, buffers) as front, hosted(front) as guest:
        with guest.follows() as socket:
            guest.writes("Kept back")
            assert heard(socket, "Kept back")
        with pytest.raises(httpx.ReadTimeout), stream(guest, timeout=1.0) as lines:
            guest.writes("Kept back too")
            assert not [line for line in lines if "Kept back too" in line]


def test_a_handshake_whose_upgrade_is_lost_is_told_so_and_the_stream_goes_through(place: Path, upstream: int):
    strips = {r"proxy_set_header (Upgrade|Connection) [^;]+;": r'proxy_set_header \1 "";'}
    with nginx(place / "stripping", upstream, strips) as front, hosted(front) as guest:
        with pytest.raises(InvalidStatus) as refused:
            guest.follows()
        assert refused.value.response.status_code == 426
        with stream(guest) as lines:
            guest.writes("By the other way")
            assert next(line for line in lines if "By the other way" in line)


def test_a_proxy_that_does_not_say_https_is_noticed_at_the_first_form(place: Path, upstream: int):
    with nginx(place / "no-scheme", upstream, SAYS_NO_SCHEME) as front, front.browser() as browser:
        refused = browser.post("/boards", json={"title": "Quays", "template": "blank", "language": "en"})
        assert (refused.status_code, refused.json()["refused"]) == (403, "wrong-origin")


def test_the_address_that_is_set_counts_even_where_a_proxy_hides_it(place: Path):
    hides = {**SAYS_NO_SCHEME, r"proxy_set_header Host [^;]+;": "proxy_set_header Host inside;"}
    with ExitStack() as stack:
        # The proxy's port is known only once it runs, and it runs before the server that it is in front of.
        port = free_port()
        front = stack.enter_context(nginx(place / "hiding", port, hides))
        stack.enter_context(flipchart(place / "named", beat=NEVER, port=port, FLIPCHART_PUBLIC_URL=front.url))
        guest = stack.enter_context(hosted(front))
        with guest.follows() as socket:
            guest.writes("Through it all the same")
            assert heard(socket, "Through it all the same")


def test_a_server_that_stops_tells_every_line_through_the_proxies(place: Path):
    with ExitStack() as stack:
        port, process = stack.enter_context(flipchart(place / "stopping", beat=NEVER))
        followed = []
        for kind in (nginx, caddy):
            front = stack.enter_context(kind(place / f"stopping-{kind.__name__}", port))
            guest = stack.enter_context(hosted(front))
            followed.append((stack.enter_context(guest.follows()), stack.enter_context(stream(guest))))
        assert all(next(lines).startswith("retry:") for _, lines in followed)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        for socket, lines in followed:
            with pytest.raises(ConnectionClosed) as closed:
                heard(socket, "nothing of the kind")
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1012
            assert "data: 1012" in list(lines)
        assert process.wait(timeout=10) == 0
        assert time.monotonic() - began < 5
