"""Billboards as people fetch them: who may, in which form, with what printed on them; and the campaign's looks."""

import re
from collections import Counter
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from pypdf import PdfReader

from app.outcomes.billboards import DESIGNS, FORMATS
from tests.pictures import files
from tests.web.visiting import HERE, Session, Visitor, elements_of, refusal_of, words_of

PROGRAM = {"Accept": "application/json"}
SCRIPT = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" onload="alert(1)">'
    b'<script>alert("canary-4f1d0b57")</script>'
    b'<rect width="80" height="40" fill="#00ff00"/></svg>'
)


async def headline(session: Session, text: str = "The street first", language: str = "en") -> str:
    """A headline of the facilitator's."""
    made = await session.runs("headline.add", text=text, language=language)
    return str(made["made"]["headline"])


def where(session: Session, name: str, form: str = "svg") -> str:
    return f"/b/{session.id}/billboards/{name}.{form}"


async def printed(visitor: Visitor, address: str, **query: str) -> bytes:
    answer = await visitor.get(address, params=query)
    assert answer.status_code == 200, answer.text
    return answer.content


def read(pdf: bytes) -> str:
    return " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())


def letters(text: str) -> Counter[str]:
    return Counter(letter for letter in text if letter.isalpha())


async def test_every_design_is_printed_in_every_format(session: Session):
    id_ = await headline(session)
    for design in DESIGNS:
        for name, size in FORMATS.items():
            found = await printed(session.facilitator, where(session, id_, "png"), design=design, format=name)
            picture = Image.open(BytesIO(found))
            assert picture.size == (size.width, size.height)
            assert len(picture.convert("RGB").getcolors(2**20) or []) > 2


async def test_a_billboard_comes_as_picture_drawing_and_paper(session: Session):
    id_ = await headline(session)
    svg = await session.facilitator.get(where(session, id_), params={"place": "Dakar"})
    assert svg.headers["content-type"] == "image/svg+xml" and svg.text.startswith("<svg")
    assert "script" not in svg.text and "font-family" not in svg.text
    assert svg.headers["content-security-policy"].startswith("default-src 'none'")
    again = await session.facilitator.get(
        where(session, id_), params={"place": "Dakar"}, headers={"If-None-Match": svg.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    fine = Image.open(BytesIO(await printed(session.facilitator, where(session, id_, "png"), size="print")))
    assert fine.size == (4800, 2400)
    assert (
        read(await printed(session.facilitator, where(session, id_, "pdf"), place="Dakar")) == "The street first Dakar"
    )


@pytest.mark.parametrize(
    "text",
    [
        '#eval("1+1") *bold* _it_ $x^2$ @ref <b> \\n [a] {b} // c',
        "Rechtsschutzversicherungsgesellschaftenxx",
        "Oui",
        "a" * 140,
        "One two three " * 10,
        "Agir à تونس ensemble",
    ],
)
async def test_K4_what_people_wrote_is_printed_as_they_wrote_it(session: Session, text: str):
    id_ = await headline(session, text)
    said = read(await printed(session.facilitator, where(session, id_, "pdf"), place='Ville "de" /\\ #eval(1)'))
    for word in ("Ville", '"de"', "#eval(1)"):
        assert word in said
    together = re.sub(r"\s", "", said)
    for word in text.split() if text.isascii() else ["Agir", "ensemble"]:
        assert word in together


async def test_arabic_runs_from_right_to_left_with_its_letters_joined(session: Session):
    id_ = await headline(session, "غيّروا العالم شارعاً شارعاً", "ar")
    for design in DESIGNS:
        pdf = await printed(session.facilitator, where(session, id_, "pdf"), design=design)
        # Letters, not pictures of letters: every one of them, each once (one reader has them in the order of the page).
        assert letters(read(pdf)) >= letters("غيروا العالم شارعا شارعا"), design
        assert PdfReader(BytesIO(pdf)).trailer["/Root"]["/Lang"] == "ar"
    # The first letters stand at the right edge, where the reader begins.
    picture = Image.open(BytesIO(await printed(session.facilitator, where(session, id_, "png")))).convert("L")
    ink = picture.point(lambda value: 255 if value > 100 else 0)
    left, _, right, _ = ink.crop((0, 0, 1600, 640)).getbbox() or (0, 0, 0, 0)
    assert 1600 - right < left + 40


@pytest.mark.parametrize(
    "text", ["🌍🔥❤️👩🏽‍🚀", "Привет, мир", "Γειά σου, κόσμε", "שלום עולם", "नमस्ते दुनिया", "Xin chào Đà Nẵng"]
)
async def test_K3_these_are_printed(session: Session, text: str):
    await printed(session.facilitator, where(session, await headline(session, text), "png"))


async def test_K3_a_language_without_letters_is_said_so(session: Session):
    id_ = await headline(session, "東京から世界へ", "ja")
    answer = await session.facilitator.get(where(session, id_), headers=PROGRAM)
    assert refusal_of(answer) == (422, "no-letters")
    assert answer.json()["facts"] == {"letters": "東京から世界へ"}
    page = await session.facilitator.get(f"/b/{session.id}/billboards?version={id_}.ja")
    assert "東京から世界へ. Please choose another language" in words_of(page.text)


async def test_K6_who_sees_a_headline_gets_its_billboard_and_nobody_else(session: Session):
    id_, lyon = await headline(session, "canary-4f1d0b57"), await session.participant()
    screen, stranger = await session.seated("screen"), session.place.visitor()
    for visitor in (lyon, screen, session.facilitator):
        await printed(visitor, where(session, id_))
    assert (await stranger.get(where(session, id_))).status_code == 401
    other = await session.place.board()
    assert (await other.facilitator.get(where(other, id_))).status_code == 404
    await session.runs("headline.hide", headline=id_)
    assert [(await each.get(where(session, id_))).status_code for each in (lyon, screen)] == [404, 404]
    assert (await session.facilitator.get(where(session, id_))).status_code == 200
    assert "4f1d0b57" not in (await lyon.get(f"/b/{session.id}/billboards")).text
    tag = (await session.facilitator.get(where(session, id_))).headers["etag"]
    assert (await lyon.get(where(session, id_), headers={"If-None-Match": tag})).status_code == 404


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"design": "../x"}, "invalid"),
        ({"format": "a0"}, "invalid"),
        ({"place": "x" * 81}, "too-long"),
        ({"language": "_"}, "invalid"),
    ],
)
async def test_what_there_is_not_is_refused(session: Session, query: dict[str, str], code: str):
    id_ = await headline(session)
    answer = await session.facilitator.get(where(session, id_), params=query, headers=PROGRAM)
    assert refusal_of(answer) == (422, code)
    assert (await session.facilitator.get(where(session, id_, "exe"))).status_code == 404


