"""What is left of the hour, and what is taken home from it: each file opened with another library than made it."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.hour.looking import DESK
from tests.browser.hour.people import Somebody, seated_at
from tests.browser.hour.session import ACTION, BEACH, COAST, DOORS, OBJETIVO, RUDE, SAID, STREET, Hour
from tests.outcomes.reading import book_of, document_of, text_of_pdf

SAFE = re.compile(r"[a-z0-9][a-z0-9._-]*")
SAID_WHERE = ((STREET, "Dakar"), (OBJETIVO, "Rosario"), (COAST, BEACH))
# How wide the picture is that an element shows, once it is there; 0 for one that is none.
WIDTH = """async (element) => {
  const seen = new Image();
  seen.src = element.getAttribute('href') ?? element.currentSrc;
  await seen.decode();
  return seen.naturalWidth;
}"""


def _takes(somebody: Somebody, name: str, within: str = "main") -> tuple[str, bytes]:
    """Presses a link or button that gives a file; answers with the name it was given and what is in it."""
    with somebody.page.expect_download() as taken:
        somebody.page.locator(within).locator("a, button").filter(has_text=re.compile(rf"^\s*{name}\s*$")).first.click()
    return taken.value.suggested_filename, Path(taken.value.path()).read_bytes()


def results(hour: Hour) -> None:
    """Everybody reads the message in their language, where it comes from, and who was heard."""
    for somebody, language in ((hour.host, "en"), (hour.dakar, "fr"), (hour.rosario, "es")):
        somebody.opens(f"{hour.board}/results")
        is_told_what_came_of_it(somebody, language)
        somebody.takes_a_picture("11-results")
    hour.host.reads(ACTION)
    expect(hour.dakar.page.locator(".chart .chart-scale rect")).to_have_count(1)
    hour.dakar.opens(f"{hour.board}/ideas")
    hour.dakar.reads(STREET)
    hour.dakar.reads(SAID["fr"])
    hour.dakar.takes_a_picture("11-ideas")


def is_told_what_came_of_it(somebody: Somebody, language: str) -> None:
    """The message, its billboard, its origin as a picture and as a list, the map, and nothing that was hidden."""
    page = somebody.page
    expect(page.locator(".lineage-title")).to_have_text(SAID[language])
    assert page.locator(".scene image").evaluate(WIDTH) > 0
    page.locator(".lineage-list summary").first.click()
    listed = page.locator(".lineage-list").first
    for text, place in SAID_WHERE:
        expect(listed.locator("li li").filter(has_text=text)).to_contain_text(place)
    for text in ("La rue", *SAID.values()):
        expect(listed.locator("li li").filter(has_text=text).first).to_be_visible()
    expect(page.locator(".lineage-picture:visible").first).to_contain_text("Dakar")
    assert page.locator(".atlas-picture .land").count() > 100
    expect(page.locator(".atlas-picture .spot title")).to_contain_text(["Dakar", "Rosario"])
    expect(page.locator(".atlas .atlas-table").filter(has_text=BEACH)).to_have_count(1)
    somebody.does_not_read(RUDE)
    somebody.never_got(RUDE)


def billboards(hour: Hour) -> None:
    """Somebody whose place has quotes and a slash in its name sees the message there, in each language."""
    somebody = hour.ethekwini
    page = somebody.page
    somebody.opens(f"{hour.board}/billboards")
    expect(page.get_by_label("Place", exact=True)).to_have_value(BEACH)
    for language in SAID:
        page.locator("#billboard-version").select_option(f"{hour.headline}.{language}")
        expect(page.locator(".scene image")).to_have_attribute("href", re.compile(rf"language={language}\b"))
        assert page.locator(".scene image").evaluate(WIDTH) > 0
        expect(page.locator(".scene svg")).to_have_attribute("aria-label", re.compile(SAID[language]))
        somebody.takes_a_picture(f"12-billboard-{language}")
    name, made = _takes(somebody, "PNG for screens")
    assert SAFE.fullmatch(name)
    assert "-ar-" in name
    with Image.open(io.BytesIO(made)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1600, 800))
        assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 2


def toolkit(hour: Hour) -> None:
    """The archive for that place, unpacked: an index that leads to all there is, pictures, papers and messages."""
    host = hour.host
    host.opens(f"{hour.board}/toolkit")
    chosen = host.page.locator(".toolkit")
    for name, value in (("headline", hour.headline), ("place", BEACH), ("format", "landscape")):
        for box in chosen.locator(f"[name={name}]").all():
            box.set_checked(box.get_attribute("value") == value)
    host.takes_a_picture("13-toolkit")
    name, made = _takes(host, "Download the toolkit")
    assert SAFE.fullmatch(name.lower())
    with zipfile.ZipFile(io.BytesIO(made)) as kit:
        assert kit.testzip() is None
        files = {each: kit.read(each) for each in kit.namelist()}
    linked = set(re.findall(r'(?:href|src)="([^"]+)"', files["index.html"].decode()))
    assert linked | {"index.html"} == files.keys()
    assert all(SAFE.fullmatch(part.lower()) for each in files for part in each.split("/"))
    pictures = [Image.open(io.BytesIO(each)) for path, each in files.items() if path.endswith(".png")]
    assert [picture.size for picture in pictures] == [(1600, 800)] * len(SAID)
    papers = {path: text_of_pdf(each) for path, each in files.items() if path.endswith(".pdf")}
    assert len(papers) == len(SAID)
    (arabic,) = (text for path, text in papers.items() if "-ar-" in path)
    # A reader that knows no layout takes the letters as they stand: all of them, as letters and not as shapes.
    assert set(SAID["ar"]) <= set(arabic) | {" "}
    rows = csv.DictReader(io.StringIO(files["messages/messages.csv"].decode("utf-8-sig")))
    assert {row["language"]: row["text"] for row in rows} == SAID
    (message,) = json.loads(files["messages/messages.json"])["headlines"]
    assert (message["id"], message["chosen"], message["place"]) == (hour.headline, True, "Dakar")
    assert {each["language"]: each["text"] for each in message["versions"]} == SAID


def report(hour: Hour) -> None:
    """PDF, Word, Excel and the rest from the page of results, each with the message and a note of each place."""
    host = hour.host
    host.opens(f"{hour.board}/results")
    told = {
        name: _takes(host, name, "#files ~ .files-list")[1]
        for name in ("PDF", "Word", "Excel", "Markdown", "CSV", "JSON")
    }
    pages = PdfReader(io.BytesIO(told["PDF"])).pages
    assert len(pages) > 1
    document = document_of(told["Word"])
    cells = [row.cells for table in document.tables for row in table.rows]
    book = book_of(told["Excel"])
    texts = {
        "PDF": text_of_pdf(told["PDF"]),
        "Word": "\n".join(
            [*(each.text for each in document.paragraphs), *(each.text for row in cells for each in row)]
        ),
        "Excel": "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row),
        "Markdown": told["Markdown"].decode(),
        "JSON": told["JSON"].decode(),
    }
    for form, text in texts.items():
        plain = " ".join(text.replace("\\", "").split())
        for words in (SAID["en"], STREET, OBJETIVO, COAST, DOORS, ACTION):
            assert words in plain, f"{form} does not say: {words}"
        assert RUDE not in plain, f"{form} says what was hidden"
    assert all(words in told["CSV"].decode() for words, _ in SAID_WHERE)
    assert RUDE not in told["CSV"].decode()


def in_public(hour: Hour) -> None:
    """Published, and read by somebody who never had a seat, in their own language; closed again, it opens nothing."""
    host = hour.host
    host.presses("Publish the results")
    link = host.page.locator(".publishing .link-text")
    expect(link).to_be_visible()
    host.takes_a_picture("14-published")
    address = link.get_attribute("href") or ""
    reader = seated_at(hour.browser, Somebody, "reader", language="es", size=DESK)
    reader.opens(address)
    is_told_what_came_of_it(reader, "es")
    reader.never_got("Quay office")
    reader.takes_a_picture("14-public")
    _, made = _takes(reader, "PDF", "#files ~ .files-list")
    assert SAID["es"] in " ".join(text_of_pdf(made).split())
    host.presses("Close it again")
    host.is_told("Publish the results")
    reader.page.reload()
    reader.does_not_read(SAID["es"])
    assert reader.watch.complaints == []
    reader.context.close()
