"""What is looked up at the moment when somebody asks: who is connected, what is open, what is there."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


@dataclass(frozen=True, slots=True)
class Standing(Collector):
    """`lines` is how many lines there are by audience and way; `broker_up` is None where there should be none.

    `not_ready` are the reasons for which it might not be ready, and whether each held when that was last asked.
    """

    lines: Callable[[], Mapping[tuple[str, str], int]]
    rooms: Callable[[], int]
    broker_up: Callable[[], bool | None]
    not_ready: Callable[[], Mapping[str, bool]]
    disk: Path

    def collect(self) -> Iterator[Metric]:
        """All of it, as it is now."""
        connections = GaugeMetricFamily(
            "flipchart_connections", "Lines that are open, by audience and way.", labels=("audience", "way")
        )
        for (audience, way), number in self.lines().items():
            connections.add_metric((audience, way), number)
        yield connections
        yield GaugeMetricFamily("flipchart_rooms", "Boards that are open in this process.", value=self.rooms())
        broker = GaugeMetricFamily("flipchart_broker_up", "1 while the broker is there; no value without one.")
        if (up := self.broker_up()) is not None:
            broker.add_metric((), float(up))
        yield broker
        ready = GaugeMetricFamily(
            "flipchart_not_ready", "1 for the reason why /readyz was 503 when last asked.", labels=("reason",)
        )
        for reason, holds in self.not_ready().items():
            ready.add_metric((reason,), float(holds))
        yield ready
        yield self._free()

    def _free(self) -> Metric:
        free = GaugeMetricFamily("flipchart_disk_free_bytes", "Bytes left on the disk of the data directory.")
        try:
            there = os.statvfs(self.disk)
        except OSError:
            return free
        free.add_metric((), there.f_bavail * there.f_frsize)
        return free
