"""The Dockerfile, read as an engine reads it: stages of instructions, what the context leaves out, what is copied."""

import json
import re
import shlex
import shutil
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BASE = {"PATH": "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin"}


@dataclass(frozen=True, slots=True)
class Instruction:
    """One line of it, continued lines joined."""

    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        """Its words, as a list in brackets or as a shell has them."""
        return list(json.loads(self.rest)) if self.rest.startswith("[") else shlex.split(self.rest)

    @property
    def is_exec(self) -> bool:
        """Is it run without a shell, so that a signal reaches the program itself?"""
        return self.rest.startswith("[")


@dataclass(slots=True)
class Stage:
    """What is built on one base."""

    base: str
    name: str
    steps: list[Instruction] = field(default_factory=list)

    def of(self, name: str) -> list[Instruction]:
        """Its instructions of one kind."""
        return [step for step in self.steps if step.name == name]

    def the(self, name: str) -> Instruction:
        """The one that counts: an engine takes the last."""
        return self.of(name)[-1]

    @property
    def environment(self) -> dict[str, str]:
        """What ENV sets, over what the base has."""
        found = dict(BASE)
        for name, value in (pair.split("=", 1) for step in self.of("ENV") for pair in step.words):
            found[name] = re.sub(r"\$\{(\w+)\}", lambda name: found[name[1]], value)
        return found

    @property
    def health(self) -> list[str]:
        """The words of the health check's command."""
        return list(json.loads(self.the("HEALTHCHECK").rest.partition("CMD ")[2]))


def stages(text: str) -> list[Stage]:
    """The stages of a Dockerfile, in order."""
    joined = re.sub(r"\\\n\s*", "", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    found: list[Stage] = []
    for line in filter(None, map(str.strip, joined.splitlines())):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            base, _, stage = rest.partition(" AS ")
            found.append(Stage(base, stage))
        else:
            found[-1].steps.append(Instruction(name, rest.strip()))
    return found


@dataclass(frozen=True, slots=True)
class Context:
    """The files that an engine is given: the last pattern of .dockerignore that fits decides."""

    patterns: tuple[str, ...]

    def has(self, path: str) -> bool:
        """Is this file, named from the root of the project, handed over?"""
        kept = True
        for pattern in self.patterns:
            if self._fits(path, pattern.removeprefix("!")):
                kept = pattern.startswith("!")
        return kept

    def _fits(self, path: str, pattern: str) -> bool:
        parts = path.split("/")
        heads = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
        if pattern.startswith("**/"):
            return any(fnmatch(part, pattern[3:]) for part in parts)
        return any(head.count("/") == pattern.count("/") and fnmatch(head, pattern) for head in heads)

    def copy(self, source: Path, into: Path) -> None:
        """Hand over all that there is."""
        for file in sorted(source.rglob("*")):
            name = str(file.relative_to(source))
            if file.is_file() and self.has(name):
                (into / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, into / name)


def context(text: str) -> Context:
    """What .dockerignore says."""
    lines = (line.strip() for line in text.splitlines())
    return Context(tuple(line for line in lines if line and not line.startswith("#")))
