"""One answer for all processes of a server: each tells the one that was asked what it has counted itself."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

# Seconds for which a process may be busy with something else; who does not answer in time is left out.
PATIENCE: Final = 2.0
CREATED: Final = "_created"
# Of what `Counted.text` answers.
TYPE: Final = CONTENT_TYPE_LATEST


class Counted:
    """What one process has counted. `told_at` is its socket beside those of the others, named by its place."""

    def __init__(self, registry: CollectorRegistry, told_at: Path | None = None) -> None:
        self._registry, self._told_at = registry, told_at
        self._place = told_at.name if told_at else "0"
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Answer the other processes from now on, in the place of whoever had it before."""
        if self._told_at is not None:
            self._told_at.unlink(missing_ok=True)
            self._server = await asyncio.start_unix_server(self._tell, self._told_at)

    def close(self) -> None:
        """Answer nobody any more. The socket's file is the successor's by now, or goes with its directory."""
        if self._server is not None:
            self._server.close()

    async def text(self) -> bytes:
        """What all processes have counted, each under its place, in Prometheus's text format."""
        others = sorted(self._told_at.parent.iterdir()) if self._told_at else []
        asked = [_ask(path) for path in others if path.name != self._place]
        told = [(self._place, self._counted()), *(each for each in await asyncio.gather(*asked) if each)]
        joined = CollectorRegistry(auto_describe=False)
        joined.register(_Joined(told))
        return generate_latest(joined)

    async def _tell(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            writer.write(json.dumps(self._counted()).encode())
            await writer.drain()
        writer.close()

    def _counted(self) -> list[Any]:
        return [
            [family.name, family.documentation, family.type, [*_samples(family)]] for family in self._registry.collect()
        ]


class _Joined(Collector):
    """What several processes told, each sample with its process's place: sums would go back when one is replaced."""

    def __init__(self, told: Iterable[tuple[str, list[Any]]]) -> None:
        self._told = told

    def collect(self) -> Iterator[Metric]:
        families: dict[str, Metric] = {}
        for place, counted in self._told:
            for name, documentation, kind, samples in counted:
                family = families.setdefault(name, Metric(name, documentation, kind))
                for sample, labels, value in samples:
                    family.add_sample(sample, {**labels, "process": place}, value)
        yield from families.values()


def _samples(family: Metric) -> Iterator[list[Any]]:
    for each in family.samples:
        if not each.name.endswith(CREATED):
            yield [each.name, each.labels, each.value]


async def _ask(path: Path) -> tuple[str, list[Any]] | None:
    """What the process in that place has counted; None when it is gone or does not answer."""
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_unix_connection(path)
            try:
                return path.name, json.loads(await reader.read())
            finally:
                writer.close()
    except (OSError, TimeoutError, ValueError):
        return None
