"""The results for whoever has their link: only while they are published, and never what is not for publication."""

import re

from tests.web.visiting import Session, path_of

LINK = re.compile(r'href="([^"]*/r/[A-Za-z0-9_-]+)"')


async def _published(session: Session) -> str:
    """The link as facilitators find it on the page of results, once they have published them."""
    await session.runs("results.publish", on=True)
    page = (await session.facilitator.get(f"/b/{session.id}/results")).text
    return path_of(LINK.findall(page)[0])


async def test_X4_the_results_are_nobodys_until_facilitators_publish_them(session):
    visitor = session.place.visitor()
    links, generation = session.place.house.links, 1
    unpublished = links.path(session.id, "results", generation)
    assert (await visitor.get(unpublished)).status_code == 404
    link = await _published(session)
    assert link == unpublished
    shown = await visitor.get(link)
    assert shown.status_code == 200
    assert "no-store" in shown.headers["cache-control"]
    assert 'name="robots" content="noindex"' in shown.text
    await session.runs("results.publish", on=False)
    assert (await visitor.get(link)).status_code == 404


async def test_X4_participants_neither_publish_nor_learn_the_link(session):
    link = await _published(session)
    participant = await session.participant()
    assert link not in (await participant.get(f"/b/{session.id}/results")).text
    refused = await participant.asks(session.id, "results.publish", on=True)
    assert (refused.status_code, refused.json()["refused"]) == (422, "only-facilitators")


async def test_X5_a_new_link_closes_the_old_one(session):
    first = await _published(session)
    await session.runs("door.rotate", role="results")
    second = await _published(session)
    assert first != second
    visitor = session.place.visitor()
    assert [(await visitor.get(link)).status_code for link in (first, second)] == [404, 200]


async def test_X6_in_public_stands_what_may_be_published(session):
    participant = await session.participant(place="Dakar")
    await session.in_a_writing_step()
    await session.note(participant, "Nos rues ensemble")
    await session.note(participant, "Entre nous", attribution="unpublished")
    await session.note(participant, "Personne ne signe", attribution="anonymous")
    hidden = await session.note(participant, "Bien caché")
    await session.runs("note.hide", note=hidden)
    link = await _published(session)
    visitor = session.place.visitor()
    for path in (link, f"{link}/export.md", f"{link}/export.csv", f"{link}/export.json"):
        told = await visitor.get(path)
        assert told.status_code == 200, path
        assert "Nos rues ensemble" in told.text
        assert "Personne ne signe" in told.text
        assert "Entre nous" not in told.text
        assert "Bien caché" not in told.text
        assert "Quay office" not in told.text


async def test_what_is_published_holds_no_way_in(session):
    """No link of the board, no code, and nothing that can be asked for without a seat."""
    link = await _published(session)
    page = (await session.place.visitor().get(link)).text
    assert not re.search(r"/[jfcos]/[a-z0-9]{8}[A-Za-z0-9_-]{22}", page)
    assert f"/b/{session.id}/commands" not in page
    assert f"/b/{session.id}" not in page


async def test_a_link_that_is_nearly_right_opens_nothing(session):
    link = await _published(session)
    visitor = session.place.visitor()
    for wrong in (link[:-1] + ("A" if link[-1] != "A" else "B"), "/r/x", "/r/" + "a" * 30, link + "x"):
        assert (await visitor.get(wrong)).status_code == 404
    assert (await visitor.get(f"{link}/export.exe")).status_code == 404


async def test_a_blank_board_is_blank_in_public_too(session):
    participant = await session.participant()
    await session.in_a_writing_step()
    await session.note(participant, "Nos rues ensemble")
    link = await _published(session)
    await session.runs("board.blank", on=True)
    assert "Nos rues ensemble" not in (await session.place.visitor().get(link)).text


async def test_X6_in_public_a_headline_hangs_on_billboards_and_a_hidden_one_does_not(session):
    made = await session.runs("headline.add", text="Rue par rue", language="fr")
    headline = made["made"]["headline"]
    await session.runs("headline.choose", candidate=f"headline:{headline}")
    link = await _published(session)
    visitor = session.place.visitor()
    assert f"{link}/billboards/{headline}.svg" in (await visitor.get(link)).text
    sheet = f"{link}/billboards/{headline}.svg"
    assert (await visitor.get(sheet)).headers["content-type"] == "image/svg+xml"
    assert (await visitor.get(f"{link}/billboards/draft.svg", params={"words": "anything"})).status_code == 404
    assert (await visitor.get(sheet, params={"place": "Whatever one likes"})).status_code == 404
    await session.runs("headline.hide", headline=headline, on=True)
    assert (await visitor.get(sheet)).status_code == 404
    await session.runs("headline.hide", headline=headline, on=False)
    await session.runs("results.publish", on=False)
    assert (await visitor.get(sheet)).status_code == 404
