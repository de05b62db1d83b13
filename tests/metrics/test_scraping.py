"""Several processes are one answer: each sample under the place of its process, and whoever is gone is left out."""

import asyncio
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from app.board.keeping import OutcomeUnknown, StorageFull, Unavailable
from app.metrics.measures import Measures
from app.metrics.scraping import Counted
from tests.metrics.reading import samples


class Process:
    """What one process counts, and how it answers the others."""

    def __init__(self, here: Path, place: str) -> None:
        registry = CollectorRegistry()
        self.meter = Measures(registry, lambda: 100.0)
        self.counted = Counted(registry, here / place)


@pytest.fixture
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a short name: a socket's may not have more than a hundred letters."""
    return tmp_path_factory.mktemp("m")


async def test_one_answer_tells_what_every_process_counted(here):
    one, two = Process(here, "0"), Process(here, "1")
    await one.counted.start()
    await two.counted.start()
    one.meter.answered("note.add", "accepted")
    two.meter.answered("note.add", "accepted")
    two.meter.answered("note.add", "accepted")
    two.meter.told(0.02, 5_000)
    for process in (one, two):
        told = samples(await process.counted.text())
        assert told["flipchart_commands_total", "note.add", "accepted", "0"] == 1
        assert told["flipchart_commands_total", "note.add", "accepted", "1"] == 2
        assert told["flipchart_fan_out_bytes_total", "1"] == 5_000
        assert told["flipchart_fan_out_seconds_bucket", "0.025", "1"] == 1
    one.counted.close()
    two.counted.close()


async def test_a_successor_takes_the_place_and_the_dead_are_left_out(here):
    one, old, new = Process(here, "0"), Process(here, "1"), Process(here, "1")
    for process in (one, old, new):
        await process.counted.start()
    old.meter.answered("note.add", "accepted")
    assert ("flipchart_commands_total", "note.add", "accepted", "1") not in samples(await one.counted.text())
    old.counted.close()
    assert ("flipchart_fan_out_bytes_total", "1") in samples(await one.counted.text())
    new.counted.close()
    left = samples(await one.counted.text())
    assert {key[-1] for key in left} == {"0"}
    one.counted.close()


async def test_a_process_that_does_not_answer_holds_nobody_up(here, monkeypatch):
    monkeypatch.setattr("app.metrics.scraping.PATIENCE", 0.05)
    one = Process(here, "0")
    told = asyncio.Event()

    async def say_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await told.wait()
        writer.close()

    silent = await asyncio.start_unix_server(say_nothing, here / "1")
    assert {key[-1] for key in samples(await one.counted.text())} == {"0"}
    told.set()
    silent.close()


async def test_faults_are_counted_by_kind_and_nothing_else_is_a_label(here):
    one = Process(here, "0")
    for fault in (Unavailable("by a name"), StorageFull(), OutcomeUnknown(), OutcomeUnknown(), ValueError("secret")):
        one.meter.failed(fault)
    one.meter.ended("socket", 4408)
    one.meter.ended("socket", 1001)
    one.meter.ended("socket", None)
    told = samples(await one.counted.text())
    faults = {key[1]: value for key, value in told.items() if key[0] == "flipchart_database_errors_total"}
    assert faults == {"unavailable": 1, "storage-full": 1, "unknown-outcome": 2}
    ended = {key[2]: value for key, value in told.items() if key[:2] == ("flipchart_lines_ended_total", "socket")}
    assert {why: value for why, value in ended.items() if value} == {"too-slow": 1}
