"""Flipchart behind a real proxy, with the very configuration that is shipped: only addresses are put in."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from websockets.sync.client import ClientConnection, connect

from tests.machine import missing

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 10.0
# The same server with a quicker heart, so that minutes of silence can be seen in seconds.
QUICK = "import app.realtime.rooms as rooms; rooms.BEAT = {beat}; from app.cli import run; run()"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def flipchart(data: Path, *, beat: float, port: int = 0, **stated: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A server of its own: its port and its process. Its heart beats every `beat` seconds."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FLIPCHART_")}
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", QUICK.format(beat=beat), "serve", "--port", str(port)],
        env={**plain, "FLIPCHART_DATA": str(data), "PYTHONPATH": str(ROOT), **stated},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        while "serving" not in (line := process.stderr.readline()):
            assert line, "the server did not start"
        yield port, process
    finally:
        ended(process)


def ended(process: subprocess.Popen[str]) -> None:
    """Stop a process as a system does, and wait for it."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


@dataclass
class Front:
    """A proxy's address as people see it, and the certificate that it is trusted by."""

    port: int
    plain_port: int
    trust: ssl.SSLContext

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def browser(self, source: str = "127.0.0.1", **headers: str) -> httpx.Client:
        """A browser on that address of this machine."""
        return httpx.Client(
            base_url=self.url,
            transport=httpx.HTTPTransport(verify=self.trust, local_address=source),
            headers={"Origin": self.url, **headers},
            timeout=PATIENCE,
        )


def put_in(text: str, changes: dict[str, str]) -> str:
    """A shipped configuration with the test's addresses; what is no longer there to be changed is a failure."""
    for pattern, instead in changes.items():
        text, times = re.subn(pattern, instead, text)
        assert times, pattern
    return text


def program(name: str) -> str:
    """Where a proxy is installed."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") or missing(f"there is no {name} on this machine")


@contextmanager
def nginx(place: Path, upstream: int, changes: dict[str, str] | None = None) -> Iterator[Front]:
    """nginx with the site of `deploy/nginx.conf`; `changes` break it on purpose."""
    place.mkdir()
    key, certificate = certified(place)
    port, plain = free_port(), free_port()
    site = put_in(
        (ROOT / "deploy/nginx.conf").read_text(),
        {
            r"server 127\.0\.0\.1:8000;": f"server 127.0.0.1:{upstream};",
            r"listen 80;": f"listen 127.0.0.1:{plain};",
            r"listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            r"listen \[::\]:.*\n": "\n",
            r"server_name \S+;": "server_name localhost;",
            r"ssl_certificate \S+;": f"ssl_certificate {certificate};",
            r"ssl_certificate_key \S+;": f"ssl_certificate_key {key};",
            r"/var/log/nginx/error\.log": str(place / "error.log"),
            **(changes or {}),
        },
    )
    spool = "".join(f"{kind}_temp_path {place};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (place / "nginx.conf").write_text(
        f"{'user root;' if os.getuid() == 0 else ''}\ndaemon off;\nworker_processes 1;\npid {place}/pid;\n"
        f"error_log {place}/error.log;\nevents {{ worker_connections 256; }}\nhttp {{\n{spool}{site}\n}}\n"
    )
    front = Front(port, plain, ssl.create_default_context(cafile=str(certificate)))
    with running([program("nginx"), "-p", str(place), "-e", f"{place}/error.log", "-c", f"{place}/nginx.conf"], front):
        yield front


@contextmanager
def caddy(place: Path, upstream: int) -> Iterator[Front]:
    """Caddy with `deploy/Caddyfile`; it makes its certificate itself, as it does on a real domain."""
    place.mkdir()
    port, plain = free_port(), free_port()
    ours = f"{{\nadmin off\nskip_install_trust\nhttp_port {plain}\nhttps_port {port}\ndefault_bind 127.0.0.1\n}}\n"
    (place / "Caddyfile").write_text(ours + (ROOT / "deploy/Caddyfile").read_text())
    known = {"DOMAIN": "localhost", "UPSTREAM": f"127.0.0.1:{upstream}", "HOME": str(place)}
    homes = {"XDG_DATA_HOME": str(place), "XDG_CONFIG_HOME": str(place), "PATH": os.environ["PATH"]}
    root = place / "caddy/pki/authorities/local/root.crt"
    front = Front(port, plain, ssl.create_default_context())
    command = [program("caddy"), "run", "--config", f"{place}/Caddyfile", "--adapter", "caddyfile"]
    with running(command, front, env={**known, **homes}):
        until(root.is_file)
        front.trust.load_verify_locations(str(root))
        until(lambda: answers(front))
        yield front


def answers(front: Front) -> bool:
    """Does the proxy speak TLS with its own certificate yet?"""
    try:
        with front.browser() as browser:
            return browser.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def running(command: list[str], front: Front, **how: Any) -> Iterator[None]:
    """The process of a proxy, which listens."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True, **how)
    try:
        until(lambda: listens(front.port) or process.poll() is not None)
        assert process.poll() is None, command
        yield
    finally:
        ended(process)


def listens(port: int) -> bool:
    """Does anybody listen there?"""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def certified(place: Path) -> tuple[Path, Path]:
    """A key, and a certificate for localhost that is signed with it."""
    key, certificate = place / "key.pem", place / "certificate.pem"
    request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    named = ("-addext", "subjectAltName=DNS:localhost")
    subprocess.run(
        [program("openssl"), *request.split(), *named, "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    return key, certificate


def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Waits for what another process does."""
    waiting, over = threading.Event(), time.monotonic() + seconds
    while not true():
        assert time.monotonic() < over, "waited in vain"
        waiting.wait(0.02)


@dataclass
class Guest:
    """Somebody with a seat on a board, behind a proxy."""

    front: Front
    http: httpx.Client
    board: str
    step: str = ""

    @property
    def cookies(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)

    def asks(self, do: str, **fields: Any) -> httpx.Response:
        """One command, as a program asks."""
        return self.http.post(f"/b/{self.board}/commands", json={"do": do, "id": str(uuid4()), **fields})

    def writes(self, text: str) -> None:
        """A note, in the step that the session is in."""
        assert self.asks("note.add", step=self.step, text=text).status_code == 200

    def follows(self, path: str = "live", **headers: str) -> ClientConnection:
        """The socket of the board, opened as a browser opens it."""
        named = {"Cookie": self.cookies, **headers}
        return connect(
            f"wss://localhost:{self.front.port}/b/{self.board}/{path}",
            ssl=self.front.trust,
            origin=named.pop("Origin", self.front.url),  # type: ignore[arg-type]
            additional_headers=named,
            open_timeout=PATIENCE,
            proxy=None,
        )


@contextmanager
def hosted(front: Front) -> Iterator[Guest]:
    """A facilitator of a new board, in a step in which people write."""
    with ExitStack() as stack:
        browser = stack.enter_context(front.browser())
        made = browser.post("/boards", json={"title": "Quays", "template": "brainstorm-and-vote", "language": "en"})
        assert made.status_code == 201, made.text
        guest = Guest(front, browser, made.json()["board"])
        steps = browser.get(f"/api/boards/{guest.board}").json()["steps"]
        guest.step = next(step["id"] for step in steps if step["kind"] == "write")
        assert guest.asks("agenda.go", step=guest.step).status_code == 200
        yield guest
