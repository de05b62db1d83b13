"""A PostgreSQL server of the tests' own: files and socket in a temporary directory, no port."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.machine import missing

# Crashing the machine is not what these tests are about, and syncing would make them wait for the disk.
SETTINGS = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=60"


class Server:
    """A server that runs, can be stopped and can be started again."""

    def __init__(self, programs: Path, home: Path) -> None:
        self._programs = programs
        self._home = home

    def url(self, database: str = "postgres") -> str:
        """Where a database of this server is, as SQLAlchemy writes it."""
        return f"postgresql://postgres@/{database}?host={self._home}"

    def initialise(self) -> None:
        self._run("initdb", "--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C")

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"{SETTINGS} -c unix_socket_directories={self._home}"
        self._run("pg_ctl", "--wait", "--timeout=60", f"--log={self._home}/log", f"--options={options}", "start")

    def stop(self) -> None:
        """Stop as a crash would, without tidying up, and wait until it is gone."""
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    def make(self, database: str) -> str:
        """Make an empty database and say where it is."""
        self._run("createdb", f"--host={self._home}", "--username=postgres", database, cluster=False)
        return self.url(database)

    def make_on(self, directory: Path, database: str) -> str:
        """Make an empty database whose tables are in that directory, and say where it is."""
        directory.mkdir()
        if _owner():
            directory.parent.chmod(0o755)
            shutil.chown(directory, _owner(), _owner())
        self.run("postgres", f"CREATE TABLESPACE {database}_disk LOCATION '{directory}'")
        self.run("postgres", f"CREATE DATABASE {database} TABLESPACE {database}_disk")
        return self.url(database)

    def drop(self, database: str, tablespace: str) -> None:
        """Let go of a database and of the directory where it was."""
        self.run("postgres", f"DROP DATABASE {database}")
        self.run("postgres", f"DROP TABLESPACE {tablespace}")

    def run(self, database: str, statement: str) -> None:
        """Say something to a database as its owner."""
        where = (f"--host={self._home}", "--username=postgres", f"--dbname={database}")
        self._run("psql", *where, "--quiet", "--set=ON_ERROR_STOP=1", f"--command={statement}", cluster=False)

    def _run(self, program: str, *arguments: str, cluster: bool = True) -> None:
        where = [f"--pgdata={self._home}/cluster"] if cluster else []
        done = subprocess.run(
            [self._programs / program, *where, *arguments],
            cwd=self._home,
            user=_owner(),
            group=_owner(),
            extra_groups=None if _owner() is None else [],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip()}")


@contextmanager
def server() -> Iterator[Server]:
    """A new server, gone afterwards. Skips where there is no PostgreSQL; fails where there must be (CI)."""
    home = Path(tempfile.mkdtemp(prefix="flipchart-postgres-"))
    home.chmod(0o755)
    if _owner():
        shutil.chown(home, _owner(), _owner())
    running = Server(_programs(), home)
    try:
        running.initialise()
        running.start()
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(home)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not installed:
        missing("PostgreSQL is not installed: no initdb in PATH nor in /usr/lib/postgresql")
    return installed[-1].parent


def _owner() -> str | None:
    """PostgreSQL refuses to run as root; its package made a user for it."""
    return "postgres" if os.geteuid() == 0 and _exists("postgres") else None


def _exists(user: str) -> bool:
    return any(entry.pw_name == user for entry in pwd.getpwall())
