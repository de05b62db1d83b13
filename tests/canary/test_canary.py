"""Moderation means what it says: the words of each note reach whoever may read them, and nobody else by any way."""

import json
import re
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.board import audience
from tests.canary.aftermath import AFTERMATH
from tests.canary.hour import STATES, Evidence, an_hour
from tests.canary.words import canary, name_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOSTS = {"facilitator"}
ROOM = {"facilitator", "as participant", "author", "masked", "participant", "observer"}
# Written by hand, from what the product promises: on the board itself (its page, frames, resume, API).
READS = {
    "shown": ROOM | {"screen"},
    "anonymous": ROOM | {"screen"},
    "unpublished": ROOM,
    "silent": HOSTS | {"author"},
    "waiting": HOSTS | {"author"},
    "returned": HOSTS | {"author"},
    "reason": HOSTS | {"author"},
    "cue": HOSTS,
    "hidden": HOSTS | {"author"},
    "withdrawn": {"author"},
    "erased": set(),
    "reworded": HOSTS | {"author"},
    "removed": HOSTS | {"author"},
    "taken": HOSTS | {"author"},
    "silenced": HOSTS | {"author"},
    "comment": ROOM,
    "unsigned-comment": ROOM,
    "hidden-comment": HOSTS,
    "deleted-comment": set(),
    "comment-on-unpublished": ROOM,
    "comment-on-taken": HOSTS,
    "comment-on-silenced": HOSTS,
    "translation": ROOM | {"screen"},
    "translation-of-unpublished": ROOM,
    "translation-of-taken": HOSTS,
    "merged": ROOM | {"screen"},
    "source": ROOM | {"screen"},
    "unpublished-merged": ROOM,
    "unpublished-source": ROOM,
    "hidden-merged": HOSTS,
    "hidden-source": HOSTS | {"author"},
    "theme": ROOM | {"screen"},
    "deleted-theme": set(),
    "headline": ROOM | {"screen"},
    "version": ROOM | {"screen"},
    "withdrawn-headline": ROOM,
    "hidden-headline": HOSTS,
    "action": ROOM | {"screen"},
    "removed-action": set(),
    "answer": HOSTS | {"participant"},
}
# On the results page, in exports: whoever has a seat gets the same.
SEATED = {"facilitator", "author", "masked", "participant", "observer"}
PUBLISHED = {
    "results": {"shown", "anonymous", "unpublished"},
    "export": {"shown", "anonymous", "comment", "unsigned-comment", "translation"},
}
# Whatever came of it in public, by the link to the results: whoever has that link gets the same.
MESSAGE = {"headline", "version"}
IN_PUBLIC = PUBLISHED["export"] | MESSAGE | {"merged", "source", "theme", "action"}
IN_THE_ROOM = {"shown", "anonymous", "unpublished", "merged", "source", "unpublished-merged", "unpublished-source"}
# What else may be asked for with a seat, by what stands there; one's own ideas beside what everybody reads.
WITH_A_SEAT = {
    "results": IN_THE_ROOM | MESSAGE | {"theme", "action"},
    "export": IN_PUBLIC,
    "replay": IN_THE_ROOM | MESSAGE | {"theme"},
    "billboards": MESSAGE | {"withdrawn-headline"},
    "toolkit": MESSAGE,
    "roadmap": {"action"},
    "owners": set(),
}
# What facilitators read beside the board: what they did themselves, and what was answered in writing.
FOR_HOSTS = {("log", "theme"), ("log", "deleted-theme"), ("results", "answer")}
# What stands on the page of everybody who may read it, and comes to them when they resume: not only may it, it must.
STANDS = {
    "shown": READS["shown"],
    "anonymous": READS["anonymous"],
    "unpublished": READS["unpublished"],
    "silent": READS["silent"],
    "waiting": READS["waiting"],
    "returned": READS["returned"],
    "hidden": READS["hidden"],
    "withdrawn": READS["withdrawn"],
    "cue": READS["cue"],
    "taken": READS["taken"],
    "comment": READS["comment"],
    "unsigned-comment": READS["unsigned-comment"],
    "hidden-comment": READS["hidden-comment"],
    "comment-on-unpublished": READS["comment-on-unpublished"],
    "comment-on-taken": READS["comment-on-taken"],
    "comment-on-silenced": READS["comment-on-silenced"],
    "translation": READS["translation"],
    "translation-of-unpublished": READS["translation-of-unpublished"],
}
# Everybody read it before it was hidden, deleted or silenced; of comments a screen tells only how many there are.
WAS_OUT = {"taken", "silenced", "translation-of-taken", "hidden-merged", "hidden-source", "deleted-theme"}
WAS_OUT |= {"withdrawn-headline", "hidden-headline", "removed-action"}
WAS_SAID = {"hidden-comment", "deleted-comment", "comment-on-taken", "comment-on-silenced"}
# Taken back while they waited: a frame told so quickly that it went out before that may have brought them.
WAITED = {"withdrawn", "erased"}
BOARD = {"page", "frames", "resume", "api", "refusals"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Evidence]:
    async with an_hour(tmp_path_factory.mktemp("hour")) as evidence:
        yield evidence


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def blanked(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Evidence]:
    async with an_hour(tmp_path_factory.mktemp("blanked"), blank=True) as evidence:
        yield evidence


