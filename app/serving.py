"""Knows how boards are served until the server is told to stop: by this process, or by several that it looks after."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import structlog
import typer
import uvicorn
from fastapi import FastAPI
from websockets import http11

from app import handing_out, listening, log, settings, starting
from app.board.keeping import Keeper
from app.checkup_database import ON_SQLITE
from app.links import Links
from app.main import create_app
from app.proxies import believed
from app.settings import Settings
from app.starting import CannotStart
from app.store.looking import used_by
from app.store.migrating import migrate, require_newest
from app.store.opening import InUse, open_store
from app.store.store import Store
from app.supervising import OneOfSeveral, Supervisor, end_with, this_program

DataOption = Annotated[Path | None, typer.Option("--data", help="The directory that holds the boards.")]
HostOption = Annotated[str | None, typer.Option(help="The address to listen on; 127.0.0.1 unless set.")]
PortOption = Annotated[int | None, typer.Option(help="The port to listen on; 8000 unless set.")]
ProcessesOption = Annotated[int | None, typer.Option(help="How many processes serve; one unless set.")]
Handed = Annotated[int, typer.Option()]
LONGEST_HEADER = 32 * 1024


def serve(
    host: HostOption = None, port: PortOption = None, data: DataOption = None, processes: ProcessesOption = None
) -> None:
    """Serves every board of the data directory until it is told to stop."""
    chosen = settings.load(host=host, port=port, data=data, processes=processes)
    if chosen.processes > 1 and chosen.on_sqlite:
        raise CannotStart(ON_SQLITE)
    _begin(chosen)
    starting.allow_as_many_as_may_be()
    with starting.ready_data(chosen.data):
        chosen.require_whole_key()
        if chosen.processes > 1:
            _serve_by_several(chosen)
        else:
            _serve_alone(chosen)


def serve_beside(
    listener: Handed,
    ready: Handed,
    lifeline: Handed,
    place: Handed,
    counting: Annotated[Path, typer.Option()],
    address: Annotated[str, typer.Option()],
) -> None:
    """Serves as one of several processes; `serve` starts it, and hands it the numbers of its open files."""
    end_with(lifeline)
    chosen = settings.load()
    _begin(chosen)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with closing(open_store(chosen.database_url, data=chosen.data, migrating=require_newest)) as keeper:
        made = configured(create_app(chosen, keeper=keeper, address=address, told_at=counting / str(place)), chosen)
        starting.collect_seldom()
        OneOfSeveral(made, ready).run(sockets=[socket.socket(fileno=listener)])


def server(app: FastAPI, chosen: Settings) -> uvicorn.Server:
    """The server as Flipchart runs it: small frames, slow readers dropped, nobody's address written down."""
    return uvicorn.Server(configured(app, chosen))


def configured(app: FastAPI, chosen: Settings) -> uvicorn.Config:
    """What the server is told of how to listen."""
    # The cookies of a city's other sites come along with each handshake; the library stops at a line of 8 KiB.
    http11.MAX_LINE_LENGTH = LONGEST_HEADER
    return uvicorn.Config(
        app,
        http=listening.Http,
        ws=listening.Socket,
        ws_per_message_deflate=False,
        ws_max_size=16_384,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        timeout_graceful_shutdown=5,
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=True,
        forwarded_allow_ips=believed(chosen.forwarded_allow_ips),
        server_header=False,
    )


@contextmanager
def alone(chosen: Settings) -> Iterator[Store]:
    """The store, with its tables up to date; on SQLite nobody else has it. Raises CannotOpen."""
    try:
        keeper = open_store(
            chosen.database_url, data=chosen.data, migrating=migrate if chosen.migrate else require_newest
        )
    except InUse as used:
        raise InUse(used.path, used.pid, _taken(chosen.database_url, used.pid)) from None
    with closing(keeper):
        yield keeper


def _listening(chosen: Settings) -> socket.socket:
    """The port first: what cannot be reached makes no database. Of a second server here it is said that it is one."""
    try:
        return starting.listen(chosen.host, chosen.port)
    except CannotStart:
        if (other := used_by(chosen.database_url)) is not None:
            raise CannotStart(_taken(chosen.database_url, other)) from None
        raise


def _taken(url: str, pid: str) -> str:
    there = f"{Path(url.partition(':///')[2]).absolute().parent}{f' (process {pid})' if pid else ''}"
    return f"Another Flipchart already serves this data directory: {there}."


def _begin(chosen: Settings) -> None:
    log.configure(chosen.log_format)
    os.umask(0o077)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _serve_alone(chosen: Settings) -> None:
    if not sys.stdin.isatty():
        signal.signal(signal.SIGHUP, _stay)
    with _listening(chosen) as listener, alone(chosen) as keeper:
        address = starting.address(chosen, listener)
        _welcome(chosen, keeper, address)
        app = create_app(chosen, keeper=keeper, address=address)
        starting.collect_seldom()
        server(app, chosen).run(sockets=[listener])


def _serve_by_several(chosen: Settings) -> None:
    with _listening(chosen) as listener:
        address = starting.address(chosen, listener)
        with alone(chosen) as keeper:
            _welcome(chosen, keeper, address)
        # What each has counted it tells the others there; the sockets of those that have died go with it.
        with TemporaryDirectory(prefix="flipchart-") as counting:
            supervisor = Supervisor(
                this_program("serve-beside", "--address", address, "--counting", counting),
                listener,
                count=chosen.processes,
                environment={**os.environ, f"{settings.PREFIX}DATA": str(chosen.data)},
            )
            served = asyncio.run(supervisor.run())
    if not served:
        sys.exit(1)


def _stay(*_: Any) -> None:
    structlog.get_logger().warning("not replaced: one process cannot be, while it serves")


def _welcome(chosen: Settings, keeper: Keeper, address: str) -> None:
    events = structlog.get_logger()
    for name in settings.unknown_names():
        events.warning("unknown setting", setting=name)
    secret = Links(chosen.key())
    board = handing_out.ready_made(keeper, secret, time.time)
    starting.remember(address, chosen.data)
    if chosen.print_links or sys.stdout.isatty():
        typer.echo(f"Flipchart is at {address}\n\n{handing_out.read_out(board, secret, address)}\n")
    events.info("serving", boards=len(keeper.boards()))
    if chosen.processes > 1 and chosen.broker_url is None:
        events.warning("without a broker pages hear within a second of what was done at another process")
