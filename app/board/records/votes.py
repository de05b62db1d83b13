"""Rounds of voting, and what each voter has cast."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One round of voting over `candidates` ("note:<id>", "theme:<id>" or "headline:<id>").

    `of` names the first round when this is a later one.
    """

    KIND: ClassVar[str] = "ballot"
    WITHIN: ClassVar[str | None] = "step"
    BY: ClassVar[str | None] = None
    id: str
    step: str
    title: str
    method: str
    candidates: tuple[str, ...]
    dots: int
    per_candidate: int
    one_per: str
    sealed: bool
    secrecy: str
    tie_rule: str
    quorum: int = 0
    state: str = "open"
    round: int = 1
    of: str = ""
    after_results: bool = False
    opened_at: float
    closed_at: float | None = None
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """What one voter (a person's id, or "place:<key>") has put on one ballot; `used` is never more than `allowed`.

    `choices` by method: dots, how many on each; approval, 1 for each approved; ranking, the rank of each from 1 on,
    ties sharing one; consent, 1 for each that they can carry and 0 for each that they cannot, with `reasons`.
    `language` is the voter's when they voted, "" for those who were voted for.
    """

    KIND: ClassVar[str] = "cast"
    WITHIN: ClassVar[str | None] = "ballot"
    BY: ClassVar[str | None] = "by"
    id: str
    ballot: str
    voter: str
    by: str
    place: str
    country: str = ""
    choices: Mapping[str, int]
    used: int
    allowed: int
    people: int = 0
    done: bool = False
    at: float
    reasons: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
