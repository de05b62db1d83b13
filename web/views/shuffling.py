"""In which order a person sees the choices of a vote: one of their own, so that nobody's choice is first for all."""

from collections.abc import Sequence

BITS = 0xFFFFFFFF


def shuffled(refs: Sequence[str], ballot: str, person: str) -> list[str]:
    """The same order whenever the same person looks; over all people every choice comes everywhere equally often.

    `shuffling.js` knows the same order, for frames are the same bytes for everybody.
    """
    return sorted(refs, key=lambda ref: (scattered(f"{ballot} {person} {ref}"), ref))


def scattered(text: str) -> int:
    """32 bits out of ASCII text: FNV-1a (Fowler, Noll, Vo), finished as MurmurHash3 (Appleby) finishes."""
    found = 0x811C9DC5
    for code in text.encode():
        found = (found ^ code) * 0x01000193 & BITS
    found = (found ^ found >> 16) * 0x85EBCA6B & BITS
    found = (found ^ found >> 13) * 0xC2B2AE35 & BITS
    return found ^ found >> 16
