"""Knows how a benchmark is asked: by its options, which are numbers or several of them, and `--write`."""

import argparse
from collections.abc import Callable, Sequence
from typing import Any


def asked(about: str | None, **unless_said: float | Sequence[float]) -> argparse.Namespace:
    """What was said on the command line, each as its default is: a number, or several with commas between them."""
    options = argparse.ArgumentParser(description=about)
    for name, default in unless_said.items():
        options.add_argument(f"--{name}", type=_of(default), default=default)
    options.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    return options.parse_args()


def _of(default: float | Sequence[float]) -> Callable[[str], Any]:
    if not isinstance(default, Sequence):
        return type(default)
    kind = type(default[0])
    return lambda text: [kind(each) for each in text.split(",") if each]
