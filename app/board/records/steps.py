"""The steps of an agenda, and what is shown and noted down beside each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One timed part of the agenda. Titles and prompts are {language: text}; steps are ordered by `order`."""

    KIND: ClassVar[str] = "step"
    WITHIN: ClassVar[str | None] = None
    BY: ClassVar[str | None] = None
    id: str
    order: str
    kind: str
    title: Mapping[str, str]
    prompt: Mapping[str, str]
    minutes: int
    silent: bool = False
    revealed: bool = False
    approve_first: bool = False
    anonymous: bool = False
    write: bool = False
    react: bool = True
    group: bool = False
    text_seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What facilitators have written down for themselves about a step; its id is the step's."""

    KIND: ClassVar[str] = "cue"
    WITHIN: ClassVar[str | None] = "step"
    BY: ClassVar[str | None] = None
    id: str
    step: str
    text: str
    text_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a step shows to everybody in step: a text, links as (label, address), a file page by page.

    Its id is the step's. `file` names what was kept of an upload, `alt` says what it shows; `page` counts from 1, 0
    when there is no file.
    """

    KIND: ClassVar[str] = "stage"
    WITHIN: ClassVar[str | None] = "step"
    BY: ClassVar[str | None] = None
    id: str
    step: str
    title: str = ""
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()
    file: str = ""
    file_name: str = ""
    alt: str = ""
    pages: int = 0
    page: int = 0
    text_seq: int = 0
