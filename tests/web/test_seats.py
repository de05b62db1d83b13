"""Seats: the links with one button behind them, and the cookie by which a device is known again."""

import re

import pytest
from starlette.requests import Request
from starlette.responses import Response

from tests.web.visiting import Place, Session, Visitor, elements_of, refusal_of
from web.seats import KEPT, Seat, Seats

ROLES = ("facilitator", "cohost", "observer")


@pytest.mark.parametrize("role", [*ROLES, "screen"])
async def test_a_link_shows_one_button_and_takes_no_seat(session: Session, role):
    visitor = session.place.visitor()
    before = len((await session.facilitator.board(session.id))["people"])
    page = await visitor.get(session.link(role))
    forms = [each for each in elements_of(page.text) if each.tag == "form" and each.attributes["action"] != "/language"]
    assert page.status_code == 200
    assert [(form.attributes["action"], form.attributes["method"]) for form in forms] == [(session.link(role), "post")]
    assert not visitor.http.cookies
    assert len((await session.facilitator.board(session.id))["people"]) == before


@pytest.mark.parametrize("role", ROLES)
async def test_the_button_takes_the_seat_and_leads_to_the_clean_address(session: Session, role):
    visitor = session.place.visitor()
    answer = await visitor.takes(session.link(role))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/b/{session.id}")
    assert (await visitor.board(session.id))["me"]["role"] == role


async def test_the_screens_button_leads_to_the_screen(session: Session):
    answer = await session.place.visitor().takes(session.link("screen"))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/b/{session.id}/screen")


async def test_the_seat_can_be_taken_by_a_program_without_a_body(session: Session):
    visitor = session.place.visitor()
    assert (await visitor.post(session.link("observer"))).status_code == 303
    assert (await visitor.board(session.id))["me"]["role"] == "observer"


@pytest.mark.parametrize("sent", ["form", "json"])
async def test_a_name_can_be_given_with_the_seat(session: Session, sent):
    visitor = session.place.visitor()
    fields = {"name": "Second host", "place": "Dakar"}
    answer = await (visitor.takes(session.link("cohost"), **fields) if sent == "form" else
                    visitor.post(session.link("cohost"), json=fields))  # fmt: skip
    assert answer.status_code == 303
    people = (await visitor.board(session.id))["people"]
    assert ("Second host", "Dakar", "cohost") in [(each["name"], each["place"], each["role"]) for each in people]


async def test_a_stronger_link_makes_the_same_person_stronger_and_keeps_their_place(session: Session):
    city = (await session.place.visitor().get("/places", params={"q": "Lyon"})).json()[0]
    visitor = session.place.visitor()
    await visitor.joins(session.link("join"), "Quay office", "Lyon", place_id=city["id"])
    await visitor.takes(session.link("cohost"))
    people = (await visitor.board(session.id))["people"]
    mine = next(each for each in people if each["id"] == visitor.person)
    assert (mine["name"], mine["role"], mine["place"], mine["country"]) == ("Quay office", "cohost", "Lyon", "FR")


@pytest.mark.parametrize("role", ["observer", "cohost"])
async def test_a_weaker_link_never_replaces_a_stronger_seat(session: Session, role):
    await session.facilitator.takes(session.link(role))
    me = (await session.facilitator.board(session.id))["me"]
    assert (me["person"], me["role"]) == (session.made["person"], "facilitator")


async def test_a_participant_who_opens_the_observers_link_still_writes(session: Session):
    visitor = await session.participant()
    await visitor.takes(session.link("observer"))
    assert (await visitor.board(session.id))["me"]["role"] == "participant"


async def test_the_screens_seat_stands_beside_the_persons(session: Session):
    await session.facilitator.takes(session.link("screen"))
    assert (await session.facilitator.board(session.id))["me"]["role"] == "facilitator"


