"""The program that compares texts in a process of its own: the model's arithmetic would hold up frames in the server's.

Each question is a line of JSON on standard input: {"texts": [[text, language], …], "apart": [[number, …], …]}. Each
answer is a line of JSON with the way in which it was found and its length, and then so many bytes of JSON: {"pairs":
[[number, number, likeness], …], "clusters": [[[number, …], likeness], …]}. It ends with its input.
"""

import json
import os
import resource
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from typing import Any, Final

from app.alike import wording
from app.alike.clustering import MEANINGS, WORDS, Pair, Way, apart, clusters

Compare = Callable[[Sequence[tuple[str, str]]], list[Pair]]
MEMORY: Final = 2 * 1024 * 1024 * 1024


def best(*, smart: bool) -> tuple[Way, Compare]:
    """The best way that this machine has."""
    if not smart:
        return WORDS, wording.compared
    try:
        from app.alike.meaning import Meanings

        meanings = Meanings()
        # The model is read when it is first used: what stands in its way shows now.
        meanings.compared(["", "."])
    except (ImportError, OSError, ValueError, MemoryError):
        return WORDS, wording.compared
    return MEANINGS, lambda texts: meanings.compared([text for text, _ in texts])


def answered(question: dict[str, Any], way: Way, compare: Compare) -> dict[str, Any]:
    """Which two are about the same, and which several are worth a look together."""
    pairs = apart(compare(question["texts"]), question["apart"])
    found = clusters(pairs, way.look)
    return {
        "pairs": [pair for pair in pairs if pair[2] >= way.same],
        "clusters": [(each.members, each.likeness) for each in found],
    }


def main() -> None:
    """Answers until there is nobody to answer."""
    os.nice(10)
    # macOS reserves hundreds of gigabytes for each process, and refuses to be asked for less.
    with suppress(ValueError, OSError) if sys.platform == "darwin" else nullcontext():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    way, compare = best(smart=WORDS.name not in sys.argv[1:])
    for line in sys.stdin.buffer:
        said = json.dumps(answered(json.loads(line), way, compare), separators=(",", ":")).encode()
        sys.stdout.buffer.write(json.dumps({"way": way.name, "bytes": len(said)}).encode() + b"\n" + said)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
