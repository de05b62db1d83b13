"""Knows what Flipchart promises, and keeps `docs/promises.md`: what was found when each promise was last proved."""

import fcntl
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/promises.md"
README = ROOT / "README.md"

PROMISES = {
    1: "When the server is killed 100 times under 200 writes a second, no acknowledged note or vote is lost or "
    "doubled, and it serves again within 3 s; an answer never leaves before what it promises is synced to the disk.",
    2: "The same holds for two processes on PostgreSQL, one of which is killed each time.",
    3: "When the database is killed or restarted under load, every command whose outcome was unknown ends as exactly "
    "one effect, writing goes on within 5 s, and no connection is leaked.",
    4: "When the disk is full, writing is refused as `storage-full`, reading goes on, nothing acknowledged is lost, "
    "and writing goes on without a restart when there is room again.",
    5: "A command that comes up to five times, over new connections and through two processes, has at most one effect, "
    "and an accepted answer never changes.",
    6: "What somebody wrote while offline outlives a reload and a crash of the tab, is sent once, and is shown as not "
    "sent within 2 s.",
    7: "On a network that drops, doubles, reorders, delays and cuts, every page comes to show the same board.",
    8: "Joining is atomic: whoever joins in the middle of 200 writes a second sees, at each number, the board as it "
    "was at that number.",
    9: "There is no silent hole: a lost frame or a lost hint is noticed within 20 s and repaired without a reload.",
    10: "After every command, what a page had and what it was told make what is read afresh from the database.",
    11: "After a restart with 2,000 people connected, all have caught up within 10 s.",
    12: "One process holds 10,000 idle connections with at most 60 KiB each.",
    13: "1,000 people on one board, 100 durable writes a second: acknowledged within 100 ms, seen by all within 250 ms "
    "(99 of 100), for at most 3 µs of the server's CPU for each delivery, and no more than 20 % worse under attack.",
    14: "A client that stops reading costs at most 256 KiB and is gone within 10 s, as are floods of pings; silent "
    "connections and half-sent headers are closed within 10 s.",
    15: "A pulled cable is noticed within 45 s by the server and 20 s by the page; two tabs are one person, and nobody "
    "is shown who has gone.",
    16: "Asked to end with 500 people connected, 20 of them stuck, the server says so to all, loses nothing and is "
    "gone within 10 s; while two processes are restarted in turn no command fails for good.",
    17: "When the broker is killed or frozen for a minute, nothing is lost and 99 of 100 notes are seen within 1.5 s.",
    18: "Nothing leaks: after 20,000 connections and 2,000 boards, tasks, descriptors, rooms and memory are back to "
    "where they were.",
    19: "What is hidden, waiting, silent or erased never reaches anybody who may not see it, on a socket or in a page, "
    "an export, a log or an error.",
    20: "Who is removed gets the last frame within 1 s, on every process and in every tab, has no effect afterwards "
    "and does not get back in by that seat, device or personal link.",
    21: "After a board is locked or a vote is closed at a number, nothing is accepted above that number.",
    22: "No voter ever spends more than the budget, and every published tally equals a recount.",
    23: "60 s after an erasure, what was erased is nowhere: not in the database's files, entries, exports, "
    "caches or logs.",
    24: "1,000 hostile frames and requests of at least 40 kinds crash and hang nothing and show no stack trace; each "
    "gets its own error, and a healthy neighbour loses nothing.",
    25: "A wrong origin is refused before a socket is accepted; no change is made across sites or by GET.",
    26: "None of 500 payloads in any field that people write runs a script, asks a foreign server or breaks the layout "
    "for anybody; the names of real people stay as they are.",
    27: "No secret stands in a log, an address bar, a referrer, somebody else's page, an export or the database.",
    28: "Limits hold for each connection, person, address and board and are not evaded by a forged address; 150 people "
    "who join behind one office's address within a minute meet none.",
}

