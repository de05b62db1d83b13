"""Somebody who follows the same board and keeps every rule: told everything, in order, and when?

`python -m tests.wire.neighbour PORT PATH COOKIE` reads until the line is closed, then prints what came of it as JSON.
A process of its own: what an attacker's machine is busy with must not look like a slow server.
"""

import json
import sys
import time
from itertools import pairwise

from tests.wire.raw import CLOSE, PING, PONG, TEXT, Raw, piece


def follow(raw: Raw) -> dict[str, object]:
    """Every number, when it was told and how late it came, in seconds, until the close frame; and its code."""
    numbers: list[int] = []
    when: list[float] = []
    late: list[float] = []
    code = 1006
    for opcode, body in raw.frames():
        if opcode == PING:
            raw.sends(piece(PONG, body))
        elif opcode == CLOSE:
            code = int.from_bytes(body[:2], "big")
            break
        elif opcode == TEXT and b'"feed"' in body[:20]:
            told = json.loads(body)
            numbers.append(told["feed"])
            when.append(told["at"])
            late.append(time.time() - told["at"])
    missed = sum(after - before != 1 for before, after in pairwise(numbers))
    return {
        "heard": len(numbers),
        "missed": missed,
        "code": code,
        "late": sorted(late),
        "each": [*zip(when, late, strict=True)],
    }


if __name__ == "__main__":
    raw = Raw.silent(int(sys.argv[1]))
    raw.opens(int(sys.argv[1]), sys.argv[2], {"Cookie": sys.argv[3]})
    print("here", flush=True)  # noqa: T201 - whoever started this reads it
    print(json.dumps(follow(raw)), flush=True)  # noqa: T201
