"""Knows what must hold before a server may start, a data directory and a free port, and where it is then found."""

import errno
import gc
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app import directories
from app.settings import Settings

ADDRESS_FILE: Final = "address"
BACKLOG: Final = 2048
MANY: Final = (65_536, 10_240)
# What the kernel keeps for one reader who does not read: it doubles this, and counts its own overhead in.
KEPT_BY_KERNEL: Final = 64 * 1024
# Nothing of what was sent has been acknowledged for so long, in milliseconds: the cable is out.
UNACKNOWLEDGED: Final = 40_000
# How many more objects were made than went, before the youngest are looked through; and so on for the older ones.
COLLECT_AFTER: Final = (20_000, 20, 10)


class CannotStart(Exception):
    """Why the server does not start: one sentence for the operator."""


@contextmanager
def ready_data(directory: Path) -> Iterator[None]:
    """Makes the data directory where it is missing, and takes it back if it is empty when what follows fails.

    Raises CannotStart where it cannot be written.
    """
    try:
        made = directories.make(directory)
    except OSError as error:
        raise CannotStart(f"The data directory {directory} cannot be made: {_why(error)}.") from None
    if not os.access(directory, os.R_OK | os.W_OK | os.X_OK):
        raise CannotStart(f"The data directory {directory} is not writable.")
    try:
        yield
    except BaseException:
        directories.take_back(made)
        raise


def listen(host: str, port: int) -> socket.socket:
    """A socket that already listens, so that nobody else can take the port; CannotStart when it is taken."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror:
        raise CannotStart(f"{host} is not an address of this machine.") from None
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound_what_waits(listener)
    try:
        listener.bind(where)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise CannotStart(_no_port(error, host, port)) from None
    return listener


def collect_seldom() -> None:
    """What is there at the start stays for good, and what a page is drawn from goes without being looked for."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def allow_as_many_as_may_be() -> None:
    """Every line is a file to the system, and it often allows a thousand where it would allow more if asked."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    # Some systems (macOS) say that there is no limit, and refuse to be asked for that.
    for wished in (most, *MANY):
        with suppress(ValueError, OSError):
            return resource.setrlimit(resource.RLIMIT_NOFILE, (wished, most))


def bound_what_waits(listener: socket.socket) -> None:
    """Limits that every connection takes over from the socket that it came in by; set before it listens."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KEPT_BY_KERNEL)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED)


def address(settings: Settings, listener: socket.socket) -> str:
    """Where people find this server: what the operator says, else this machine and the port listened on."""
    if settings.public_url:
        return settings.public_url
    host = "localhost" if settings.host in {"127.0.0.1", "::1"} else settings.host
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104 - compared with, not listened on
        host = _in_this_room()
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


def remember(address: str, directory: Path) -> None:
    """Lets later commands print links that lead to the server as it was started."""
    (directory / ADDRESS_FILE).write_text(f"{address}\n", encoding="utf-8")


def last_address(settings: Settings) -> str:
    """Where the server was found when it last started; where it would be, if it never did."""
    kept = settings.data / ADDRESS_FILE
    if settings.public_url or not kept.is_file():
        return settings.public_url or f"http://localhost:{settings.port}"
    return kept.read_text(encoding="utf-8").strip()


def _in_this_room() -> str:
    # Connecting a datagram socket sends nothing; it only asks which of our addresses would be used.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])


def _no_port(error: OSError, host: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {port} of {host} is already in use: stop what listens there, or choose another."
        case errno.EACCES:
            return f"Port {port} is reserved for the system: choose one from 1024 on with --port."
        case errno.EADDRNOTAVAIL:
            return f"{host} is not an address of this machine."
        case _:
            return f"Port {port} of {host} cannot be listened on: {_why(error)}."


def _why(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()