async def test_words_are_tried_out_before_anybody_keeps_them(session: Session):
    lyon = await session.participant()
    pdf = await printed(lyon, where(session, "draft", "pdf"), words="Flip the map", language="en")
    assert "Flip the map" in read(pdf)
    assert refusal_of(await lyon.get(where(session, "draft"), headers=PROGRAM)) == (422, "empty")
    assert refusal_of(await lyon.get(where(session, "draft"), params={"words": "x" * 141}, headers=PROGRAM)) == (
        422,
        "too-long",
    )


@pytest.mark.parametrize(
    "named", ['Port "Louis"/../..\\x', "داكار", "CON", "a\r\nSet-Cookie: x", "." * 80, "São Tomé 🌍"]
)
async def test_the_name_of_the_file_is_safe_whatever_the_place_is_called(session: Session, named: str):
    answer = await session.facilitator.get(
        where(session, await headline(session)), params={"place": named, "download": "1"}
    )
    said = answer.headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="billboard-[a-z0-9-]+\.svg"', said), said


async def test_the_page_warns_of_what_nobody_reads_from_a_car(session: Session):
    id_ = await headline(session, "One two three four five six seven eight nine ten")
    page = await session.facilitator.get(f"/b/{session.id}/billboards?version={id_}.en&place=Dakar&format=portrait")
    assert "too long to be read from a car" in words_of(page.text)
    assert (
        f"/b/{session.id}/billboards/{id_}.svg?place=Dakar&amp;language=en&amp;design=giant&amp;format=portrait"
        in page.text
    )
    short = await session.facilitator.get(f"/b/{session.id}/billboards?words=Flip+the+map")
    assert "too long to be read" not in words_of(short.text)


