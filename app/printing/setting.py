"""The program that sets sheets, in a process of its own that can open nothing.

Standard input is one line of JSON a sheet. Standard output is, for each, a line of JSON and then so many bytes, or a
line that says what is wrong. It ends with its input.
"""

import json
import os
import re
import resource
import sys
from base64 import b64decode
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any, Final

import typst

from app.printing.sheet import FONTS, TEMPLATES

MEMORY: Final = 2 * 1024 * 1024 * 1024
SECONDS_A_SHEET: Final = 30
# A template names the files that are set before it; nothing is opened once there are orders.
_WITH: Final = re.compile(r"^// with ([a-z-]+)$", re.MULTILINE)


def confine() -> None:
    """Give up what a typesetter that was led astray would need: every file and socket to come."""
    os.nice(19)
    # macOS reserves hundreds of gigabytes for each process, and refuses to be asked for less.
    with suppress(ValueError, OSError) if sys.platform == "darwin" else nullcontext():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def source(template: Path) -> str:
    """The template with what it is set with in front of it."""
    text = template.read_text()
    return "".join(source(TEMPLATES / f"_{name}.typ") for name in _WITH.findall(text)) + text


def fonts() -> typst.Fonts:
    """Ours alone: what a machine happens to have never changes a billboard."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


class Setter:
    """A typesetter for each template, kept: what it has measured once it knows."""

    def __init__(self) -> None:
        self._fonts = fonts()
        self._sources = {at.stem: source(at).encode() for at in TEMPLATES.glob("[a-z]*.typ")}
        self._compilers = {name: self._compiler() for name in self._sources}
        self._warm_up()

    def _compiler(self) -> typst.Compiler:
        return typst.Compiler(font_paths=self._fonts, ignore_system_fonts=True)

    def _warm_up(self) -> None:
        """Set a letter in every font, in each form: a font is opened when it is first needed."""
        told = [f'#text(font: "{one.family}", weight: {one.weight})[a]' for one in self._fonts.fonts()]
        page = "#set page(width: 99pt, height: 99pt)\n" + "\n".join(told)
        for form in ("svg", "png", "pdf"):
            self._compiler().compile(input=page.encode(), format=form)

    def set(self, order: dict[str, Any]) -> bytes:
        """One sheet, in its form. Raises KeyError for no template of ours, TypstError for what cannot be set."""
        pictures = {name: list(b64decode(picture)) for name, picture in order["pictures"].items()}
        made = self._compilers[order["template"]].compile(
            input=self._sources[order["template"]],
            format=order["form"],
            ppi=order["ppi"],
            sys_inputs={"content": json.dumps({**order["content"], **pictures}, ensure_ascii=False)},
            pdf_standards=order["standards"],
            timestamp=order["made"],
        )
        first = made[0] if isinstance(made, list) else made
        assert first is not None  # noqa: S101
        return first


def another_sheet() -> None:
    """So many seconds more: then the kernel ends the process, also when nobody is left to do it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + SECONDS_A_SHEET
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def work(setter: Setter) -> None:
    """Answer one order after the other."""
    for line in sys.stdin.buffer:
        another_sheet()
        try:
            made = setter.set(json.loads(line))
        except (typst.TypstError, KeyError) as error:
            _say({"wrong": str(error)}, b"")
        else:
            _say({"bytes": len(made)}, made)


def _say(told: dict[str, Any], made: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    ready = Setter()
    confine()
    work(ready)
