"""Draws what a test puts into frames: notes and partials."""

from html import escape


def note(id_: str, text: str = "words", *, key: str = "", place: str = "", inside: str = "", more: str = "") -> str:
    """One note as every audience gets it."""
    return (
        f'<article id="note-{id_}" class="note" data-key="{escape(key or "1" + id_)}" data-place="{place}" '
        f'data-text-seq="1" data-state="shown" {more}><p class="note-text">{escape(text)}</p>{inside}'
        f'<button type="button" data-react="♥" aria-pressed="false" aria-label="like {id_}">♥</button>'
        f'<button type="button" data-note-menu aria-haspopup="true" aria-label="more {id_}">…</button></article>'
    )


def keyed(id_: str, html: str, into: str = "wall-s1") -> str:
    """A partial that morphs, moves or inserts."""
    return f'<hx-partial hx-target="#note-{id_}" data-into="#{into}" hx-swap="keyed">{html}</hx-partial>'


def morphed(id_: str, html: str) -> str:
    """A partial whose target has to be there."""
    return f'<hx-partial hx-target="#{id_}" hx-swap="outerMorph">{html}</hx-partial>'


def gone(id_: str) -> str:
    """A removal."""
    return f'<hx-partial hx-target="#{id_}" hx-swap="delete"></hx-partial>'


def now(step: str, **facts: str) -> str:
    """The step that is on."""
    said = {"step": step, "kind": "write", "title": f"Step {step}", "write": "true", "react": "true", **facts}
    attributes = " ".join(f'data-{name}="{value}"' for name, value in said.items())
    return morphed("now", f'<div id="now" hidden {attributes}></div>')