HEAD = """# What Flipchart promises, and what shows it

`bin/prove` proves what stands here against real servers, as often and as hard as it is promised, and writes this page;
`bin/prove 1 4` proves P1 and P4 alone. A proof that cannot fail shows nothing: each says what made it fail when
that was tried.

## Held

| | promise | last figure | what shows that it can fail | proved |
|---|---|---|---|---|
"""
OPEN = "\n## Not proved yet\n\n"
NONE = "Nothing: everything that is promised is proved.\n"
PROVED = re.compile(r"(?P<date>\d{4}-\d\d-\d\d) in (?P<seconds>\d+) s on (?P<machine>.+): `bin/prove \d+`")
FAILED = re.compile(r"^- P(\d+) .* Its proof failed on (\d{4}-\d\d-\d\d)\.$", re.MULTILINE)
MARKS = re.compile(r"(<!-- promises -->\n).*?(<!-- /promises -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Held:
    """What was found when a promise was last proved, and what showed that the proof can fail."""

    figure: str
    control: str
    date: str
    seconds: int
    machine: str

    def row(self, number: int) -> str:
        """Its line in the page."""
        proved = f"{self.date} in {self.seconds} s on {self.machine}: `bin/prove {number}`"
        return f"| P{number} | {PROMISES[number]} | {_cell(self.figure)} | {_cell(self.control)} | {proved} |\n"

    def short(self, number: int) -> str:
        """Its line in the README."""
        return f"| P{number} | {PROMISES[number]} | {_cell(self.figure)} | {self.date} |\n"


@dataclass(slots=True)
class Page:
    """The promises that are held, and the days on which the proofs of others failed."""

    held: dict[int, Held] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)

    def text(self) -> str:
        """The whole page."""
        rows = "".join(self.held[number].row(number) for number in sorted(self.held))
        lacking = [number for number in PROMISES if number not in self.held]
        return HEAD + rows + OPEN + ("".join(map(self._open, lacking)) or NONE)

    def table(self) -> str:
        """The README's table."""
        if not self.held:
            return "\nNothing has been proved yet.\n\n"
        rows = "".join(self.held[number].short(number) for number in sorted(self.held))
        return f"\n| | promise | last figure | date |\n|---|---|---|---|\n{rows}\n"

    def _open(self, number: int) -> str:
        why = f" Its proof failed on {self.failed[number]}." if number in self.failed else ""
        return f"- P{number} {PROMISES[number]}{why}\n"


def read(text: str) -> Page:
    """What a page says. ValueError where a row is none."""
    page = Page(failed={int(number): date for number, date in FAILED.findall(text)})
    for line in text.splitlines():
        if line.startswith("| P"):
            number, _, figure, control, proved = (_uncell(cell) for cell in re.split(r"(?<!\\)\|", line)[1:-1])
            found = PROVED.fullmatch(proved)
            if found is None:
                raise ValueError(f"docs/promises.md: {line}")
            page.held[int(number[1:])] = Held(figure, control, found["date"], int(found["seconds"]), found["machine"])
    return page


def readme(text: str, page: Page) -> str:
    """The README with its table as the page has it. ValueError where it has no place for one."""
    after, count = MARKS.subn(lambda found: f"{found[1]}{page.table()}{found[2]}", text)
    if count != 1:
        raise ValueError("README.md has no place for the promises")
    return after


def keep(change: Callable[[Page], None]) -> None:
    """Change the page and the README's table, while nobody else does."""
    with _alone():
        page = read(PAGE.read_text(encoding="utf-8"))
        change(page)
        PAGE.write_text(page.text(), encoding="utf-8")
        README.write_text(readme(README.read_text(encoding="utf-8"), page), encoding="utf-8")


@contextmanager
def _alone() -> Iterator[None]:
    with PAGE.open("rb") as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        yield


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def _uncell(cell: str) -> str:
    return cell.strip().replace(r"\|", "|")