@pytest.mark.parametrize("role", [*ROLES, "screen"])
async def test_a_rotated_link_is_stale(session: Session, role):
    await session.runs("door.rotate", role=role)
    visitor = session.place.visitor()
    program = {"Accept": "application/json"}
    assert refusal_of(await visitor.post(session.link(role), headers=program)) == (404, "stale-link")
    assert refusal_of(await visitor.get(session.link(role), headers=program)) == (404, "stale-link")
    assert not visitor.http.cookies


async def test_rotating_the_screens_link_closes_the_screens(session: Session):
    screen = await session.seated("screen")
    async with screen.follows(session.id, "screen=1") as socket:
        await session.runs("door.rotate", role="screen")
        assert await socket.ends() == 4401


@pytest.mark.parametrize("role", [*ROLES, "screen"])
async def test_a_link_opens_nothing_under_another_letter(session: Session, role):
    token = session.link(role)[3:]
    for letter in "jfcos":
        if session.link(role)[1] != letter:
            answer = await session.place.visitor().post(f"/{letter}/{token}", json={"name": "x", "place": "y"})
            assert refusal_of(answer) == (404, "stale-link")


def near_misses(token: str) -> list[str]:
    """Tokens that are almost right."""
    other = "A" if token[-1] != "A" else "B"
    return [
        token[:-1], token[:-1] + other, token + "A", token[:8] + other + token[9:], token.upper(), token.lower(),
        token[:8], token[8:], "x" * 8 + token[8:], token.replace(token[3], "0", 1), f"{token}%00", f"%20{token}",
        token[:8] + "A" * 22, token[:8] + "%C3%A9" * 22, token[:8] + "-" * 22, f"..%2f{token}",
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["join", *ROLES, "screen"])
async def test_a_token_that_is_almost_right_opens_nothing(session: Session, role):
    real = session.link(role)[3:]
    visitor = session.place.visitor()
    for token in near_misses(real):
        if token == real:
            continue
        answer = await visitor.post(f"{session.link(role)[:3]}{token}", json={"name": "Quay office", "place": "Lyon"})
        assert answer.status_code == 404, token
        assert "set-cookie" not in answer.headers


def seat_cookie(visitor: Visitor, board: str) -> str:
    """The name of the cookie that holds the seat."""
    return next(cookie.name for cookie in visitor.http.cookies.jar if board in cookie.name)


@pytest.mark.parametrize("role", ["join", *ROLES, "screen"])
async def test_over_http_the_seats_cookie_is_out_of_scripts_reach_and_stays_on_this_site(session: Session, role):
    fields = {"name": "Quay office", "place": "Lyon"}
    answer = await session.place.visitor().form(session.link(role), fields)
    seat = next(line for line in answer.headers.get_list("set-cookie") if session.id in line)
    assert seat.startswith(f"flipchart-{session.id}{'-screen' if role == 'screen' else ''}=")
    assert {part.strip().lower() for part in seat.split(";")[1:]} == {
        "httponly", "samesite=lax", "path=/", "max-age=7776000",
    }  # fmt: skip


@pytest.mark.parametrize("role", ["join", *ROLES, "screen"])
async def test_over_https_the_seats_cookie_is_bound_to_this_host(session: Session, role):
    fields = {"name": "Quay office", "place": "Lyon"}
    answer = await session.place.visitor(scheme="https").form(session.link(role), fields)
    seat = next(line for line in answer.headers.get_list("set-cookie") if session.id in line)
    assert seat.startswith(f"__Host-flipchart-{session.id}")
    assert "domain=" not in seat.lower()
    assert {part.strip().lower() for part in seat.split(";")[1:]} == {
        "httponly", "samesite=lax", "path=/", "max-age=7776000", "secure",
    }  # fmt: skip


async def test_a_seat_of_plain_http_is_none_over_https(session: Session):
    visitor = await session.participant()
    name = seat_cookie(visitor, session.id)
    secure = session.place.visitor(scheme="https")
    secure.http.cookies.set(name, visitor.http.cookies[name])
    assert (await secure.get(f"/api/boards/{session.id}")).status_code == 401


