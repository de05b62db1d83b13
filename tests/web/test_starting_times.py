"""When a session starts: typed as a day, an hour and a zone, refused with a sentence, told at the door."""

import re

import pytest

from tests.web.visiting import Place, refusal_of

# The clock of these tests stands at Monday, 21 September 2026, 14:13:20 in universal time.
FORM = {"title": "Streets", "template": "blank", "language": "en", "name": "Hall of cities"}
PARIS = {"date": "2026-11-26", "time": "17:30", "zone": "Europe/Paris"}
AT = 1_795_710_600.0
SPRING, AUTUMN = "2027-03-28", "2026-10-25"


async def started(place: Place, **fields):
    """A board that a plain form has started with these fields, by its id."""
    visitor = place.visitor()
    answer = await visitor.form("/boards", {**FORM, **fields})
    assert answer.status_code == 303, answer.text
    return visitor, answer.headers["location"].removeprefix("/b/")


async def about(place: Place, board: str):
    room = await place.house.room(board)
    return room.board.about


@pytest.mark.parametrize(
    ("date", "time", "zone", "at"),
    [
        ("2026-11-26", "17:30", "Europe/Paris", AT),
        ("2026-11-26", "22:00", "Asia/Calcutta", AT),
        ("2026-11-26", "11:30", "America/New_York", AT),
        ("2026-11-26", "16:30", "UTC", AT),
        # The hour comes twice in Paris: the first of the two.
        (AUTUMN, "02:30", "Europe/Paris", 1_792_888_200.0),
        ("", "", "Europe/Paris", None),
    ],
)
async def test_a_start_is_typed_as_a_day_an_hour_and_a_zone(place: Place, date, time, zone, at):
    _, board = await started(place, date=date, time=time, zone=zone)
    kept = await about(place, board)
    assert (kept.starts_at, kept.zone) == (at, zone)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"date": "2026-09-20"}, "That time has passed already."),
        ({"date": "2029-11-26"}, "That is more than two years away."),
        ({"zone": "Mars/Olympus"}, "Please choose a time zone from the list."),
        ({"date": SPRING, "time": "02:30"}, "On that day the clocks skip this hour."),
        ({"time": ""}, "Please give the day and the time of the start."),
        ({"date": ""}, "Please give the day and the time of the start."),
        ({"date": "2026-02-30"}, "Please give the day and the time of the start."),
        ({"date": "٢٠٢٦-١١-٢٦"}, "Please give the day and the time of the start."),
    ],
)
async def test_a_start_that_cannot_be_is_refused_beside_its_fields_with_what_was_typed(place: Place, wrong, sentence):
    typed = {**FORM, **PARIS, **wrong}
    answer = await place.visitor().form("/boards", typed)
    assert answer.status_code == 422
    assert re.search(rf'id="start-when-refusal" role="alert">{re.escape(sentence)}', answer.text)
    assert answer.text.count('role="alert"') == 1
    for name in ("title", "date", "time"):
        assert f'name="{name}" value="{typed[name]}"' in answer.text
    assert f'<option value="{typed["zone"]}" dir="auto" selected>' in answer.text
    assert 'aria-describedby="start-when-refusal"' in answer.text


async def test_the_start_is_changed_by_a_form_of_the_board_without_any_script(place: Place):
    visitor, board = await started(place)
    asked = {"do": "board.settings", "id": "settings-one", **PARIS}
    assert (await visitor.sends(board, asked)).status_code == 303
    kept = await about(place, board)
    assert (kept.starts_at, kept.zone) == (AT, "Europe/Paris")
    asked = {"do": "board.settings", "id": "settings-two", "date": "", "time": "", "zone": "Europe/Paris"}
    assert (await visitor.sends(board, asked)).status_code == 303
    assert (await about(place, board)).starts_at is None


async def test_a_refused_change_of_the_start_keeps_what_was_typed(place: Place):
    visitor, board = await started(place, **PARIS)
    wrong = {"do": "board.settings", "id": "settings-one", **PARIS, "date": SPRING, "time": "02:30"}
    answer = await visitor.sends(board, wrong)
    assert answer.status_code == 422
    assert "On that day the clocks skip this hour." in answer.text
    assert f'name="date" value="{SPRING}"' in answer.text
    assert 'name="time" value="02:30"' in answer.text
    assert (await about(place, board)).starts_at == AT


async def test_a_program_sets_the_start_as_a_moment_or_as_iso_8601(place: Place):
    session = await place.board()
    await session.runs("board.settings", starts_at=AT, zone="Europe/Paris")
    assert (await about(place, session.id)).starts_at == AT
    await session.runs("board.settings", starts_at="2026-11-26T17:30", zone="Africa/Dakar")
    assert (await about(place, session.id)).starts_at == AT + 3_600
    await session.runs("board.settings", starts_at=0)
    assert (await about(place, session.id)).starts_at is None
    answer = await session.facilitator.asks(session.id, "board.settings", zone="Mars/Olympus")
    assert refusal_of(answer) == (422, "invalid")


async def door(session, speaks: str = "en") -> str:
    return (await session.place.visitor(speaks=speaks).get(session.link("join"))).text


@pytest.mark.parametrize(
    ("ahead", "left"),
    [
        (4 * 86_400, "Starts in 4 days"),
        (47 * 3_600, "Starts in 47 hours"),
        (59 * 60, "Starts in 59 minutes"),
        (60, "Starts in 1 minute"),
        (0, "We begin in a moment"),
    ],
)
async def test_the_door_says_how_long_it_is_until_the_start(place: Place, ahead, left):
    session = await place.board(starts_at=place.clock.now + ahead, zone="UTC")
    assert left in await door(session)


async def test_the_door_tells_the_start_in_the_zone_of_the_board_and_what_begins_when(place: Place):
    session = await place.board(starts_at=AT, zone="Europe/Paris")
    page = await door(session, "fr")
    assert "jeudi 26 novembre 2026, 17:30" in page
    assert "<bdi>Paris</bdi>" in page
    hours = re.findall(r'<li><time datetime="([^"]+)">(\d\d:\d\d)</time>', page)
    assert hours[:3] == [
        ("2026-11-26T16:30:00Z", "17:30"),
        ("2026-11-26T16:35:00Z", "17:35"),
        ("2026-11-26T16:50:00Z", "17:50"),
    ]
    assert hours[-1][1] == "18:30"


async def test_B19_once_the_session_has_begun_nothing_counts_down(place: Place):
    session = await place.board(starts_at=AT, zone="Europe/Paris")
    lyon = await session.participant()
    assert "data-start=" in (await lyon.get(f"/b/{session.id}")).text
    await session.in_a_writing_step()
    assert "data-start=" not in (await lyon.get(f"/b/{session.id}")).text
    page = await door(session)
    assert "data-start=" not in page
    assert "The session is under way." in page


async def test_before_it_begins_the_door_does_not_say_that_it_has(place: Place):
    page = await door(await place.board())
    assert "The session has not started yet." in page
    assert "under way" not in page
