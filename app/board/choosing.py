"""What a cast says by the ballot's method: dots, approvals, a ranking or consent, read from how it was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.board.asking import Ask, Refused
from app.board.board import Board
from app.board.candidates import kind_of, stands
from app.board.checking import checked
from app.board.records import Ballot

CARRY, CANNOT = 1, -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Whether the voter could carry this candidate; else why not, if they wish to say."""

    carry: bool
    reason: str = ""


Order = tuple[str | tuple[str, ...], ...]
Choices = Mapping[str, int] | Mapping[str, Stand] | Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """As `Cast` keeps it: `choices` by the method, of `allowed` dots so many `used` (both 0 without dots)."""

    choices: Mapping[str, int]
    used: int = 0
    allowed: int = 0
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The choices as asked, for how many people, with reasons where a form sends them apart."""

    choices: Choices
    reasons: Mapping[str, str]
    people: int = 1


def chosen(board: Board, ballot: Ballot, said: Said, ask: Ask) -> Chosen:
    """Refused: invalid {field} choices of another method or of nothing, unknown {what}, and what the method limits."""
    match ballot.method:
        case "approval":
            found = _approved(ballot, said)
        case "ranking":
            found = Chosen(choices=_ranked(said.choices))
        case "consent":
            found = _consented(said, ask)
        case _:
            found = _dotted(said.choices)
    if not found.choices or (ballot.method != "consent" and min(found.choices.values()) < 1):
        raise Refused("invalid", field="choices")
    for ref in found.choices:
        if ref not in ballot.candidates or not stands(board, ref):
            raise Refused("unknown", what=kind_of(ref) or "note")
    if ballot.method == "dots":
        return _within(ballot, found, said.people)
    return _in_order(ballot, found)


def _dotted(choices: Choices) -> Chosen:
    return Chosen(choices=_numbers(choices))


def _within(ballot: Ballot, found: Chosen, people: int) -> Chosen:
    """Refused: too-many-on-one {max}, no-dots-left {dots}."""
    each, all_ = ballot.per_candidate * people, ballot.dots * people
    if max(found.choices.values()) > each:
        raise Refused("too-many-on-one", max=each)
    if sum(found.choices.values()) > all_:
        raise Refused("no-dots-left", dots=all_)
    return _in_order(ballot, found, allowed=all_)


def _in_order(ballot: Ballot, found: Chosen, allowed: int = 0) -> Chosen:
    """In the ballot's order, so that the same choices are the same record."""
    return Chosen(
        choices={ref: found.choices[ref] for ref in ballot.candidates if ref in found.choices},
        used=sum(found.choices.values()) if allowed else 0,
        allowed=allowed,
        reasons={ref: found.reasons[ref] for ref in ballot.candidates if ref in found.reasons},
    )


def _numbers(choices: Choices) -> dict[str, int]:
    """Choices that map candidates to whole numbers, as all methods may be sent by a form."""
    if not isinstance(choices, Mapping):
        raise Refused("invalid", field="choices")
    numbers = {ref: number for ref, number in choices.items() if isinstance(number, int)}
    if len(numbers) < len(choices):
        raise Refused("invalid", field="choices")
    return numbers


def _approved(ballot: Ballot, said: Said) -> Chosen:
    """Each candidate named, by all for whom is voted; or how many of them approve of each."""
    if isinstance(said.choices, tuple):
        if not all(isinstance(ref, str) for ref in said.choices):
            raise Refused("invalid", field="choices")
        return Chosen(choices={str(ref): said.people for ref in said.choices})
    counts = _numbers(said.choices)
    if counts and max(counts.values()) > said.people:
        raise Refused("too-many-on-one", max=said.people)
    return Chosen(choices=counts)


def _ranked(choices: Choices) -> dict[str, int]:
    """Ranks from 1 on without gaps; equal ones share theirs. Refused: invalid {field} for one that is named twice."""
    if isinstance(choices, tuple):
        groups = [(each,) if isinstance(each, str) else each for each in choices]
        named = [ref for group in groups for ref in group]
        if len(set(named)) < len(named):
            raise Refused("invalid", field="choices")
        return {ref: rank for rank, group in enumerate((g for g in groups if g), start=1) for ref in group}
    numbers = _numbers(choices)
    if numbers and min(numbers.values()) < 1:
        raise Refused("invalid", field="choices")
    used = sorted(set(numbers.values()))
    return {ref: 1 + used.index(number) for ref, number in numbers.items()}


def _consented(said: Said, ask: Ask) -> Chosen:
    """1 for each that can be carried and 0 for each that cannot. Refused: too-long {max} for a reason."""
    if isinstance(said.choices, tuple):
        raise Refused("invalid", field="choices")
    stands_ = {ref: _stand(said, ref, each) for ref, each in said.choices.items()}
    reasons = {
        ref: checked(each.reason, most=ask.limits.reason, field="reasons", empty=True)
        for ref, each in stands_.items()
        if not each.carry
    }
    return Chosen(
        choices={ref: int(each.carry) for ref, each in stands_.items()},
        reasons={ref: reason for ref, reason in reasons.items() if reason},
    )


def _stand(said: Said, ref: str, each: int | Stand) -> Stand:
    if isinstance(each, Stand):
        return each
    if each not in (CARRY, CANNOT):
        raise Refused("invalid", field="choices")
    return Stand(carry=each == CARRY, reason=said.reasons.get(ref, ""))
