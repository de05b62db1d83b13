"""The paragraphs, lists and tables of a Word document, written so that ten thousand of them are soon there."""

import re
from collections.abc import Sequence
from typing import Any, Final

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from app.outcomes.wording import Wording, leftward

# (text, language or "", is it strong)
Run = tuple[str, str, bool]
# What XML has no room for, not even escaped.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
# In twentieths of a point: A4 between its margins.
WIDTH: Final = 9638


class Pages:
    """Writes at the end of a document. Every text is a text: no field, no markup, whatever stands in it."""

    def __init__(self, document: Document, words: Wording) -> None:
        self._end = document.element.body.find(qn("w:sectPr"))
        self._words = words

    def paragraph(self, style: str, *runs: Run) -> None:
        """A paragraph in the direction of its first words, in the style of that id."""
        self._end.addprevious(self._made(style, runs))

    def plain(self, style: str, text: str) -> None:
        """A paragraph in the report's own words."""
        self.paragraph(style, (text, "", False))

    def table(self, caption: str, header: Sequence[str], rows: Sequence[Sequence[Run]], widths: Sequence[int]) -> None:
        """A table whose first row stands again on each page; `widths` are parts of the whole."""
        whole = sum(widths)
        columns = [WIDTH * each // whole for each in widths]
        made = OxmlElement("w:tbl")
        made.append(self._table_properties(caption))
        grid = _inside(made, "w:tblGrid")
        for width in columns:
            _inside(grid, "w:gridCol", w=str(width))
        made.append(self._row([(text, "", True) for text in header], columns, is_header=True))
        for row in rows:
            made.append(self._row(row, columns))
        self._end.addprevious(made)
        self.plain("AfterTable", "")

    def _table_properties(self, caption: str) -> Any:
        properties = OxmlElement("w:tblPr")
        _inside(properties, "w:tblStyle", val="FlipchartTable")
        if self._words.rtl:
            _inside(properties, "w:bidiVisual")
        _inside(properties, "w:tblW", w=str(WIDTH), type="dxa")
        _inside(properties, "w:tblLayout", type="fixed")
        _inside(properties, "w:tblLook", val="0020", firstRow="1", noHBand="1", noVBand="1")
        _inside(properties, "w:tblCaption", val=_clean(caption))
        return properties

    def _row(self, cells: Sequence[Run], columns: Sequence[int], *, is_header: bool = False) -> Any:
        row = OxmlElement("w:tr")
        how = _inside(row, "w:trPr")
        _inside(how, "w:cantSplit")
        if is_header:
            _inside(how, "w:tblHeader")
        for run, width in zip(cells, columns, strict=True):
            cell = _inside(row, "w:tc")
            _inside(_inside(cell, "w:tcPr"), "w:tcW", w=str(width), type="dxa")
            cell.append(self._made("TableText", [run]))
        return row

    def _made(self, style: str, runs: Sequence[Run]) -> Any:
        made = OxmlElement("w:p")
        how = _inside(made, "w:pPr")
        _inside(how, "w:pStyle", val=style)
        if leftward("".join(text for text, _, _ in runs)) or (self._words.rtl and not _says(runs)):
            _inside(how, "w:bidi")
        for text, language, strong in runs:
            if text:
                made.append(self._run(text, language, strong=strong))
        return made

    def _run(self, text: str, language: str, *, strong: bool) -> Any:
        run, rtl = OxmlElement("w:r"), leftward(text)
        how = _inside(run, "w:rPr")
        if strong:
            _inside(how, "w:b")
            _inside(how, "w:bCs")
        if rtl:
            _inside(how, "w:rtl")
        tag = language or self._words.tag
        _inside(how, "w:lang", **({"bidi": tag} if rtl else {"val": tag}))
        for at, line in enumerate(_clean(text).split("\n")):
            if at:
                _inside(run, "w:br")
            _inside(run, "w:t").text = line
            run[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return run


def _says(runs: Sequence[Run]) -> bool:
    return any(character.isalpha() for text, _, _ in runs for character in text)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text.replace("\r", ""))


def _inside(parent: Any, name: str, **attributes: str) -> Any:
    child = OxmlElement(name)
    for attribute, value in attributes.items():
        child.set(qn(f"w:{attribute}"), value)
    parent.append(child)
    return child
