"""What came of a rehearsal: who did how much, what was refused, and how soon notes were seen."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Sitting:
    """One open line of one participant: when it opened, and which seq it had come to at which moment (seconds)."""

    opened: float
    seqs: list[int] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)

    def hears(self, seq: int, at: float) -> None:
        """A frame came."""
        if not self.seqs or seq > self.seqs[-1]:
            self.seqs.append(seq)
            self.moments.append(at)

    def saw(self, seq: int) -> float | None:
        """When it had come as far as `seq`; None when it never did."""
        at = bisect_left(self.seqs, seq)
        return self.moments[at] if at < len(self.moments) else None


@dataclass(slots=True)
class Figures:
    """Counts so far. `did` is by command, `refused` by code; `here` is how many have an open line now."""

    came: int = 0
    here: int = 0
    did: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    posted: list[tuple[int, float]] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)

    def seen_by(self) -> list[float]:
        """Seconds from sending a note until each of those who were there had it, ascending."""
        waits = []
        for seq, sent in self.posted:
            for sitting in self.sittings:
                saw = sitting.saw(seq) if sitting.opened <= sent else None
                if saw is not None:
                    waits.append(max(0.0, saw - sent))
        return sorted(waits)

    def line(self) -> str:
        """Where it stands, in one line."""
        did = self.did
        parts = [
            f"{self.here} here of {self.came}",
            f"{did['note.add']} notes",
            f"{did['note.react']} reactions",
            f"{did['ballot.cast']} votes",
            f"{self.refused.total()} refused",
        ]
        return " · ".join(parts)

    def summary(self) -> str:
        """What came of it, for a terminal."""
        waits = self.seen_by()
        refused = ", ".join(f"{code} {n}" for code, n in self.refused.most_common()) or "none"
        done = ", ".join(f"{name} {n}" for name, n in self.did.most_common())
        seen = f"p50 {_at(waits, 0.5):.0f} ms, p99 {_at(waits, 0.99):.0f} ms ({len(waits)})" if waits else "nothing"
        rows = (
            ("People", self.came),
            ("Notes", self.did["note.add"]),
            ("Reactions", self.did["note.react"]),
            ("Votes", self.did["ballot.cast"]),
            ("Accepted", done or "none"),
            ("Refused", refused),
            ("Seen by", seen),
        )
        return "\n".join(f"  {name:<12}{value}" for name, value in rows)


def _at(ascending: list[float], share: float) -> float:
    """The value below which that share lies, in milliseconds."""
    return 1000 * ascending[min(len(ascending) - 1, int(share * len(ascending)))]
