"""Every number that is counted while it happens: its name, its labels, and what it answers."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram

from app.board.entries import Entry
from app.board.keeping import OutcomeUnknown, StorageFull, Unavailable
from app.realtime import connection
from app.realtime.metering import PEN, REFRESHED, RESUMED, SOCKET, STREAM
from app.realtime.wire import Clock

# Seconds: from what nobody notices to what everybody does.
BRIEF: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
LATE: Final = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 60.0)
TOGETHER: Final = (1, 2, 4, 8, 16, 32, 64)
WHY: Final = MappingProxyType(
    {
        connection.TOO_SLOW: "too-slow",
        connection.SLOW_DOWN: "slow-down",
        connection.REMOVED: "removed",
        connection.NO_SEAT: "no-seat",
        connection.GONE: "gone",
        connection.RESTART: "restart",
        1007: "not-understood",
        1008: "not-understood",
        1009: "too-big",
    }
)
FAULTS: Final = MappingProxyType(
    {Unavailable: "unavailable", StorageFull: "storage-full", OutcomeUnknown: "unknown-outcome"}
)


class Measures:
    """A `Meter` (app.realtime.metering) whose numbers are in that registry. `clock` is seconds since 1970."""

    def __init__(self, registry: CollectorRegistry, clock: Clock) -> None:
        self._clock = clock
        self._commands = Counter(
            "flipchart_commands_total",
            "Commands that were answered, by kind and by what they came to.",
            ("command", "outcome"),
            registry=registry,
        )
        self._commit_seconds = Histogram(
            "flipchart_commit_seconds", "Seconds to keep a batch of commands.", buckets=BRIEF, registry=registry
        )
        self._commit_commands = Histogram(
            "flipchart_commit_commands", "Commands kept in one transaction.", buckets=TOGETHER, registry=registry
        )
        self._fan_out_seconds = Histogram(
            "flipchart_fan_out_seconds",
            "Seconds to draw what went stale and write it to every line of a board.",
            buckets=BRIEF,
            registry=registry,
        )
        self._fan_out_bytes = Counter(
            "flipchart_fan_out_bytes_total", "Bytes of shared frames, for each line they went to.", registry=registry
        )
        self._lines = Counter(
            "flipchart_lines_ended_total",
            "Lines that the server ended, by way and reason.",
            ("way", "why"),
            registry=registry,
        )
        self._resyncs = Counter(
            "flipchart_resyncs_total",
            "Pages that had missed something: told it (resumed), or sent for a new page (refreshed).",
            ("how",),
            registry=registry,
        )
        self._limits = Counter(
            "flipchart_limits_hit_total", "Tries that were too many, by what was tried.", ("gate",), registry=registry
        )
        self._outdated = Counter(
            "flipchart_outdated_pages_total", "Lines opened by pages of another version.", registry=registry
        )
        self._taken_in = Counter(
            "flipchart_entries_taken_in_total", "Entries that other processes wrote.", registry=registry
        )
        self._late = Histogram(
            "flipchart_entries_late_seconds",
            "Seconds from another process's writing until pages here were told, the latest of each reading.",
            buckets=LATE,
            registry=registry,
        )
        self._faults = Counter(
            "flipchart_database_errors_total",
            "What the database could not do, by fault.",
            ("fault",),
            registry=registry,
        )
        self._lag = Histogram(
            "flipchart_loop_lag_seconds", "Seconds by which the event loop was late.", buckets=BRIEF, registry=registry
        )
        self._begin_at_nothing()

    def _begin_at_nothing(self) -> None:
        """What has not happened is 0, not missing: else its first time would not show as one more."""
        for way in (SOCKET, STREAM, PEN):
            for why in WHY.values():
                self._lines.labels(way, why)
        for how in (RESUMED, REFRESHED):
            self._resyncs.labels(how)
        for fault in FAULTS.values():
            self._faults.labels(fault)

    def answered(self, command: str, outcome: str) -> None:
        """A command came to that."""
        self._commands.labels(command, outcome).inc()

    def committed(self, commands: int, seconds: float) -> None:
        """A batch was kept."""
        self._commit_commands.observe(commands)
        self._commit_seconds.observe(seconds)

    def told(self, seconds: float, written: int) -> None:
        """Everybody was told."""
        self._fan_out_seconds.observe(seconds)
        self._fan_out_bytes.inc(written)

    def resynced(self, how: str, pages: int = 1) -> None:
        """Pages had missed something."""
        self._resyncs.labels(how).inc(pages)

    def took_in(self, entries: Sequence[Entry]) -> None:
        """Other processes wrote these. Clocks of two machines may differ: nothing is told before it is written."""
        if entries:
            self._taken_in.inc(len(entries))
            self._late.observe(max(0.0, self._clock() - entries[0].at))

    def ended(self, way: str, code: int | None) -> None:
        """A line ended; one whose other side left is not counted."""
        if code is not None and code in WHY:
            self._lines.labels(way, WHY[code]).inc()

    def limited(self, gate: str) -> None:
        """Somebody tried too often."""
        self._limits.labels(gate).inc()

    def outdated(self) -> None:
        """A page of another version came."""
        self._outdated.inc()

    def failed(self, fault: Exception) -> None:
        """The database could not."""
        for kind, name in FAULTS.items():
            if isinstance(fault, kind):
                self._faults.labels(name).inc()

    def lagged(self, seconds: float) -> None:
        """The loop was late."""
        self._lag.observe(seconds)
