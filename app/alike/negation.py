"""Knows the commonest words of "not" in seven languages: the model takes a thing and its contrary for the same subject.

Small on purpose: it points at what deserves a look, and misses irony, double negation and every rarer way to say no.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_WORD: Final = re.compile(r"\w+(?:['’]\w+)?")
# These say no in any text that they stand in.
PLAIN: Final = frozenset(
    # en
    {"not", "never", "nobody", "nothing", "without", "cannot", "neither", "nor"}
    # fr
    | {"pas", "jamais", "aucun", "aucune", "rien"}
    # es
    | {"nunca", "ningún", "ninguna", "nadie", "tampoco", "jamás"}
    # pt
    | {"não", "nenhum", "nenhuma", "ninguém", "sem"}
    # de
    | {"nicht", "kein", "keine", "keinen", "keinem", "keiner", "niemals", "niemand", "nichts", "ohne"}
    # it
    | {"nessun", "nessuno", "nessuna", "niente", "senza"}
    # ar
    | {"لا", "لم", "لن", "ليس", "ليست", "بدون", "بلا", "دون"}
)
# These do so in their own language only: "no" is "in the" in Portuguese, "sin" and "mai" are other words elsewhere.
OWN: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset({"no", "none", "don't", "dont"}),
    "fr": frozenset({"non", "sans", "ni", "ne"}),
    "es": frozenset({"no", "sin", "ni"}),
    "pt": frozenset({"nunca", "nem", "jamais"}),
    "de": frozenset({"nie", "weder"}),
    "it": frozenset({"non", "no", "mai", "né"}),
    "ar": frozenset({"غير"}),
}


def says_no(text: str, language: str) -> bool:
    """Is there a word of "not" in it?"""
    own = OWN.get(language.partition("-")[0], frozenset())
    return any(_is_no(word.casefold().replace("’", "'"), own) for word in _WORD.findall(text))


def _is_no(word: str, own: frozenset[str]) -> bool:
    return word in PLAIN or word in own or word.endswith("n't") or word.startswith("n'")


def is_one_sided(texts: Iterable[tuple[str, str]]) -> bool:
    """Do some of these (text, language) say "not", and others do not?"""
    return len({says_no(text, language) for text, language in texts}) > 1