def leaks(hour: Evidence, state: str) -> set[tuple[str, str]]:
    """Where the words stand and may not: (audience, channel)."""
    return {(who, channel) for who, channel in hour.channels(canary(state)) if not may(state, who, channel)}


def may(state: str, who: str, channel: str) -> bool:
    if channel == "frames" and state in WAS_OUT | WAS_SAID:
        return who in ROOM | (set() if state in WAS_SAID else {"screen"})
    if channel == "public":
        return state in IN_PUBLIC
    if (channel, state) in FOR_HOSTS:
        return who in HOSTS
    if channel == "billboards" and who == "screen":
        return state in MESSAGE
    if channel == "billboards" and who in HOSTS and state == "hidden-headline":
        return True
    if channel in WITH_A_SEAT:
        return who in SEATED and state in WITH_A_SEAT[channel]
    if channel == "survey":
        return who in HOSTS and state == "answer"
    if channel in ("alike", "ideas"):
        return who in SEATED and who in READS[state]
    if channel == "frames" and state in WAITED:
        return who in READS["waiting"]
    if state == "cue" and channel == "agenda":
        return who in HOSTS
    return channel in BOARD and who in READS[state]


NOTES = [*(state for state in STATES if state != "blanked"), *AFTERMATH]


@pytest.mark.parametrize("state", NOTES)
async def test_the_words_of_a_note_reach_nobody_who_may_not_read_them(hour, state):
    assert leaks(hour, state) == set()


@pytest.mark.parametrize("state", STANDS)
@pytest.mark.parametrize("channel", ["page", "resume"])
async def test_the_words_of_a_note_reach_everybody_who_may_read_them(hour, state, channel):
    reached = {who for who, by in hour.channels(canary(state)) if by == channel}
    assert reached == STANDS[state] - ({"as participant"} if channel == "resume" else set())


@pytest.mark.parametrize("state", ["shown", "anonymous", "unpublished", "comment", "unsigned-comment", "translation"])
async def test_frames_bring_what_is_written_to_everybody_who_may_read_it(hour, state):
    reached = {who for who, by in hour.channels(canary(state)) if by == "frames"}
    assert reached == READS[state] - {"as participant"}


@pytest.mark.parametrize(("channel", "states"), PUBLISHED.items())
async def test_what_is_published_is_published(hour, channel, states):
    for state in states:
        assert {who for who, by in hour.channels(canary(state)) if by == channel} == SEATED


@pytest.mark.parametrize(
    ("channel", "states"),
    {
        "public": {"shown", "anonymous", "headline", "version", "action", "merged", "source", "theme"},
        "replay": {"shown", "unpublished", "headline", "theme", "merged"},
        "toolkit": MESSAGE,
        "billboards": MESSAGE,
        "roadmap": {"action"},
    }.items(),
)
async def test_what_came_of_it_reaches_everybody_with_a_seat(hour, channel, states):
    for state in states:
        assert {who for who, by in hour.channels(canary(state)) if by == channel} >= SEATED, state


async def test_a_survey_is_read_by_facilitators_and_by_nobody_with_a_name_beside_it(hour):
    assert hour.channels(canary("answer")) >= {("facilitator", "survey"), ("participant", "page")}
    for text in hour.received["facilitator", "survey"]:
        assert not re.search(rf"{canary('answer')}.{{0,200}}xqzname-", text, re.DOTALL)


async def test_nobody_outside_the_room_and_no_screen_reads_a_name_of_a_named_vote(hour):
    name = name_of("participant")
    assert ("author", "results") in hour.channels(name)
    assert {who for who, channel in hour.channels(name) if channel == "public" or who == "screen"} == set()


async def test_a_removed_person_a_waiting_one_and_a_stranger_read_nothing(hour):
    for state in NOTES:
        readers = {who for who, channel in hour.channels(canary(state)) if channel != "public"}
        assert readers & {"removed", "waiting", "stranger"} == set()


