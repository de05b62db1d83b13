"""Knows what the press is asked for: a template by name, what stands on it, and the form it is wanted in."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

TEMPLATES: Final = Path(__file__).parent / "templates"
FONTS: Final = Path(__file__).parent / "fonts"
Form = Literal["svg", "png", "pdf"]
TYPES: Final[Mapping[str, str]] = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One thing to print.

    `content` is JSON, and reaches the template as such: what people wrote is never read as a template.
    `ppi`: pixels for each inch of 72 points, for PNG alone. `standards`: those a PDF is held to, such as "ua-1".
    `made`: when a PDF says it was made, in seconds since 1970; 0 says nothing of the hour it was printed.
    `pictures` are files (PNG, JPEG, WebP) that the template finds in its content by these names, as rows of numbers.
    SVG and PNG hold the first page alone.
    """

    template: str
    content: Mapping[str, Any]
    form: Form
    ppi: float = 72
    standards: tuple[str, ...] = ()
    made: int = 0
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def order(self) -> bytes:
        """What the press is told, the same bytes for the same sheet: one line."""
        told = {
            "template": self.template,
            "content": self.content,
            "form": self.form,
            "ppi": self.ppi,
            "standards": self.standards,
            "made": self.made,
            "pictures": {name: b64encode(picture).decode() for name, picture in self.pictures.items()},
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"

    def digest(self) -> str:
        """The name of what comes out: another order is another name."""
        return hashlib.sha256(self.order()).hexdigest()
