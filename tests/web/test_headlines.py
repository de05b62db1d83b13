"""Headlines over the wire: as programs read them and as pages hold them, for who may see them."""

from tests.web.visiting import Session


async def _in_a_headline_step(session: Session) -> str:
    made = await session.runs("agenda.add", kind="headline", title={"en": "Draft"}, minutes=5)
    step = str(made["made"]["step"])
    await session.runs("agenda.go", step=step)
    return step


async def test_D2_programs_read_headlines_as_they_are_drawn(session: Session):
    lyon = await session.participant()
    await session.in_a_writing_step()
    note, other = await session.note(lyon, "Trees"), await session.note(lyon, "Shade")
    await _in_a_headline_step(session)
    asked = {"from": [f"note:{note}", f"note:{other}"], "text": "Street by street", "language": "en"}
    made = await lyon.asks(session.id, "headline.add", **asked)
    await session.runs("note.hide", note=other)
    (seen,) = (await lyon.board(session.id))["headlines"]
    assert set(seen) == {"id", "state", "place", "country", "from", "versions", "seq"}
    assert (seen["id"], seen["state"], seen["from"]) == (made.json()["made"]["headline"], "shown", [f"note:{note}"])
    assert [(each["language"], each["text"]) for each in seen["versions"]] == [("en", "Street by street")]
    await session.runs("headline.hide", headline=seen["id"])
    assert (await lyon.board(session.id))["headlines"] == []
    assert "Street by street" not in (await lyon.get(f"/b/{session.id}")).text
