"""Other sites: what would change something is refused before it is read, a socket before it is accepted."""

import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from tests.web.visiting import HERE, Place, Session, refusal_of, running

ELSEWHERE = [
    "null", "https://elsewhere.example", "http://elsewhere.example", "http://flipchart.test.elsewhere.example",
    "http://elsewhereflipchart.test", "http://sub.flipchart.test", "http://flipchart.test:8080", "http://flipchart.test:80",
    "https://flipchart.test", "ws://flipchart.test", "HTTP://FLIPCHART.TEST", "http://FLIPCHART.test",
    "http://flipchart.test/", "http://flipchart.test.", "http://flipchart.test@elsewhere.example", "//flipchart.test",
    "http://elsewhere.example#flipchart.test", "flipchart.test", "http://flipchart.test, http://elsewhere.example",
    "http://[::1]", "file://", "", "http://flipchart.test\\.elsewhere.example", "chrome-extension://flipchart.test",
]  # fmt: skip


@pytest.mark.parametrize("origin", ELSEWHERE)
async def test_nothing_is_changed_from_another_site(session: Session, origin):
    before = (await session.facilitator.board(session.id))["seq"]
    sent = {"do": "board.lock", "id": "an-asking-of-theirs", "on": True}
    answer = await session.facilitator.post(f"/b/{session.id}/commands", json=sent, headers={"Origin": origin})
    assert refusal_of(answer) == (403, "wrong-origin")
    assert (await session.facilitator.board(session.id))["seq"] == before


@pytest.mark.parametrize("origin", ELSEWHERE)
async def test_a_socket_from_another_site_is_refused_before_it_is_accepted(session: Session, origin):
    # The plug leaves out empty headers; a browser never sends an empty Origin.
    async with session.facilitator.follows(session.id, origin=origin or "null") as socket:
        assert (socket.accepted, socket.code) == (False, 1008)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "CROSS-SITE", "none, cross-site"])
async def test_what_the_browser_says_of_the_site_counts_even_where_the_origin_is_ours(session: Session, site):
    headers = {"Origin": HERE, "Sec-Fetch-Site": site}
    answer = await session.facilitator.post(f"/b/{session.id}/commands", json={}, headers=headers)
    assert refusal_of(answer) == (403, "wrong-origin")
    async with session.facilitator.follows(session.id, sec_fetch_site=site or "cross-site") as socket:
        assert not socket.accepted


@pytest.mark.parametrize("headers", [{}, {"Origin": HERE}, {"Sec-Fetch-Site": "same-origin", "Origin": HERE}])
async def test_our_own_pages_and_programs_are_let_through(session: Session, headers):
    sent = {"do": "board.lock", "id": "an-asking-of-ours", "on": True}
    answer = await session.facilitator.post(f"/b/{session.id}/commands", json=sent, headers=headers)
    assert answer.status_code == 200


async def test_the_address_that_the_operator_names_is_ours_behind_any_proxy(tmp_path: Path, blank: Path):
    async with running(tmp_path, blank=blank, public_url="https://board.example") as place:
        session = await place.board()
        headers = {"Origin": "https://board.example"}
        sent = {"do": "board.lock", "id": "an-asking-of-ours", "on": True}
        answer = await session.facilitator.post(f"/b/{session.id}/commands", json=sent, headers=headers)
        assert answer.status_code == 200
        assert session.made["join_url"].startswith("https://board.example/j/")
        async with session.facilitator.follows(session.id, origin="https://board.example") as socket:
            assert socket.accepted


def routes(place: Place, method: str) -> list[str]:
    """Every address that takes this method, its parameters filled with what could be there."""
    found = [route.path for route in every_route(place.app) if method in route.methods]
    return [re.sub(r"\{form\}", "csv", re.sub(r"\{(board|token|named)\}", "aaaaaaaa", path)) for path in found]


def every_route(app) -> list[APIRoute]:
    """The routes of the application, those of its parts too."""
    found = []
    for route in app.routes:
        inner = getattr(getattr(route, "original_router", None), "routes", [])
        found += [each for each in (route, *inner) if isinstance(each, APIRoute)]
    return found


async def test_every_address_that_changes_something_refuses_other_sites(place: Place):
    posts = routes(place, "POST")
    assert {"/boards", "/language", "/j/aaaaaaaa", "/b/aaaaaaaa/commands", "/b/aaaaaaaa/leave"} <= set(posts)
    for path in posts:
        answer = await place.visitor().post(path, headers={"Origin": "http://elsewhere.example"})
        assert answer.status_code == 403, path
        assert "set-cookie" not in answer.headers


async def test_no_address_changes_anything_when_it_is_only_read(session: Session):
    links = [session.link(role) for role in ("join", "facilitator", "cohost", "observer", "screen")]
    own = [f"/b/{session.id}{rest}" for rest in ("", "/screen", "/people", "/log", "/results", "/export.csv", "/leave")]
    paths = [*routes(session.place, "GET"), *links, *own, f"/b/{session.id}/commands?do=board.lock&id=aaaaaaaa&on=true"]
    before = (await session.facilitator.board(session.id))["seq"]
    for path in paths:
        for who in (session.place.visitor(), session.facilitator):
            answer = await who.get(path)
            assert answer.status_code < 500, path
            assert "set-cookie" not in answer.headers, path
    assert (await session.facilitator.board(session.id))["seq"] == before
    assert (await session.facilitator.board(session.id))["me"]["role"] == "facilitator"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"])
async def test_no_other_method_does_anything(session: Session, method):
    for path in (f"/b/{session.id}/commands", f"/b/{session.id}", session.link("facilitator"), "/boards"):
        answer = await session.facilitator.http.request(method, path)
        assert answer.status_code in (404, 405), path
