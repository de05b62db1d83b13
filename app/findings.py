"""Knows what check-config finds: one sentence for the operator, and whether it stops the start."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence for the operator; `stops` when the server would not start."""

    sentence: str
    stops: bool = False