async def test_B9_a_screen_shows_the_billboards_of_the_headline_in_the_spotlight(session: Session):
    id_ = await headline(session)
    await session.runs("headline.edit", headline=id_, language="fr", text="La rue d’abord", base=0)
    await session.participant(place="Dakar")
    await session.participant(place="Oslo")
    screen, lyon = await session.seated("screen"), await session.participant(place="Lyon", speaks="fr")
    await session.runs("spotlight", part=f"headline:{id_}")
    for visitor, page in ((screen, f"/b/{session.id}/screen"), (lyon, f"/b/{session.id}")):
        hung = [e.attributes.get("src") or "" for e in elements_of((await visitor.get(page)).text) if e.tag == "img"]
        assert [src.partition("place=")[2].partition("&")[0] for src in hung if f"/{id_}.svg" in src] == [
            "Dakar",
            "Lyon",
            "Oslo",
        ]
        for src in (each for each in hung if f"/{id_}.svg" in each):
            await printed(visitor, src)
    await session.runs("headline.hide", headline=id_)
    assert f"/{id_}.svg" not in (await screen.get(f"/b/{session.id}/screen")).text
    hidden = await session.facilitator.asks(session.id, "spotlight", part=f"headline:{id_}")
    assert refusal_of(hidden) == (422, "unknown")


async def test_the_results_show_the_chosen_headline_in_a_street(session: Session):
    await headline(session, "Another one")
    id_, lyon = await headline(session), await session.participant(place="Lyon")
    await session.runs("headline.choose", candidate=f"headline:{id_}")
    page = (await lyon.get(f"/b/{session.id}/results")).text
    assert f"/b/{session.id}/billboards/{id_}.svg?place=Lyon" in page


async def logo(visitor: Visitor, session: Session, source: bytes, name: str = "logo.png"):
    """A logo, as a browser sends it."""
    fields, sent = {"id": str(uuid4())}, {"file": (name, source)}
    return await visitor.http.post(
        f"/b/{session.id}/campaign/logo", data=fields, files=sent, headers={"Origin": HERE, **PROGRAM}
    )


async def test_K8_a_logo_is_drawn_anew_whatever_it_is(session: Session):
    lyon, id_ = await session.participant(), await headline(session)
    assert refusal_of(await logo(lyon, session, files.image())) == (422, "only-facilitators")
    for source in (files.image("PNG"), files.image("JPEG"), files.image("WEBP"), SCRIPT):
        plain = await printed(lyon, where(session, id_, "png"))
        assert (await logo(session.facilitator, session, source)).status_code == 200
        kept = await lyon.get(f"/b/{session.id}/campaign/logo")
        assert (kept.status_code, kept.headers["content-type"]) == (200, "image/webp")
        assert b"canary" not in kept.content and files.opened(kept.content).format == "WEBP"
        assert await printed(lyon, where(session, id_, "png")) != plain
        for design in DESIGNS:
            await printed(lyon, where(session, id_), design=design)
    red, green, blue = files.opened(kept.content).getpixel((40, 20))
    assert green > 250 > 5 > max(red, blue)
    await session.runs("campaign.edit", logo="none")
    assert (await lyon.get(f"/b/{session.id}/campaign/logo")).status_code == 404
    assert (await session.place.visitor().get(f"/b/{session.id}/campaign/logo")).status_code == 404


@pytest.mark.parametrize(
    ("source", "status", "code"),
    [
        (b"x" * 10 * 2**20, 413, "file-too-big"),
        (b"<svg>" + b" " * 2**20, 413, "file-too-big"),
        (b"<svg><not closed", 422, "damaged-file"),
        (
            SCRIPT.replace(b"<rect", b'<image href="http://example.org/x.png" width="9" height="9"/><rect'),
            422,
            "damaged-file",
        ),
        (b"<html><script>alert(1)</script>", 422, "wrong-file"),
        (b"", 422, "empty"),
        (files.pages(2), 422, "too-many-pages"),
    ],
)
async def test_K8_what_is_no_logo_is_refused(session: Session, source: bytes, status: int, code: str):
    assert refusal_of(await logo(session.facilitator, session, source)) == (status, code)


async def test_K7_the_looks_of_the_campaign_are_on_every_billboard(session: Session):
    id_ = await headline(session)
    await session.runs("campaign.edit", hashtag="FlipTheScript", ground="#0b6e4f", ink="#0b6e50")
    pdf = await printed(session.facilitator, where(session, id_, "pdf"), place="Dakar")
    assert "#FlipTheScript" in read(pdf)
    picture = Image.open(BytesIO(await printed(session.facilitator, where(session, id_, "png")))).convert("RGB")
    # An ink that nobody could read gives way.
    colors = {color for count, color in picture.getcolors(2**20) or [] if count > 5_000}
    assert colors == {(11, 110, 79), (255, 255, 255)}
    page = await session.facilitator.get(f"/b/{session.id}/billboards")
    assert "These letters cannot be read on this ground" in words_of(page.text)
