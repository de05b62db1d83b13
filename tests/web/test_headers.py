"""Headers: every answer carries those that keep a browser on our side, whatever its status."""

import re

import pytest

from tests.web.streams import stream
from tests.web.test_origins import routes
from tests.web.visiting import Place, Session, elements_of

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
    "frame-ancestors": "'none'",
}


def is_dressed(answer, path="") -> bool:
    """Does the answer carry every header that it must? From an address that holds a secret goes its origin alone."""
    referrer = "strict-origin" if re.match(r"/(j|f|c|o|s|r|me)/", path) else "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    return (
        policy == POLICY
        and answer.headers["referrer-policy"] == referrer
        and answer.headers["x-content-type-options"] == "nosniff"
        and answer.headers["cross-origin-opener-policy"] == "same-origin"
        and answer.headers["cross-origin-resource-policy"] == "same-origin"
        and "camera=()" in answer.headers["permissions-policy"]
        and "server" not in answer.headers
    )


async def test_every_address_is_dressed_whatever_it_answers(session: Session):
    seen = set()
    for method in ("GET", "POST"):
        for path in routes(session.place, method):
            for real in {path, path.replace("aaaaaaaa", session.id)} - {f"/b/{session.id}/live"}:
                answer = await session.facilitator.http.request(method, real)
                assert is_dressed(answer, real), (method, real, answer.status_code)
                seen.add(answer.status_code)
    assert {200, 303, 404, 422} <= seen


async def test_a_stream_that_does_not_end_is_dressed_too(session: Session):
    async with stream(session.facilitator, session.id) as heard:
        assert heard.status == 200 and is_dressed(heard)


async def test_refusals_and_faults_are_dressed_too(session: Session):
    visitor = session.place.visitor()
    answers = [
        await visitor.post("/boards", headers={"Origin": "http://elsewhere.example"}),
        await visitor.post("/boards", content=b"x" * 200_000),
        await visitor.get("/nowhere"),
        await visitor.http.request("DELETE", "/boards"),
        await visitor.get(f"/static/{session.place.house.version}/js/board.js"),
        await visitor.get(f"/static/{session.place.house.version}/css/flipchart.css"),
        await visitor.get("/openapi.json"),
    ]
    assert [answer.status_code for answer in answers] == [403, 413, 404, 405, 200, 200, 200]
    assert all(map(is_dressed, answers))


async def test_over_https_browsers_are_told_to_stay_there(place: Place):
    assert "strict-transport-security" in (await place.visitor(scheme="https").get("/")).headers
    assert "strict-transport-security" not in (await place.visitor().get("/")).headers


async def test_pages_are_kept_by_nobody(session: Session):
    visitor = await session.participant()
    own = [f"/b/{session.id}{rest}" for rest in ("", "/results", "/export.csv")]
    doors = [session.link("join"), session.link("facilitator"), "/", "/nowhere", "/join?code=ZZZZZZ"]
    for path in [*own, *doors, f"/api/boards/{session.id}"]:
        answer = await visitor.get(path)
        assert answer.headers["cache-control"] == "no-store", path


async def test_static_files_are_kept_for_ever_under_a_name_that_changes_with_them(place: Place):
    page = (await place.visitor().get("/")).text
    sheet = next(each.attributes["href"] for each in elements_of(page) if each.attributes.get("rel") == "stylesheet")
    answer = await place.visitor().get(str(sheet))
    assert "immutable" in answer.headers["cache-control"]


OUTSIDE = [
    "../app/main.py",
    "{v}/../../app/main.py",
    "{v}/%2e%2e/words.py",
    "{v}/..%2f..%2fapp/main.py",
    "{v}//etc/passwd",
]


@pytest.mark.parametrize("path", OUTSIDE)
async def test_only_static_files_are_served_as_files(place: Place, path):
    answer = await place.visitor().get("/static/" + path.format(v=place.house.version))
    assert answer.status_code == 404
    assert "import" not in answer.text


async def test_pages_hold_no_script_and_no_style_of_their_own(session: Session):
    participant, screen = await session.participant(), await session.seated("screen")
    pages = [
        await session.place.visitor().get("/"),
        await session.place.visitor().get(session.link("join")),
        await session.place.visitor().get(session.link("facilitator")),
        await session.facilitator.get(f"/b/{session.id}"),
        await session.facilitator.get(f"/b/{session.id}/people"),
        await session.facilitator.get(f"/b/{session.id}/log"),
        await participant.get(f"/b/{session.id}"),
        await participant.get(f"/b/{session.id}/results"),
        await screen.get(f"/b/{session.id}/screen"),
    ]
    for page in pages:
        assert page.status_code == 200
        for element in elements_of(page.text):
            assert element.tag != "style"
            assert element.tag != "script" or str(element.attributes.get("src", "")).startswith("/static/")
            assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
