"""Files that are only ever read: what of a picture, a PDF or a document would do something when it is opened."""

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from typing import Any
from xml.etree import ElementTree

import pypdf
from pypdf.generic import IndirectObject

DRAWN = {
    "svg",
    "g",
    "path",
    "use",
    "symbol",
    "defs",
    "rect",
    "image",
    "clipPath",
    "linearGradient",
    "pattern",
    "stop",
    "title",
}
ACTING = {"/JavaScript", "/JS", "/AA", "/EmbeddedFiles", "/RichMedia", "/XFA", "/AcroForm", "/Launch", "/SubmitForm"}
ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}


def acts_in_svg(drawn: bytes) -> list[str]:
    """What is no drawing, attributes that are events, references to anything outside. Raises ParseError."""
    assert b"<!DOCTYPE" not in drawn and b"<!ENTITY" not in drawn
    found = []
    for element in ElementTree.fromstring(drawn).iter():  # noqa: S314 - looked at for entities
        tag = element.tag.rpartition("}")[2]
        found += [] if tag in DRAWN else [tag]
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2].lower()
            outside = plain in ("href", "src") and not value.startswith(("#", "data:image/png;base64,"))
            if plain.startswith("on") or outside or re.search(r"url\((?!#)|javascript:|@import", value):
                found.append(f"{tag} {name}={value[:60]}")
    return found


def acts_in_pdf(printed: bytes, meant: Collection[str] = ()) -> list[str]:
    """Everything that acts, is attached, or leads to another address than is meant."""
    found = []
    for name, value in _named(pypdf.PdfReader(io.BytesIO(printed)).trailer, set()):
        if name in ACTING or (name == "/S" and value in ACTS) or (name == "/OpenAction" and isinstance(value, dict)):
            found.append(f"{name} {value!r:.60}")
        elif name == "/URI" and isinstance(value, str) and value not in meant:
            found.append(f"{name} {value:.60}")
    return found


def _named(value: Any, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """Every name of every dictionary with what it says, each object once."""
    if isinstance(value, IndirectObject):
        if value.idnum in seen:
            return
        seen.add(value.idnum)
        value = value.get_object()
    if isinstance(value, dict):
        for name in value:
            held = value.raw_get(name) if hasattr(value, "raw_get") else value[name]
            yield str(name), held.get_object() if isinstance(held, IndirectObject) else held
            yield from _named(held, seen)
    elif isinstance(value, list):
        for each in list.__iter__(value):
            yield from _named(each, seen)


def acts_in_document(packed: bytes, meant: Collection[str] = ()) -> list[str]:
    """Of a DOCX or XLSX: what leads outside, formulas, macros, fields that fetch, and parts that are no XML."""
    found = []
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            found += [name] if re.search(r"vba|\.bin$|activeX|embeddings/", name) else []
            if not name.endswith((".xml", ".rels")):
                continue
            assert b"<!ENTITY" not in part
            for element in ElementTree.fromstring(part).iter():  # noqa: S314 - looked at for entities
                tag, target = element.tag.rpartition("}")[2], element.get("Target", "")
                leads = element.get("TargetMode") == "External" and target not in meant
                fetches = tag == "instrText" and re.search(r"DDE|INCLUDE|LINK(?!S)", element.text or "")
                if leads or tag in ("f", "altChunk", "OLEObject", "ddeLink") or fetches:
                    found.append(f"{name} {tag} {target[:60]}")
    return found
