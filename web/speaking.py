"""Templates that speak one language: what a sentence is in it is settled when the template is compiled."""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

PLAIN = ("_", "gettext")


class Speaking(Environment):
    """An environment of one language for ever. A page says a hundred sentences; looking each up took a third of it."""

    gettext: Callable[[str], str] = staticmethod(str)
    settles = False

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dictionary, not a chain of them: nothing is added later, and templates compare them at each import."""
        return {**self.globals, **(d or {})}

    def icon(self, name: str) -> Markup:
        """The drawing of that name, as the macro in `_icons.html` makes it."""
        icons: Any = self.get_template("_icons.html").module
        return Markup(icons.icon(name))  # noqa: S704 - ours

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        return _Settling(self).visit(template) if self.settles else template


class _Settling(NodeTransformer):
    """Puts the translation in the place of its lookup where nothing is to be filled in, and icons in their places."""

    def __init__(self, speaking: "Speaking") -> None:
        self._speaking = speaking

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - named by the visitor
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name=name), args=[nodes.Const(value=str(said))], kwargs=[]):
                return self._settled(node, name, said)
            case _:
                return node

    def _settled(self, node: nodes.Call, name: str, said: str) -> nodes.Node:
        if name in PLAIN:
            empty: Mapping[str, str] = {}
            return nodes.Const(Markup(self._speaking.gettext(said)) % empty, lineno=node.lineno)  # noqa: S704 - ours
        if name == "icon":
            return nodes.Const(self._speaking.icon(said), lineno=node.lineno)
        return node
