"""The real drawing, and pages drawn afresh beside it, so that what frames made of a page can be compared with one."""

import difflib
import re
from collections.abc import Iterator

from app.board.audience import FACILITATORS, SCREEN, WAITING, Base, base_of
from app.board.board import Board
from app.board.records import Person
from app.links import Links
from app.realtime.history import History
from app.realtime.wire import Sight
from tests.markup import Element, Page
from web.context import NOT_REFUSED, Context, own_context, page_context
from web.drawing import Drawer
from web.kept import Kept
from web.linking import links_view
from web.sharing import Parts
from web.words import available, environment, own_name

NOW = 1_790_000_000.0
LINKS = Links(bytes(32))


def context(sight: Sight, base: Base, language: str) -> Context:
    """What parts are drawn from, at a moment that stands still."""
    return page_context(sight, base, language, NOW, links_view(LINKS, sight.board, base, "http://flipchart.test"))


DRAWER = Drawer(context)


def page(
    sight: Sight,
    person: str,
    language: str = "en",
    *,
    as_participant: bool = False,
    kept: tuple[Kept, History] | None = None,
) -> Page | None:
    """The page of a person ("" is the screen) drawn afresh, without what only a behaviour marks; None without one."""
    markup = html(sight, person, language, as_participant=as_participant, kept=kept)
    return Page.of(markup) if markup is not None else None


def html(
    sight: Sight, person: str, language: str, *, as_participant: bool = False, kept: tuple[Kept, History] | None = None
) -> str | None:
    """The whole page as it is sent; of what was `kept` of pages before, as the server does."""
    board = sight.board
    base = base_seen(board, person, as_participant=as_participant)
    if base is WAITING:
        return None
    # A page marks its reader's own notes and dots, a frame does not: behaviours do that from #mine, on both.
    everybodys = context(sight, base, language)
    shared = {
        **everybodys,
        "seq": board.seq,
        "epoch": board.epoch,
        "audience": base.value,
        "version": "v",
        "languages": tuple((tag, own_name(tag)) for tag in available()),
        "here_url": f"/b/{board.id}",
        "retention_days": 90,
        "remote": False,
    }
    if not person:
        return environment(language).get_template("screen.html").render(shared)
    own = {**own_context(board, person), "as_participant": as_participant, "arrived_late": False}
    if kept is not None:
        own["kept"] = Parts(kept[0], board, kept[1], base, language, everybodys)
    drawn = environment(language).get_template("board.html").render(shared | own | {"refused": NOT_REFUSED})
    # Forms have no ids here, and what is kept has gaps for them.
    return drawn.replace('<input type="hidden" name="id" value="">', "")


def base_seen(board: Board, person: str, *, as_participant: bool = False) -> Base:
    """The audience of a person's page; the screen's is "" ."""
    if not person:
        return SCREEN
    found = board.get(Person, person)
    base = base_of(found) if found is not None else WAITING
    return Base.EVERYONE if as_participant and base is FACILITATORS else base


# What behaviours own: which step is shown, the pause card, what only this browser knows.
LOCAL = re.compile(r"section-|headlines$|pause$|looking$|look-back$|now-card$")
# One's own name and place stand there as they were when the page was fetched: changing them fetches it anew.
APART = frozenset({"about-me", "me"})


def shown(page: Page) -> list[str]:
    """The page, one element or text a line, without what behaviours set by themselves."""
    lines: list[str] = []
    _write(page.board, "", lines)
    return lines


def _write(element: Element, indent: str, lines: list[str]) -> None:
    told = "".join([f" {name}={value!r}" for name, value in sorted(_attributes(element).items())])
    lines.append(f"{indent}<{element.tag}{told}>")
    for child in element.children if element.id not in APART else ():
        if isinstance(child, Element):
            _write(child, indent + "  ", lines)
        elif words := child.split():
            lines.append(f"{indent}  {' '.join(words)}")


def _attributes(element: Element) -> dict[str, str | None]:
    hidden_field = element.tag == "input" and element.attributes.get("type") == "hidden"
    without = {"hidden", "open"} if LOCAL.match(element.id) else set()
    without |= {"data-live"} if element.id == "board" else set()
    without |= {"aria-pressed"} if "data-hand" in element.attributes else set()
    without |= {"value"} if hidden_field and _follows_the_session(element) else set()
    return {
        name: value
        for name, value in element.attributes.items()
        if name not in without and not name.startswith("data-local-")
    }


def _follows_the_session(field: Element) -> bool:
    """Ids of commands are made when they are sent; the composer's step and the hand's turn are set by behaviours."""
    inside = field.parent.id if field.parent is not None else ""
    return field.attributes.get("name") in ("id", "up") or (inside == "composer" and field.attributes["name"] == "step")


def _agree(seen: Element, fresh: Element) -> bool:
    """Whether both are shown in the same lines, told without writing them; where in doubt, the lines have to tell."""
    waiting = [(seen, fresh)]
    while waiting:
        ours, theirs = waiting.pop()
        if ours.tag != theirs.tag:
            return False
        if ours.attributes != theirs.attributes and _attributes(ours) != _attributes(theirs):
            return False
        if ours.attributes.get("id") in APART:
            continue
        if len(ours.children) != len(theirs.children):
            return False
        for one, other in zip(ours.children, theirs.children, strict=True):
            if isinstance(one, str) or isinstance(other, str):
                if one != other and not (
                    isinstance(one, str) and isinstance(other, str) and one.split() == other.split()
                ):
                    return False
            else:
                waiting.append((one, other))
    return True


def differences(seen: Page, fresh: Page) -> Iterator[str]:
    """The lines in which a page differs from one drawn afresh."""
    seen.has_each_id_once()
    fresh.has_each_id_once()
    if _agree(seen.board, fresh.board):
        return
    ours, theirs = shown(seen), shown(fresh)
    if ours != theirs:
        yield from difflib.unified_diff(ours, theirs, "as the frames made it", "drawn afresh", n=1, lineterm="")
