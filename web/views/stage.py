"""The stage of a step as it is drawn: its words, its links with where they lead, and the page that is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from app.board.audience import Base, may_see
from app.board.board import Board
from app.board.records import Stage
from app.board.staging import host_of

BULLETS = ("- ", "* ", "• ", "– ")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """One link: what it is called, where it leads, and the host of that, which is always shown."""

    label: str
    address: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some lines that belong together: a paragraph or a list."""

    is_list: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """What a stage shows; empty where there is none, or none for this audience. `page` counts from 1."""

    title: str = ""
    text: str = ""
    blocks: tuple[Block, ...] = ()
    links: tuple[LinkView, ...] = ()
    file: str = ""
    file_name: str = ""
    alt: str = ""
    page: int = 0
    pages: int = 0
    text_seq: int = 0

    @property
    def is_empty(self) -> bool:
        """Is there nothing to show?"""
        return not (self.title or self.text or self.links or self.file)

    @property
    def link_lines(self) -> str:
        """The links as they are written: one a line."""
        return "\n".join(f"{link.label} {link.address}" for link in self.links)


def stage_view(board: Board, step: str, base: Base) -> StageView:
    """The stage of that step, as this audience sees it now."""
    stage = board.get(Stage, step)
    if stage is None or not may_see(board, stage, base):
        return StageView()
    return StageView(
        title=stage.title,
        text=stage.text,
        blocks=tuple(_blocks(stage.text)),
        links=tuple(LinkView(label=label, address=to, host=host_of(to)) for label, to in stage.links),
        file=stage.file,
        file_name=stage.file_name,
        alt=stage.alt,
        page=stage.page,
        pages=stage.pages,
        text_seq=stage.text_seq,
    )


def _blocks(text: str) -> Iterator[Block]:
    """Lines that begin with a dash or a dot are a list, an empty line ends a paragraph; nothing else means anything."""
    for kind, lines in groupby(text.splitlines(), key=lambda line: "" if not line.strip() else _kind(line)):
        if kind == "list":
            yield Block(is_list=True, lines=tuple(line[2:].strip() for line in lines))
        elif kind:
            yield Block(is_list=False, lines=tuple(lines))


def _kind(line: str) -> str:
    return "list" if line.startswith(BULLETS) else "text"
