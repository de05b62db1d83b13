"""The toolkit: one archive of what was chosen, which opens by itself, with names that are safe in any folder."""

import csv
import io
import json
import re
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader

from app.outcomes.toolkit import MOST_PICTURES
from tests.web.visiting import Session

ARABIC = "للتغيير عنوان"
PLACE = 'Saint-Denis "la Plaine" / ../Île'


async def _headline(session: Session, **texts: str) -> str:
    said = dict(texts)
    first = next(iter(said))
    made = await session.runs("headline.add", text=said.pop(first), language=first)
    headline = str(made["made"]["headline"])
    for language, text in said.items():
        await session.runs("headline.edit", headline=headline, language=language, text=text, base=0)
    return headline


async def _kit(session: Session, **chosen: object) -> zipfile.ZipFile:
    answer = await session.facilitator.get(f"/b/{session.id}/toolkit.zip", params=chosen)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


async def test_O15_a_toolkit_holds_what_was_chosen_and_opens_by_itself(session):
    await session.runs("campaign.edit", hashtag="#CodePostal")
    headline = await _headline(session, fr="Le changement a un code postal", ar=ARABIC)
    kit = await _kit(session, place=["Dakar", PLACE], format=["landscape"], form=["png", "pdf"], headline=headline)
    names = kit.namelist()
    assert len([name for name in names if name.endswith(".png")]) == 4
    index = kit.read("index.html").decode()
    linked = set(re.findall(r'(?:href|src)="([^"]+)"', index))
    assert {name for name in names if name.startswith(("billboards", "messages"))} <= linked
    assert linked <= set(names)
    assert "http:" not in index
    assert "https:" not in index


async def test_O15_its_pictures_and_papers_can_be_read(session):
    await _headline(session, fr="Le changement a un code postal", ar=ARABIC)
    kit = await _kit(session, place=["Dakar"], format=["square"], form=["png", "pdf"], language=["ar"])
    (picture,) = [name for name in kit.namelist() if name.endswith(".png")]
    assert Image.open(io.BytesIO(kit.read(picture))).size == (1080, 1080)
    (paper,) = [name for name in kit.namelist() if name.endswith(".pdf")]
    text = PdfReader(io.BytesIO(kit.read(paper))).pages[0].extract_text()
    assert {"ل", "ت", "غ", "ي", "ر"} <= set(text)


async def test_O16_names_in_it_are_safe_in_any_folder_whatever_a_place_is_called(session):
    await _headline(session, fr="Rue par rue")
    kit = await _kit(session, place=[PLACE, "../../etc", "مراكش", "CON", "a" * 80], format=["square"], form=["svg"])
    for name in kit.namelist():
        assert re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9._/-]*", name), name
        assert ".." not in name
    assert len(set(kit.namelist())) == len(kit.namelist()) == 5 + 6


async def test_O17_its_messages_are_text_a_table_that_runs_nothing_and_data(session):
    headline = await _headline(session, fr="=1+1 rue par rue", en="Street by street")
    kit = await _kit(session, format=["square"], form=["svg"])
    rows = list(csv.DictReader(io.StringIO(kit.read("messages/messages.csv").decode("utf-8-sig"))))
    assert [(row["headline"], row["language"], row["text"]) for row in rows] == [
        (headline, "fr", "'=1+1 rue par rue"),
        (headline, "en", "Street by street"),
    ]
    told = json.loads(kit.read("messages/messages.json"))
    assert told["headlines"][0]["versions"][1] == {"language": "en", "text": "Street by street"}
    assert "[en] Street by street" in kit.read("messages/messages.txt").decode()


async def test_what_has_no_letters_is_named_in_the_index_and_the_rest_is_there(session):
    await _headline(session, fr="Rue par rue", ja="通りから通りへ")
    kit = await _kit(session, format=["square"], form=["svg"])
    assert len([name for name in kit.namelist() if name.endswith(".svg")]) == 1
    assert "<li><bdi>ja</bdi>" in kit.read("index.html").decode()


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"place": [f"Place {n}" for n in range(51)]}, "too-many"),
        ({"place": [f"Place {n}" for n in range(50)], "format": ["landscape", "square", "story"]}, "too-many"),
        ({"design": ["nothing"]}, "invalid"),
        ({"form": ["exe"]}, "invalid"),
        ({"place": ["x" * 500]}, "too-long"),
        ({"headline": ["h404"]}, "unknown"),
        ({"language": ["tlh"]}, "unknown"),
    ],
)
async def test_O18_what_there_is_not_or_is_too_much_is_refused_before_anything_is_printed(session, chosen, code):
    await _headline(session, fr="Rue par rue", en="Street by street")
    answer = await session.facilitator.get(
        f"/b/{session.id}/toolkit.zip", params=chosen, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["refused"]) == (422, code)
    assert MOST_PICTURES == 200


async def test_a_hidden_headline_is_in_no_toolkit(session):
    hidden = await _headline(session, fr="Bien caché")
    await _headline(session, fr="Rue par rue")
    await session.runs("headline.hide", headline=hidden, on=True)
    kit = await _kit(session, format=["square"], form=["svg"])
    assert "Bien caché" not in "".join(kit.read(name).decode() for name in kit.namelist() if "messages" in name)
    page = await session.facilitator.get(f"/b/{session.id}/toolkit")
    assert "Bien caché" not in page.text


async def test_without_a_seat_there_is_no_toolkit(session):
    await _headline(session, fr="Rue par rue")
    for path in ("toolkit", "toolkit.zip"):
        assert (await session.place.visitor().get(f"/b/{session.id}/{path}")).status_code == 401
