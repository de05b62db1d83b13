"""What people write is only ever read: in no page, frame, answer or export does it become anything else."""

import csv
import io
import json
import re
from collections import Counter

import pytest

from tests.web.payloads import FAMILIES, MARK, payloads
from tests.web.visiting import Session, Visitor, elements_of

NEVER = re.compile(r"^(on|hx-(?!partial|target|swap$)|data-hx-)|^style$|^srcdoc$")
FORMULA = "=+-@\t\r＝＋－＠"


def skeleton(markup: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """The elements of a page and the names of their attributes: what words must not change."""
    return Counter((each.tag, tuple(sorted(each.attributes))) for each in elements_of(markup))


def without_query(value: str) -> str:
    """What is asked of this server or put into a letter may be what somebody wrote; where it leads to may not."""
    return value.partition("?")[0] if re.match(r"/[br]/|mailto:|\?", value) else value


def strange(markup: str) -> list[str]:
    """Elements that a payload made: by what they are, or by carrying a payload's mark where no text belongs."""
    found = []
    for each in elements_of(markup):
        names = [name for name in each.attributes if NEVER.match(name)]
        marked = [
            name
            for name in ("id", "name", "href", "src", "action", "class", "for", "data", "rel", "http-equiv")
            if MARK in without_query(str(each.attributes.get(name, "") or ""))
        ]
        if names or marked or each.tag in ("iframe", "object", "embed", "base", "math", "style"):
            found.append(f"{each.tag} {names} {marked}")
    return found


async def filled(session: Session, said: list[str]) -> dict[str, str]:
    """A board on which every field that takes words takes one of these, and a note for each of the rest."""
    step = session.step("write")
    words = iter(said)

    async def runs(do: str, **fields: object) -> None:
        await session.facilitator.asks(session.id, do, **fields)

    await runs("agenda.go", step=step)
    await runs("board.rename", title=next(words)[:120])
    await runs("board.announce", text=next(words)[:300])
    seq = (await session.facilitator.board(session.id))["seq"]
    await runs("agenda.edit", step=step, base=seq, title={"en": next(words)[:120]}, prompt={"en": next(words)[:300]})
    await runs("agenda.add", kind="write", title={"fr": next(words)[:120]}, prompt={"fr": next(words)[:300]}, minutes=1)
    writer = session.place.visitor()
    await writer.joins(session.link("join"), next(words)[:60], next(words)[:80])
    await runs("person.mute", person=writer.person, on=False)
    notes = []
    for text in words:
        fields = {"do": "note.add", "id": f"note-{len(notes):08d}", "step": step, "text": text}
        answer = await writer.post(f"/b/{session.id}/commands", json=fields)
        notes += [answer.json()["made"]["note"]] if answer.status_code == 200 else []
        session.place.ticks.passes(1)
    await runs("note.return", note=notes[0], reason="other", text=said[0])
    await runs("note.hide", note=notes[1])
    await runs("spotlight", part=f"note:{notes[2]}")
    await runs("ballot.open", title=said[1][:120], candidates=[f"note:{note}" for note in notes[3:8]], sealed=False)
    await writer.asks(session.id, "hand", up=True)
    return {"writer": writer.person, "first": notes[0], "cookie": writer.http.cookies[f"flipchart-{session.id}"]}


@pytest.fixture(scope="module")
def said() -> list[str]:
    """The payloads."""
    return payloads()


async def pages(session: Session, writer: Visitor) -> dict[str, str]:
    """Every page that shows what somebody wrote, for each who may see it."""
    observer, screen = await session.seated("observer"), await session.seated("screen")
    waits = session.place.visitor()
    board = f"/b/{session.id}"
    return {
        "facilitator": (await session.facilitator.get(board)).text,
        "as participant": (await session.facilitator.get(f"{board}?as=participant")).text,
        "people": (await session.facilitator.get(f"{board}/people")).text,
        "log": (await session.facilitator.get(f"{board}/log")).text,
        "participant": (await writer.get(board)).text,
        "observer": (await observer.get(board)).text,
        "results": (await writer.get(f"{board}/results")).text,
        "screen": (await screen.get(f"{board}/screen")).text,
        "door": (await waits.get(session.link("join"))).text,
        "seat": (await waits.get(session.link("cohost"))).text,
    }


async def test_500_payloads_in_every_field_are_words_on_every_page_and_in_every_export(session: Session, said):
    assert len(said) == 500
    plain = await session.place.board()
    await filled(plain, [f"plain words {number:03d}" for number in range(30)])
    made = await filled(session, said)
    writer = session.place.visitor()
    writer.http.cookies.set(f"flipchart-{session.id}", made["cookie"])
    shown = await pages(session, writer)
    for name, page in shown.items():
        assert strange(page) == [], name
    assert "<script>alert" not in "".join(shown.values())
    assert all(f"{MARK}{number:03d}" in shown["participant"] for number in range(20, 60))
    known = {tag for tag, _ in skeleton((await pages(plain, await plain.participant()))["participant"])}
    assert {tag for tag, _ in skeleton(shown["participant"])} - known == set()
    await in_exports(session)
    await in_the_api(session)


async def in_exports(session: Session) -> None:
    """The exports are read by other programs: no cell is a formula, no line is more than a line."""
    table = (await session.facilitator.get(f"/b/{session.id}/export.csv")).text
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    cells = [cell for row in rows for cell in row if MARK in cell]
    assert len(cells) > 400
    assert [cell for cell in cells if cell.lstrip().startswith(tuple(FORMULA))] == []
    text = (await session.facilitator.get(f"/b/{session.id}/export.md")).text
    lines = [line for line in text.splitlines() if MARK in line]
    assert len(lines) > 400
    assert [line for line in lines if re.search(r"(?<!\\)<(script|img|svg|b|a|h1|iframe|style|hx-|!--)", line)] == []
    assert [line for line in lines if re.search(r"(?<!\\)\]\(javascript:|(?<!\\)!\[", line)] == []
    answer = await session.facilitator.get(f"/b/{session.id}/export.json")
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)
    assert answer.headers["content-disposition"].startswith("attachment")


