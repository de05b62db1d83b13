"""The stage of a step: a title, a text, links, and a file shown page by page, in step for everybody."""

import re
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.board import Board
from app.board.checking import checked
from app.board.clusters import clusters
from app.board.limits import Limits
from app.board.records import Stage, Step
from app.board.rule import Rule, Who
from app.board.writing import tidy

LONGEST_ADDRESS = 2_000
# Whatever browsers read otherwise than it looks (a backslash is a slash to them) is no address here.
_ADDRESS = re.compile(r"https?://[^\s\\<>\"{}|^`@]+", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEdit:
    """All the words of a stage at once: what is left out is empty. `base` is the seq that its writer had seen.

    `links` has one link a line, its label and then its address; `alt` says what the file shows, to who cannot see it.
    """

    step: str
    base: int
    title: str = ""
    text: str = ""
    links: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePage:
    """Pages count from 1."""

    step: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFile:
    """Asked by an upload once its pages are kept as `file`: nobody names a file that there is not."""

    step: str
    file: str
    file_name: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StageClear:
    """Takes everything from the stage, or its file alone."""

    step: str
    what: Literal["all", "file"] = "all"


def edit(board: Board, command: StageEdit, ask: Ask) -> Changes:
    """Refused: unknown step, changed-since {text}, too-long {max}, too-many {max} links, invalid {field} links."""
    now = stage_of(board, command.step)
    if now.text_seq > command.base:
        raise Refused("changed-since", text=now.text or now.title)
    said = replace(
        now,
        title=checked(command.title, most=ask.limits.title, field="title", empty=True),
        text=checked(command.text, most=ask.limits.stage, empty=True, lines=True),
        links=_links(command.links, ask.limits),
        alt=checked(command.alt, most=ask.limits.prompt, field="alt", empty=True),
    )
    return _left(board, replace(said, text_seq=ask.seq)) if said != now else NOTHING


def turn(board: Board, command: StagePage, ask: Ask) -> Changes:
    """Refused: unknown step, invalid {field} for a page that there is not."""
    now = stage_of(board, command.step)
    if not 1 <= command.page <= now.pages:
        raise Refused("invalid", field="page")
    return put(replace(now, page=command.page))


def show(board: Board, command: StageFile, ask: Ask) -> Changes:
    """Shows the first page; whatever file was there gives way, with what was said of it. Refused: unknown step."""
    now = stage_of(board, command.step)
    name = "".join(clusters(tidy(command.file_name[:LONGEST_ADDRESS]))[: ask.limits.title])
    alt = now.alt if now.file in ("", command.file) else ""
    return put(replace(now, file=command.file, file_name=name, pages=command.pages, page=1, alt=alt))


def clear(board: Board, command: StageClear, ask: Ask) -> Changes:
    """Refused: unknown step."""
    now = stage_of(board, command.step)
    if command.what == "all":
        return drop(now)
    return _left(board, replace(now, file="", file_name="", pages=0, page=0, alt=""))


def stage_of(board: Board, step: str) -> Stage:
    """What the step shows; an empty stage where nobody has put anything. Refused: unknown step."""
    known = board.get(Stage, board.need(Step, step).id)
    return known or Stage(id=step, step=step)


def _left(board: Board, stage: Stage) -> Changes:
    """The stage, or none once there is nothing on it."""
    if stage == Stage(id=stage.id, step=stage.step, text_seq=stage.text_seq, alt=stage.alt):
        return drop(stage)
    return put(stage)


def _links(lines: str, limits: Limits) -> tuple[tuple[str, str], ...]:
    if len(lines) > limits.links * (LONGEST_ADDRESS + 8 * limits.title):
        raise Refused("too-many", max=limits.links)
    written = [line.split() for line in lines.splitlines() if line.strip()]
    if len(written) > limits.links:
        raise Refused("too-many", max=limits.links)
    return tuple(_link(" ".join(words[:-1]), words[-1], limits) for words in written)


def _link(label: str, address: str, limits: Limits) -> tuple[str, str]:
    if len(address) > LONGEST_ADDRESS or tidy(address) != address or not host_of(address):
        raise Refused("invalid", field="links")
    return checked(label or host_of(address), most=limits.title, field="links"), address


def host_of(address: str) -> str:
    """Where an address leads, in plain letters (a name that only looks like another shows); "" when it is none."""
    try:
        host = urlsplit(address).hostname if _ADDRESS.fullmatch(address) else ""
        plain = (host or "").encode("idna").decode()
    except ValueError:
        return ""
    return plain if _HOST.fullmatch(plain) else ""


RULES = (
    Rule("stage.edit", StageEdit, edit, Who.FACILITATORS),
    Rule("stage.page", StagePage, turn, Who.FACILITATORS),
    Rule("stage.file", StageFile, show, Who.FACILITATORS, indirect=True),
    Rule("stage.clear", StageClear, clear, Who.FACILITATORS),
)
