"""A PostgreSQL server of the tests' own: files and socket in a temporary directory, no port."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.machine import missing

# Crashing the machine is not what these tests are about, and syncing would make them wait for the disk.
SETTINGS = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=60"
# For proofs that end it without a word, again and again.
DURABLE = "-c listen_addresses= -c fsync=on -c max_connections=60"
GONE = 30.0


class Server:
    """A server that runs, can be stopped and can be started again."""

    def __init__(self, programs: Path, home: Path, settings: str = SETTINGS) -> None:
        self._programs = programs
        self._home = home
        self._settings = settings

    def url(self, database: str = "postgres") -> str:
        """Where a database of this server is, as SQLAlchemy writes it."""
        return f"postgresql://postgres@/{database}?host={self._home}"

    @property
    def pid(self) -> int:
        """Its first process, which starts the others."""
        return int((self._home / "cluster/postmaster.pid").read_text(encoding="ascii").split()[0])

    def initialise(self) -> None:
        self._run("initdb", "--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C")

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"{self._settings} -c unix_socket_directories={self._home}"
        self._run("pg_ctl", "--wait", "--timeout=60", f"--log={self._home}/log", f"--options={options}", "start")

    def stop(self) -> None:
        """Stop as a crash would, without tidying up, and wait until it is gone."""
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    def kill(self) -> None:
        """End it and all its processes without telling any of them, and return when they are gone."""
        lock, first = self._home / "cluster/postmaster.pid", self.pid
        # Stopped, it makes no more of them while they are counted.
        os.kill(first, signal.SIGSTOP)
        family = [first, *_children(first)]
        for each in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        until = time.monotonic() + GONE
        while any(map(_lives, family)):
            if time.monotonic() > until:
                raise RuntimeError("PostgreSQL cannot be killed")
        # Nobody may have collected the first one, and its number counts as taken until then.
        for left in (lock, *self._home.glob(".s.PGSQL.*.lock")):
            left.unlink(missing_ok=True)

    def make(self, database: str) -> str:
        """Make an empty database and say where it is."""
        self._run("createdb", *self._whose(), database, cluster=False)
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

    def dump(self, database: str) -> None:
        """Keep the database as it is now, by its own tool."""
        self._run(
            "pg_dump",
            *self._whose(),
            "--format=custom",
            f"--file={self._home}/{database}.dump",
            database,
            cluster=False,
        )

    def put_back(self, database: str) -> None:
        """Make the database what it was when it was dumped, by its own tool."""
        clean = ("--clean", "--if-exists", "--single-transaction", f"--dbname={database}")
        self._run("pg_restore", *self._whose(), *clean, f"{self._home}/{database}.dump", cluster=False)

    def guard(self, role: str, password: str) -> None:
        """Make somebody who must say a password."""
        rules = self._home / "cluster/pg_hba.conf"
        rules.write_text(f"local all {role} scram-sha-256\n{rules.read_text()}")
        self.run("postgres", f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
        self.run("postgres", "SELECT pg_reload_conf()")

    def drop(self, database: str, tablespace: str) -> None:
        """Let go of a database and of the directory where it was."""
        self.run("postgres", f"DROP DATABASE {database}")
        self.run("postgres", f"DROP TABLESPACE {tablespace}")

    def run(self, database: str, statement: str) -> None:
        """Say something to a database as its owner."""
        self._run(
            "psql",
            *self._whose(),
            f"--dbname={database}",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            f"--command={statement}",
            cluster=False,
        )

    def _whose(self) -> tuple[str, str]:
        return f"--host={self._home}", "--username=postgres"

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
def server(settings: str = SETTINGS) -> Iterator[Server]:
    """A new server, gone afterwards. Skips where there is no PostgreSQL; fails where there must be (CI)."""
    home = Path(tempfile.mkdtemp(prefix="flipchart-postgres-"))
    home.chmod(0o755)
    if _owner():
        shutil.chown(home, _owner(), _owner())
    running = Server(_programs(), home, settings)
    try:
        running.initialise()
        running.start()
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(home)


def _children(parent: int) -> list[int]:
    found = (path.parent.name for path in Path("/proc").glob("[0-9]*/stat") if _stat(path)[1:2] == [str(parent)])
    return [int(each) for each in found]


def _lives(process: int) -> bool:
    return _stat(Path(f"/proc/{process}/stat"))[:1] not in ([], ["Z"])


def _stat(path: Path) -> list[str]:
    """The state of a process and its parent; nothing when it is gone."""
    try:
        return path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[:2]
    except OSError:
        return []


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
