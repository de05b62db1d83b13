"""Who comes to a rehearsal, in which temper, and what each of them would write: the same for the same seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random

from app.rehearsal.script import KINDS, LANGUAGES, Home, Line, homes, script

PACES: Mapping[str, float] = {"calm": 6.0, "lively": 20.0, "rush": 60.0}
MOST_PEOPLE = 300


class Temper(Enum):
    """How somebody takes part; most are steady."""

    STEADY = "steady"
    LATE = "late"
    LEAVING = "leaving"
    RETURNING = "returning"
    RUDE = "rude"
    HURRIED = "hurried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A rehearsal: how many people, how many notes a minute from all of them, and for how many seconds."""

    people: int = 30
    notes_per_minute: float = PACES["lively"]
    seconds: float = 600.0
    languages: tuple[str, ...] = LANGUAGES
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """One simulated participant. `comes` and `goes` are shares of the whole time; `notes` are by kind of step."""

    number: int
    role: str
    home: Home
    temper: Temper
    comes: float
    goes: float
    notes: Mapping[str, tuple[Line, ...]]

    @property
    def language(self) -> str:
        """The language that they read and write."""
        return self.home.language


def company(plan: Plan) -> tuple[Simulated, ...]:
    """Everybody who comes: the first comes at once, one writes rude notes, one tries too fast."""
    chance = Random(plan.seed)  # noqa: S311
    from_where = _homes(plan, chance)
    dealt = _dealt(from_where, chance)
    roles = {language: chance.sample(script(language).roles, k=len(script(language).roles)) for language in LANGUAGES}
    return tuple(
        Simulated(
            number=at,
            role=roles[home.language][at % len(roles[home.language])],
            home=home,
            temper=_temper(at, plan.people, chance),
            comes=_comes(at, plan.people, chance),
            goes=chance.uniform(0.6, 0.9),
            notes=dealt[at],
        )
        for at, home in enumerate(from_where)
    )


def _homes(plan: Plan, chance: Random) -> list[Home]:
    """As many from each language as can be; places come twice only when there are more people than places."""
    by_language = {
        language: chance.sample(found, k=len(found))
        for language in plan.languages
        if (found := [home for home in homes() if home.language == language])
    }
    turns = list(by_language)
    return [
        by_language[turns[at % len(turns)]][at // len(turns) % len(by_language[turns[at % len(turns)]])]
        for at in range(plan.people)
    ]


def _temper(at: int, people: int, chance: Random) -> Temper:
    """The vandal is third and the hurried one fourth, so that there is one of each however few they are."""
    if at in (2, 3) and people > 4:
        return Temper.RUDE if at == 2 else Temper.HURRIED
    if at == 0:
        return Temper.STEADY
    tempers = (Temper.STEADY, Temper.LATE, Temper.LEAVING, Temper.RETURNING)
    return chance.choices(tempers, weights=(65, 15, 10, 10))[0]


def _comes(at: int, people: int, chance: Random) -> float:
    return 0.0 if at == 0 else min(at / people, 1.0) * chance.uniform(0.02, 0.08)


def _dealt(from_where: Sequence[Home], chance: Random) -> list[dict[str, tuple[Line, ...]]]:
    """The lines of each language dealt like cards, so that nobody writes what somebody else has written."""
    hands: list[dict[str, tuple[Line, ...]]] = [{} for _ in from_where]
    for language in sorted({home.language for home in from_where}):
        theirs = [at for at, home in enumerate(from_where) if home.language == language]
        for kind, lines in [*script(language).notes.items(), ("headline", script(language).headlines)]:
            polite = [line for line in lines if not line.rude]
            shuffled = chance.sample(polite, k=len(polite))
            for nth, at in enumerate(theirs):
                hands[at][kind] = tuple(shuffled[nth :: len(theirs)])
    return hands


def rude_lines(language: str) -> tuple[Line, ...]:
    """What the vandal writes."""
    return tuple(line for kind in KINDS for line in script(language).notes[kind] if line.rude)