async def test_nobody_but_facilitators_and_oneself_reads_a_name(hour):
    for person in ("author", "masked", "participant", "removed", "waiting"):
        readers = {who for who, _ in hour.channels(name_of(person))}
        # Somebody voted by name.
        assert readers <= (ROOM if person == "participant" else {"facilitator", person})
        assert "facilitator" in readers


async def test_who_wrote_an_anonymous_note_or_comment_stands_beside_it_nowhere(hour):
    author, written = hour.persons["masked"], (hour.notes["anonymous"], hour.comments["unsigned-comment"])
    for each in written:
        pieces = [piece for texts in hour.received.values() for text in texts for piece in pieces_of(text, each)]
        assert len(pieces) > 20
        assert [piece for piece in pieces if author in piece or name_of("masked") in piece] == []


async def test_when_an_unsigned_comment_was_made_stands_beside_it_nowhere(hour):
    comment = hour.comments["unsigned-comment"]
    pieces = [piece for texts in hour.received.values() for text in texts for piece in pieces_of(text, comment)]
    assert [piece for piece in pieces if "<time" in piece or '"at"' in piece] == []
    signed = [piece for text in hour.received["author", "page"] for piece in pieces_of(text, hour.comments["comment"])]
    assert any("<time" in piece for piece in signed)


async def test_the_id_of_somebody_who_signs_nothing_is_told_to_nobody_but_facilitators(hour):
    for person in ("masked", "participant"):
        told = {who for who, _ in hour.channels(hour.persons[person])}
        assert told <= {"facilitator", "facilitator after the mute", person}


async def test_muting_an_unnamed_author_leaves_no_trace_that_names_them(hour):
    author = hour.persons["masked"]
    assert hour.text("facilitator", "before the mute") == hour.text("facilitator", "after the mute")
    frames = [json.loads(text) for text in hour.received["facilitator after the mute", "frames"]]
    told = [frame["content"] for frame in frames if "content" in frame]
    assert told
    assert [content for content in told if author in content] == []


async def test_the_log_of_the_server_holds_no_words_names_or_ids(hour):
    assert hour.logged
    for state in STATES:
        assert canary(state) not in hour.logged
    for person, id_ in hour.persons.items():
        assert name_of(person) not in hour.logged
        assert not id_ or id_ not in hour.logged


async def test_a_blank_board_shows_its_words_to_facilitators_alone(blanked):
    readers = blanked.channels(canary("blanked"))
    assert {who for who, _ in readers} <= {"facilitator", "author"}
    assert {("facilitator", "page"), ("facilitator", "frames"), ("facilitator", "resume")} <= readers


def pieces_of(text: str, note: str) -> list[str]:
    """Every article that shows the note (or the comment), and every object of JSON that describes it."""
    plain = text.replace('\\"', '"')
    articles = re.findall(rf"<article[^>]*?{note}.*?</article>", plain, re.DOTALL)
    articles += re.findall(rf'<div class="note"[^>]*?{note}.*?</footer>', plain, re.DOTALL)
    articles += re.findall(rf'<li class="comment"[^>]*?{note}.*?</li>', plain, re.DOTALL)
    labels = re.findall(rf"<label[^>]*?{note}.*?</label>", plain, re.DOTALL)
    objects = re.findall(r"\{[^{}]*\{?[^{}]*\}", plain)
    # A frame is an object too, of markup: that is judged above.
    return articles + labels + [each for each in objects if f'"{note}"' in each and "<hx-partial" not in each]


# The control: were the one function that everything rests on to say yes to everybody, these tests would fail.


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def careless(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Evidence]:
    guard = audience.may_see
    patched = [module for module in list(sys.modules.values()) if getattr(module, "may_see", None) is guard]
    for module in patched:
        module.may_see = yes  # type: ignore[attr-defined]
    try:
        async with an_hour(tmp_path_factory.mktemp("careless"), whole=False) as evidence:
            yield evidence
    finally:
        for module in patched:
            module.may_see = guard  # type: ignore[attr-defined]


def yes(*_: object) -> bool:
    """To everything."""
    return True


async def test_a_guard_that_always_says_yes_is_caught(careless):
    caught = {(state, *leak) for state in STATES for leak in leaks(careless, state)}
    assert {state for state, _, _ in caught} >= {"hidden", "unpublished", "erased"}
    assert {channel for _, _, channel in caught} >= {"page", "frames", "resume", "api", "export"}
