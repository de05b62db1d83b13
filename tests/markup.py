"""Markup as a tree, and a page that takes frames as the browser's does: the client's rules, without a browser."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Any

# What follows a name is what a browser takes for an attribute; a comment and the doctype are nothing to a page.
TOKEN = re.compile(
    r"""([^<]+)|<([a-zA-Z][\w-]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*"|='[^']*'|=[^\s"'=<>`]+)?)*)\s*(/?)>"""
    r"""|</([a-zA-Z][\w-]*)\s*>|<!--.*?-->|<![^>]*>""",
    re.DOTALL,
)
# The last group of each: texts, opened elements (with how they end), closed ones.
TEXT, OPENED, CLOSED = 1, 4, 5
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass(eq=False, slots=True)
class Element:
    """One element; its children are elements and texts."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    @property
    def id(self) -> str:
        return self.attributes.get("id") or ""

    def walk(self) -> Iterator[Element]:
        """This element and every one inside it, in the order of the document."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [child for child in reversed(element.children) if type(child) is Element]

    @property
    def elements(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    def put(self, child: Element | str, before: Element | None = None) -> None:
        """Insert a child before another one, or last."""
        if isinstance(child, Element):
            child.parent = self
        self.children.insert(self.children.index(before) if before is not None else len(self.children), child)

    def remove(self) -> None:
        assert self.parent is not None
        self.parent.children.remove(self)
        self.parent = None

    def replace(self, fresh: Element) -> None:
        """Take the place of this element."""
        assert self.parent is not None
        parent, at = self.parent, self.parent.children.index(self)
        fresh.parent, self.parent = parent, None
        parent.children[at] = fresh

    def text(self) -> str:
        return " ".join("".join(child if isinstance(child, str) else child.text() for child in self.children).split())


def read(markup: str) -> Element:
    """The tree of a document or of a fragment; fails where an element is not closed, or what is written is no markup.

    Stricter than a browser and quicker than the standard library: tests read millions of elements, most of them alike.
    """
    root = at = Element("#root")
    end = 0
    for found in TOKEN.finditer(markup):
        begin, stop = found.span()
        assert begin == end, f"what stands here is no markup: {markup[end : end + 80]!r}"
        end, kind = stop, found.lastindex
        if kind == TEXT:
            text = found[TEXT]
            at.children.append(unescape(text) if "&" in text else text)
        elif kind == OPENED:
            tag, attributes, is_empty = found.group(2, 3, 4)
            element = Element(tag.lower(), _attributes(attributes).copy() if attributes else {}, parent=at)
            at.children.append(element)
            if not is_empty and element.tag not in VOID:
                at = element
        elif kind == CLOSED:
            closed = found[CLOSED].lower()
            assert at.tag == closed, f"<{at.tag} {at.attributes}> is closed by </{closed}>"
            assert at.parent is not None
            at = at.parent
    assert end == len(markup), f"what stands here is no markup: {markup[end : end + 80]!r}"
    assert at is root, f"<{at.tag} {at.attributes}> is never closed"
    return root


@lru_cache(maxsize=50_000)
def _attributes(written: str) -> dict[str, str | None]:
    attributes: dict[str, str | None] = {}
    for found in ATTRIBUTE.finditer(written):
        value = found[found.lastindex] if found.lastindex and found.lastindex > 1 else None
        attributes[found[1].lower()] = unescape(value) if value and "&" in value else value
    return attributes


class Missing(Exception):
    """A frame cannot be applied here: the page has to be fetched anew."""


@dataclass
class Page:
    """What a browser has before it: a board, and the seq that it shows."""

    board: Element
    ids: dict[str, Element] = field(default_factory=dict)
    # As it was sent.
    markup: str = ""

    @classmethod
    def of(cls, markup: str) -> Page:
        """The page as it was fetched."""
        board = next(each for each in read(markup).walk() if each.id == "board")
        board.parent = None
        page = cls(board, markup=markup)
        page._learn(board)
        return page

    def _learn(self, root: Element) -> None:
        for each in root.walk():
            if id_ := each.attributes.get("id"):
                self.ids[id_] = each

    def _forget(self, root: Element) -> None:
        for each in root.walk():
            if self.ids.get(each.id) is each:
                del self.ids[each.id]

    @property
    def seq(self) -> int:
        return int(self.board.attributes["data-seq"] or 0)

    def receive(self, text: str) -> str:
        """Apply a message as the browser does: applied, dropped, missing, refresh or heard (a heartbeat)."""
        message = json.loads(text)
        if message.get("refresh"):
            return "refresh"
        if "head" in message:
            return "heard"
        return self._frame(message)

    def _frame(self, frame: dict[str, Any]) -> str:
        if frame["epoch"] != self.board.attributes["data-epoch"]:
            return "missing"
        if frame["seq"] < self.seq:
            return "dropped"
        if frame["after"] > self.seq:
            return "missing"
        partials = [each for each in read(frame["content"]).elements if each.tag == "hx-partial"]
        if not self._all_have_their_place(partials):
            return "missing"
        for partial in partials:
            self._apply(partial)
        self.board.attributes["data-seq"] = str(frame["seq"])
        return "applied"

    def has_each_id_once(self) -> None:
        """As a browser counts on; within a frame an element may be on its way from one place to another."""
        found = Counter([id_ for each in self.board.walk() if (id_ := each.attributes.get("id"))])
        assert found.keys() == self.ids.keys()
        assert [id_ for id_, times in found.items() if times > 1] == []

    def _all_have_their_place(self, partials: list[Element]) -> bool:
        coming: set[str] = set()
        for partial in partials:
            id_, into, swap = _target(partial), _into(partial), partial.attributes["hx-swap"]
            needed = into if swap == "keyed" else id_
            if swap != "delete" and (not partial.elements or not (needed in coming or needed in self.ids)):
                return False
            coming |= {each.id for fresh in partial.elements for each in fresh.walk()}
        return True

    def _apply(self, partial: Element) -> None:
        target, swap = self.ids.get(_target(partial)), partial.attributes["hx-swap"]
        if swap == "delete":
            if target is not None:
                self._forget(target)
                target.remove()
            return
        (fresh,) = partial.elements
        assert fresh.id == _target(partial), f"{_target(partial)} is drawn as {fresh.id}"
        if swap == "keyed":
            self._place(target, fresh, self.ids[_into(partial)])
        else:
            assert swap == "outerMorph"
            assert target is not None
            self._morph(target, fresh)

    def _place(self, old: Element | None, fresh: Element, container: Element) -> None:
        if old is not None:
            stays = old.parent is container and old.attributes.get("data-key") == fresh.attributes.get("data-key")
            if stays:
                return self._morph(old, fresh)
            self._forget(old)
            old.remove()
        container.put(fresh, _spot(container, fresh))
        self._learn(fresh)

    def _morph(self, old: Element, fresh: Element) -> None:
        """What comes inside and stands elsewhere moves here, as a morph moves it."""
        self._forget(old)
        old.replace(fresh)
        for each in fresh.walk():
            if elsewhere := self.ids.get(each.id):
                self._forget(elsewhere)
                elsewhere.remove()
        self._learn(fresh)


def _target(partial: Element) -> str:
    return (partial.attributes["hx-target"] or "").removeprefix("#")


def _into(partial: Element) -> str:
    return (partial.attributes.get("data-into") or "").removeprefix("#")


def _spot(container: Element, fresh: Element) -> Element | None:
    """The child before which the key belongs, by the bytes of keys."""
    key, before = _key(fresh), None
    for child in reversed(container.elements):
        if child.attributes.get("data-key") is None:
            continue
        if not key < _key(child):
            break
        before = child
    return before


def _key(element: Element) -> bytes:
    return (element.attributes.get("data-key") or "").encode()