async def in_the_api(session: Session) -> None:
    """The API is JSON and says so: no browser takes it for a page."""
    answer = await session.facilitator.get(f"/api/boards/{session.id}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_payloads_in_frames_make_no_part_of_their_own(session: Session, said):
    step = await session.in_a_writing_step()
    writer = await session.participant()
    board = await writer.board(session.id)
    async with writer.follows(session.id, f"since={board['seq']}&epoch={board['epoch']}") as socket:
        for number, text in enumerate(said[: len(FAMILIES)]):
            fields = {"do": "note.add", "id": f"note-{number:08d}", "step": step, "text": text}
            await writer.post(f"/b/{session.id}/commands", json=fields)
            session.place.ticks.passes(1)
        frames = await socket.hears_until((await writer.board(session.id))["seq"])
    content = "".join(frame.get("content", "") for frame in frames)
    assert strange(content) == []
    targets = {each.attributes["hx-target"] for each in elements_of(content) if each.tag == "hx-partial"}
    assert all(re.fullmatch(r"#[a-z]+(-[a-z]+)*(-[a-z]?[0-9a-f]+)?", str(target)) for target in targets)


async def test_payloads_that_are_refused_are_words_in_the_refusal_too(session: Session, said):
    step = await session.in_a_writing_step()
    writer = await session.participant()
    for text in said[: len(FAMILIES)]:
        typed = (text + " ") * 12
        fields = {"do": "note.add", "id": "an-id-of-mine", "step": step, "text": (typed + "x" * 300)[:2_000]}
        page = await writer.sends(session.id, fields)
        assert page.status_code == 422
        assert strange(page.text) == [], text
        code = await session.place.visitor().get("/join", params={"code": text})
        assert strange(code.text) == [], text
        start = await session.place.visitor().form("/boards", {"title": text * 20, "name": text, "key": text})
        assert strange(start.text) == [], text
        door = await session.place.visitor().form(session.link("join"), {"name": text, "place": text * 20})
        assert strange(door.text) == [], text
        nowhere = await session.place.visitor().get(f"/b/{session.id}/results", params={"language": text, "step": text})
        assert strange(nowhere.text) == [], text
        session.place.ticks.passes(100)


NAMES = [
    "Müller",
    "Łukasz",
    "Tromsø",
    "Gießen",
    "Nguyễn Thị Hồng Hạnh",
    "محمد بن سلمان",
    "मुंबई नगर निगम",
    "กรุงเทพมหานคร",
    "東京都庁",
    "O’Brien",
    "D'Angelo",
    "Jean-Luc",
    "👩‍👩‍👧‍👦 Team",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Glasgow",
    "Đà Nẵng",
    "Ñuñoa",
    "İzmir",
    "Ørsted & Søn",
    "العربية می‌خواهم",
]


async def test_names_of_real_people_and_places_are_as_they_were_written(session: Session):
    for name in NAMES:
        await session.place.visitor().joins(session.link("join"), name, name)
    people = (await session.facilitator.board(session.id))["people"]
    assert [each["name"] for each in people[1:]] == NAMES
    assert [each["place"] for each in people[1:]] == NAMES
