"""The style sheet: every component's file in one answer, and the version that static addresses carry."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"
FIRST = ("tokens.css", "fonts.css", "base.css", "layout.css")
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_AROUND = re.compile(r"\s*\n\s*")
_TIGHT = re.compile(r"\s*([{};,])\s*|(:)\s+")
# What neither the door nor a board's page shows: their sheet, which a phone fetches first, is without it.
ELSEWHERE = frozenset(
    f"{name}.css"
    for name in (
        *("before", "billboards", "journeys", "lineage", "log", "replay", "toolkit"),
        *("screen", "stage-screen", "staged-screen"),
    )
)
LAYERS = "@layer tokens, base, layout, components;\n"


@cache
def sheet(without: frozenset[str] = frozenset()) -> str:
    """All of web/static/css in one text: tokens first, then base and layout, then the components by name."""
    css = STATIC / "css"
    rest = sorted(path.name for path in css.glob("*.css") if path.name not in FIRST)
    names = [name for name in (*FIRST, *rest) if (css / name).exists() and name not in without]
    return LAYERS + "\n".join(_bare((css / name).read_text()) for name in names)


def _bare(text: str) -> str:
    """Without comments, line breaks and the spaces around signs, which are for who reads the file."""
    return _TIGHT.sub(r"\1\2", _AROUND.sub(" ", _COMMENT.sub("", text))).replace(";}", "}")


@cache
def version() -> str:
    """Changes when any static file changes: twelve hexadecimal digits."""
    digest = sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(STATIC)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