def tampered(value: str) -> list[str]:
    """Cookies that somebody tried to make better."""
    payload, _, signature = value.rpartition(".")
    flipped = payload[:5] + ("A" if payload[5] != "A" else "B") + payload[6:]
    return [
        "", "x", ".", "..", payload, f".{signature}", f"{flipped}.{signature}", f"{payload}.{signature[:-1]}",
        f"{payload}.{signature[::-1]}", f"{payload}.", value + "A", value[1:], "null", "e30.e30", "%00", "é",
        "a" * 4_000, re.sub("[A-Za-z0-9]", "A", value),
    ]  # fmt: skip


async def test_a_cookie_that_was_tampered_with_is_no_seat(session: Session):
    visitor = await session.participant()
    name = seat_cookie(visitor, session.id)
    for value in tampered(visitor.http.cookies[name]):
        stranger = session.place.visitor()
        cookie = {"Cookie": f"{name}={value}".encode()}
        assert (await stranger.get(f"/api/boards/{session.id}", headers=cookie)).status_code == 401, value


async def test_a_cookie_of_another_board_is_no_seat(place: Place):
    one, other = await place.board(), await place.board()
    visitor = await one.participant()
    value = visitor.http.cookies[seat_cookie(visitor, one.id)]
    stranger = place.visitor()
    stranger.http.cookies.set(f"flipchart-{other.id}", value)
    assert (await stranger.get(f"/api/boards/{other.id}")).status_code == 401


async def test_a_screens_cookie_is_no_persons_seat_and_a_persons_none_of_a_screen(session: Session):
    screen, person = await session.seated("screen"), await session.participant()
    stranger = session.place.visitor()
    stranger.http.cookies.set(f"flipchart-{session.id}", screen.http.cookies[f"flipchart-{session.id}-screen"])
    stranger.http.cookies.set(f"flipchart-{session.id}-screen", person.http.cookies[f"flipchart-{session.id}"])
    assert (await stranger.get(f"/api/boards/{session.id}")).status_code == 401
    async with stranger.follows(session.id, "screen=1") as socket:
        assert await socket.ends() == 4401


async def test_a_seat_signed_with_another_key_is_none(session: Session):
    from web.seats import Seats

    forged = Seats(b"another key that is long enough as well", days=1)
    visitor = await session.participant()
    name = seat_cookie(visitor, session.id)
    value = forged._signer.dumps({"board": session.id, "person": session.made["person"], "role": "", "generation": 0})
    stranger = session.place.visitor()
    stranger.http.cookies.set(name, value)
    assert (await stranger.get(f"/api/boards/{session.id}")).status_code == 401


async def test_giving_up_a_seat_on_a_board_whose_name_is_none_is_no_fault(session: Session):
    for name in ("%C3%998%7C%C3%95C%13", "no-such-board", "x" * 300):
        answer = await session.place.visitor().post(f"/b/{name}/leave")
        assert (answer.status_code, "set-cookie" in answer.headers) == (303, False)


def test_a_seat_is_the_same_whether_it_was_given_here_or_is_read():
    asked = Request({"type": "http", "scheme": "http", "path": "/", "headers": [], "server": ("flipchart.test", 80)})
    seats, others = Seats(b"k" * 32, days=1), Seats(b"k" * 32, days=1)
    answer, seat = Response(), Seat(board="abcdefgh", person="p1", role="join")
    seats.give(asked, answer, seat)
    cookie = answer.headers["set-cookie"].partition(";")[0]
    back = Request({**asked.scope, "headers": [(b"cookie", cookie.encode())]})
    assert [each.read(back, "abcdefgh") for each in (seats, seats, others)] == [seat] * 3
    forged = Request({**asked.scope, "headers": [(b"cookie", cookie[:-1].encode())]})
    assert [each.read(forged, "abcdefgh") for each in (seats, others)] == [None] * 2
    for at in range(KEPT + 10):
        seats.give(asked, Response(), Seat(board="abcdefgh", person=str(at)))
    assert len(seats._given) == KEPT
