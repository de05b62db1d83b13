"""How the Word document looks, and what it says of itself: styles, language, title, running foot."""

from datetime import UTC, datetime
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from app.outcomes.report import Report
from app.outcomes.wording import Wording

INK, QUIET, RED = RGBColor(0x17, 0x18, 0x1C), RGBColor(0x55, 0x58, 0x5F), RGBColor(0xE5, 0x24, 0x3B)
FACE = "Arial"
# Name, size, space before and after in points, bold, colour.
HEADINGS: Final[tuple[tuple[str, float, float, float, bool, RGBColor], ...]] = (
    ("Title", 30, 0, 6, True, INK),
    ("Subtitle", 11, 0, 4, False, QUIET),
    ("Heading 1", 20, 24, 8, True, INK),
    ("Heading 2", 14, 14, 4, True, INK),
    ("Heading 3", 11, 10, 2, True, QUIET),
)
OWN: Final = (("Chosen", 24.0, RED), ("Quiet", 9.5, QUIET), ("TableText", 10.0, INK), ("AfterTable", 6.0, INK))
TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="FlipchartTable">
<w:name w:val="Flipchart Table"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="C9C2B2"/>
<w:insideH w:val="single" w:sz="4" w:color="E4DFD3"/></w:tblBorders>
<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="12" w:color="17181C"/></w:tcBorders>
</w:tcPr></w:tblStylePr></w:style>"""


def dress(document: Document, report: Report, words: Wording) -> None:
    """Style ids are those that `app.papers.document` names."""
    about = document.core_properties
    about.title, about.subject, about.author = report.title[:255], words.say("Report"), "Flipchart"
    about.language, about.comments, about.keywords = words.tag, "", report.hashtag[:255]
    about.created = about.modified = datetime.fromtimestamp(report.as_of, UTC)
    _speak(document, words)
    _style(document)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)
    _foot(page.footer.paragraphs[0], report)


def _speak(document: Document, words: Wording) -> None:
    """The language of whatever says no other."""
    for language in document.styles.element.iter(qn("w:lang")):
        for name in ("val", "bidi"):
            language.set(qn(f"w:{name}"), words.tag)


def _style(document: Document) -> None:
    styles = document.styles
    _face(styles["Normal"], 10.5, INK)
    styles["Normal"].paragraph_format.space_after = Pt(4)
    for name, size, before, after, bold, color in HEADINGS:
        style = styles[name]
        _face(style, size, color)
        style.font.bold, style.font.italic = bold, False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
        for border in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
            border.getparent().remove(border)
    for name, size, color in OWN:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _face(style, size, color)
    styles["Chosen"].font.bold = True
    styles["TableText"].paragraph_format.space_after = Pt(0)
    styles.element.append(parse_xml(TABLE))


def _face(style: Any, size: float, color: RGBColor) -> None:
    """The same face for letters that run to the left, which have a size of their own."""
    style.font.size, style.font.name, style.font.color.rgb = Pt(size), FACE, color
    how = style.element.get_or_add_rPr()
    faces = how.find(qn("w:rFonts"))
    for name in list(faces.attrib):
        if name.endswith("Theme"):
            del faces.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        faces.set(qn(f"w:{name}"), FACE)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(int(size * 2)))
    for old in how.findall(qn("w:szCs")):
        how.remove(old)
    how.find(qn("w:sz")).addnext(complex_size)


def _foot(paragraph: Any, report: Report) -> None:
    """The title, and the number of the page, which Word counts."""
    paragraph.text = f"{report.title} · "
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text or None
        run._r.append(mark)
