"""How long, how many: the limits that every text and every board is held to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Lengths in characters as a person counts them (grapheme clusters); the rest in pieces a board."""

    note: int = 280
    headline: int = 140
    title: int = 120
    name: int = 60
    place: int = 80
    prompt: int = 300
    comment: int = 500
    cue: int = 600
    theme: int = 80
    headlines: int = 300
    stage: int = 2_000
    links: int = 12
    notes: int = 10_000
    comments: int = 10_000
    translations: int = 10_000
    people: int = 5_000
    steps: int = 60
    candidates: int = 500
    ranked: int = 20
    reason: int = 300
    action: int = 280
    actions: int = 1_000
    questions: int = 20
    options: int = 12
    answer: int = 1_000
    dots: int = 99
