"""The dashboard, the alerts and the operator's table name what is counted: all of it, and nothing else."""

import json
import re
from pathlib import Path

from prometheus_client import CollectorRegistry, ProcessCollector

from app.metrics.measures import Measures
from app.metrics.standing import Standing

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"\b(?:flipchart|process)_[a-z_]+\b")
PARTS = ("", "_bucket", "_count", "_sum")
OPERATING = (ROOT / "docs/operating.md").read_text(encoding="utf-8")


def counted() -> set[str]:
    """The name of everything that is counted, a counter's with its `_total`."""
    registry = CollectorRegistry()
    Measures(registry, lambda: 0.0)
    registry.register(Standing(lines=dict, rooms=lambda: 0, broker_up=lambda: None, not_ready=dict, disk=Path()))
    ProcessCollector(registry=registry)
    return {each.name + ("_total" if each.type == "counter" else "") for each in registry.collect()}


def named(text: str) -> set[str]:
    return set(NAME.findall(text))


def sampled() -> set[str]:
    return {f"{name}{part}" for name in counted() for part in PARTS}


def test_the_dashboard_asks_for_what_is_counted():
    board = json.loads((ROOT / "deploy/grafana.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
    assert len(asked) > 20
    assert named(" ".join(asked)) - sampled() == set()


def test_the_alerts_ask_for_what_is_counted():
    text = (ROOT / "deploy/alerts.yml").read_text(encoding="utf-8")
    asked = re.findall(r"^ +expr: (.+)$", text, re.MULTILINE)
    assert len(asked) == len(re.findall(r"^ +- alert: Flipchart\w+$", text, re.MULTILINE)) > 10
    assert named(" ".join(asked)) - sampled() == set()


def test_operators_are_told_of_everything_that_is_counted_and_of_nothing_else():
    told = set(re.findall(r"^\| `((?:flipchart|process)_\w+)`", OPERATING, re.MULTILINE))
    assert {name for name in counted() if name.startswith("flipchart_")} - told == set()
    assert told - counted() == set()


def test_everything_that_is_counted_is_shown():
    shown = named((ROOT / "deploy/grafana.json").read_text(encoding="utf-8"))
    ours = {name for name in counted() if name.startswith("flipchart_")} - {"flipchart_not_ready"}
    assert {name for name in ours if not shown & {f"{name}{part}" for part in PARTS}} == set()
