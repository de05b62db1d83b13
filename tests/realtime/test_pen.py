"""Several people write one version: they converge, the board keeps it, and nothing that was typed is lost."""

import random

import pytest
from pycrdt import create_update_message

from app.board.agenda import AgendaGo
from app.board.asking import Refused
from app.board.ballots import BallotClose, BallotOpen
from app.board.clearing import BoardClear
from app.board.hall import BoardLock
from app.board.headlines import HeadlineHide, HeadlineWithdraw
from app.board.keeping import OutcomeUnknown, StorageFull
from app.board.moderating_people import PersonMute, PersonRemove
from app.board.records import Version
from app.board.stepping import StepSettings
from app.board.undoing import BoardUndo
from app.board.writing import tidy
from app.realtime.pen_company import Writer
from tests.held import passes, settled
from tests.realtime.desks import Desk
from tests.realtime.pages import Page, everything, write_together
from tests.realtime.stage import Stage

KEPT = 1.5


@pytest.fixture
async def desk(stage):
    return await Desk(stage).opens()


# Writing together


async def test_E1_what_one_writes_reaches_the_others_at_once_and_the_board_within_a_moment(desk):
    lyon, dakar = desk.page("lyon"), desk.page("dakar")
    lyon.writes(" 😀")
    lyon.sends()
    dakar.takes_in()
    assert dakar.text == "Une ville qui respire 😀"
    assert desk.kept == "Une ville qui respire"
    await passes(0.31)
    assert (desk.kept, desk.version.by, desk.version.place) == ("Une ville qui respire 😀", "lyon", "Lyon")


@pytest.mark.parametrize("seed", range(12))
async def test_E2_whatever_people_write_at_the_same_time_all_come_to_the_same_words(desk, seed):
    chances = random.Random(seed)
    pages = [desk.page(person) for person in ("lyon", "dakar", "quito", "ada")]
    await write_together(pages, chances, turns=60)
    await everything(pages)
    await passes(KEPT)
    assert len({page.text for page in pages}) == 1
    assert desk.kept == tidy(pages[0].text)
    assert all(page.code is None for page in pages)


async def test_E3_people_who_write_see_each_other_by_name_and_place_and_nobody_says_who_they_are(desk):
    lyon, dakar = desk.page("lyon"), desk.page("dakar")
    lyon.takes_in()
    assert lyon.company[2] == {"user": {"name": "Dakar", "place": "Dakar"}}
    assert (lyon.others, dakar.others) == (["Dakar"], ["Lyon"])
    forged = b'{"user":{"name":"Ada","place":"Hall"}}'
    dakar.says(b"\x01" + bytes((len(forged) + 4,)) + b"\x01\x07\x01" + bytes((len(forged),)) + forged)
    lyon.takes_in()
    assert lyon.others == ["Dakar"]
    dakar.leaves()
    lyon.takes_in()
    assert lyon.others == []


async def test_E3_where_nobody_is_named_not_even_who_speaks_for_no_place_is(desk):
    step = desk.stage.board.now.step
    await desk.stage.does("ada", StepSettings(step=step, anonymous=True))
    lyon, ada = desk.page("lyon"), desk.page("ada")
    lyon.takes_in()
    ada.takes_in()
    told = [state["user"] for page in (lyon, ada) for state in page.company.values() if state and "user" in state]
    assert told == [{"name": "", "place": ""}] * 2


async def test_E3_two_tabs_of_one_person_are_one_person(desk):
    lyon, again, dakar = desk.page("lyon"), desk.page("lyon"), desk.page("dakar")
    lyon.takes_in()
    again.takes_in()
    assert (lyon.others, again.others, dakar.others) == (["Dakar"], ["Dakar"], ["Lyon"])


# What is kept


async def test_E4_a_sitting_is_few_entries_however_many_strokes_it_has(desk):
    lyon = desk.page("lyon")
    for _ in range(100):
        lyon.writes("a")
        lyon.sends()
        await passes(0.05)
    await passes(KEPT)
    assert desk.kept.endswith("a" * 100)
    assert len(desk.entries) <= 7
    assert all(not record.pen for entry in desk.entries for record in entry.after.values())


async def test_E4_one_undo_takes_a_whole_sitting_back_and_strokes_push_no_act_out_of_the_log(desk):
    lyon = desk.page("lyon")
    acts = desk.stage.room.history.acts(99)
    for _ in range(3):
        for _ in range(4):
            lyon.writes("a")
            lyon.sends()
            await passes(1.1)
        desk.stage.clock += 5
    assert len(desk.entries) > 5
    assert desk.stage.room.history.acts(99) == acts
    desk.stage.clock += 100
    lyon.writes("b")
    lyon.sends()
    await passes(KEPT)
    await desk.stage.does("ada", BoardUndo(seq=desk.stage.board.seq))
    assert desk.kept == "Une ville qui respire" + 12 * "a"
    before = desk.entries[1].seq
    with pytest.raises(Refused):
        await desk.stage.does("ada", BoardUndo(seq=before))
    again = desk.page("lyon")
    again.writes("c")
    again.sends()
    await passes(KEPT)
    await desk.stage.does("ada", BoardUndo(seq=desk.stage.board.seq))
    assert desk.kept == "Une ville qui respire" + 12 * "a"


async def test_E4_whoever_wrote_last_is_whose_it_is(desk):
    lyon, dakar = desk.page("lyon"), desk.page("dakar")
    lyon.writes("!")
    lyon.sends()
    dakar.takes_in()
    dakar.writes("?")
    dakar.sends()
    await passes(KEPT)
    assert (desk.kept, desk.version.by) == ("Une ville qui respire!?", "dakar")


async def test_E4_what_the_last_one_wrote_is_kept_when_they_leave(desk):
    lyon = desk.page("lyon")
    lyon.writes("!")
    lyon.sends()
    lyon.leaves()
    await settled()
    assert desk.kept == "Une ville qui respire!"
    assert not desk.stage.room.pens.in_hand


async def test_E5_too_many_words_are_shown_while_writing_and_kept_up_to_a_bound(desk):
    lyon = desk.page("lyon")
    lyon.writes("é" * 300)
    lyon.sends()
    await passes(KEPT)
    assert len(desk.kept) == 321
    lyon.writes("é" * 300)
    lyon.sends()
    await passes(KEPT)
    lyon.takes_in()
    assert (len(desk.kept), lyon.facts["state"], lyon.code) == (321, "too-long", None)
    lyon.writes("", 200, over=300)
    lyon.sends()
    await passes(KEPT)
    lyon.takes_in()
    assert (len(desk.kept), lyon.facts["state"]) == (321, "kept")


async def test_E5_more_than_anybody_could_mean_is_refused_and_nothing_of_it_is_taken(desk):
    lyon, dakar = desk.page("lyon"), desk.page("dakar")
    lyon.writes("x" * 2_001)
    lyon.sends()
    assert lyon.code == 1009
    dakar.takes_in()
    assert dakar.text == "Une ville qui respire"


async def test_E5_no_words_at_all_are_kept_as_a_missing_version(desk):
    lyon = desk.page("lyon")
    lyon.writes("", 0, over=21)
    lyon.sends()
    await passes(KEPT)
    assert desk.kept == ""
    lyon.writes("Autre")
    lyon.sends()
    await passes(KEPT)
    assert desk.kept == "Autre"


async def test_a_version_that_is_missing_is_begun_by_the_pen(desk):
    lyon = desk.page("lyon", language="es")
    lyon.writes("Una ciudad")
    lyon.sends()
    await passes(KEPT)
    assert desk.stage.board.get(Version, f"{desk.headline}.es").text == "Una ciudad"


async def test_a_full_disk_is_told_to_who_writes_and_kept_once_there_is_room(desk):
    lyon = desk.page("lyon")
    desk.stage.keeper.before.append(StorageFull())
    lyon.writes("!")
    lyon.sends()
    await passes(0.4)
    lyon.takes_in()
    assert lyon.facts["state"] == "storage-full"
    await passes(KEPT)
    assert desk.kept == "Une ville qui respire!"


@pytest.mark.parametrize("kept", [True, False], ids=["it was kept", "it was not kept"])
async def test_an_unknown_outcome_ends_with_the_words_there_once(desk, kept):
    lyon, dakar = desk.page("lyon"), desk.page("dakar")
    if kept:
        desk.stage.keeper.loses_the_answer()
    else:
        desk.stage.keeper.before.append(OutcomeUnknown())
    lyon.writes("!")
    lyon.sends()
    await passes(4)
    await everything([lyon, dakar])
    assert (desk.kept, lyon.text, dakar.text) == ("Une ville qui respire!",) * 3
    assert lyon.code is None


# Another document


async def test_E6_a_plain_edit_is_a_new_document_and_what_was_not_kept_yet_is_done_to_it(desk):
    lyon, dakar = desk.page("lyon"), desk.page("dakar")
    first = lyon.facts["generation"]
    lyon.writes(" enfin")
    lyon.sends()
    await desk.edits("quito", "Une ville verte qui respire")
    assert (lyon.code, dakar.code) == (4412, 4412)
    await passes(KEPT)
    assert desk.kept == "Une ville verte qui respire enfin"
    again = desk.page("lyon")
    assert again.text == "Une ville verte qui respire enfin"
    assert again.facts["generation"] != first


async def test_E6_a_page_that_has_another_document_is_told_to_come_for_this_one(desk):
    desk.page("lyon")
    assert Stale(desk).code == 4412


class Stale:
    """A page that comes back with a document that is not there any more."""

    def __init__(self, desk):
        self.code = None
        desk.stage.room.pens.come(desk.headline, "fr", Writer(self, "dakar"), generation="another")

    def tell(self, message):
        raise AssertionError("nothing is told to it")

    def close(self, code, reason=""):
        self.code = code


async def test_E6_undo_and_hiding_begin_a_new_document_that_holds_no_old_words(desk):
    lyon = desk.page("lyon")
    lyon.writes(" secret")
    lyon.sends()
    await passes(KEPT)
    written = desk.stage.board.seq
    assert "secret" in desk.kept
    await desk.stage.does("ada", BoardUndo(seq=written))
    assert (desk.kept, desk.version.pen, lyon.code) == ("Une ville qui respire", "", 4412)
    ada = desk.page("ada")
    assert ada.text == "Une ville qui respire"
    ada.writes(" encore")
    ada.sends()
    await passes(KEPT)
    await desk.stage.does("ada", HeadlineHide(headline=desk.headline))
    assert (desk.version.pen, ada.code) == ("", 4412)


async def test_E6_a_document_that_grew_too_long_begins_anew_and_loses_nothing(desk):
    lyon = desk.page("lyon")
    for turn in range(1500):
        lyon.writes("xyz", 3 + turn % 7)
        lyon.writes("", 3 + turn % 5, over=3)
        lyon.sends()
        lyon.takes_in()
        await passes(0.02)
        if lyon.code is not None:
            break
    assert lyon.code == 4412
    await passes(KEPT)
    assert desk.kept == tidy(lyon.text)
    assert desk.page("dakar").text.strip() == lyon.text.strip()


# A restart, and two processes


async def test_E7_pages_that_come_back_after_a_restart_go_on_and_nothing_is_doubled(desk):
    lyon, dakar = desk.page("lyon"), desk.page("dakar")
    lyon.writes(" 😀")
    lyon.sends()
    dakar.takes_in()
    await passes(KEPT)
    generation = lyon.facts["generation"]
    lyon.writes(" de nouveau")
    lyon.sends()
    dakar.takes_in()
    await desk.stage.closes()
    lyon.writes("!")
    desk.stage.opens()
    lyon, dakar = desk.page("lyon", doc=lyon.doc), desk.page("dakar", doc=dakar.doc)
    await everything([lyon, dakar])
    await passes(KEPT)
    assert desk.kept == lyon.text == dakar.text == "Une ville qui respire 😀 de nouveau!"
    assert lyon.facts["generation"] == generation


async def test_E7_a_closing_room_keeps_what_was_written_and_sends_everybody_away(desk):
    lyon = desk.page("lyon")
    lyon.writes("!")
    lyon.sends()
    await desk.stage.room.pens.stop()
    assert (desk.kept, lyon.code) == ("Une ville qui respire!", 1012)


async def test_E7_two_processes_come_to_the_same_words(desk, keeper):
    other = Stage(keeper)
    other.opens()
    there = Desk(other)
    there.headline = desk.headline
    here, away = desk.page("lyon"), there.page("dakar")
    assert here.facts["generation"] == away.facts["generation"]
    here.writes(" ici")
    here.sends()
    away.writes("Demain, ", 0)
    away.sends()
    await passes(6)
    here.writes("!")
    here.sends()
    await passes(6)
    await everything([here])
    assert desk.kept == here.text == "Demain, Une ville qui respire ici!"
    assert here.code is None
    await other.closes()


# Who may


@pytest.mark.parametrize(
    ("command", "code", "reason"),
    [
        (lambda desk: BoardLock(), 4409, "locked"),
        (lambda desk: PersonMute(person="lyon"), 4409, "muted"),
        (lambda desk: PersonRemove(person="lyon"), 4403, "removed"),
        (lambda desk: HeadlineHide(headline=desk.headline), 4404, "unknown"),
        (lambda desk: HeadlineWithdraw(headline=desk.headline), 4409, "locked"),
        (lambda desk: BoardClear(keep="agenda"), 4409, "not-now"),
        (lambda desk: AgendaGo(step=desk.stage.step), 4409, "not-now"),
    ],
    ids=["lock", "mute", "remove", "hide", "withdraw", "clear", "step"],
)
async def test_E8_the_pen_is_taken_at_once_from_whoever_may_not_write_any_more(desk, command, code, reason):
    lyon = desk.page("lyon")
    await desk.stage.does("ada", command(desk))
    assert (lyon.code, lyon.reason) == (code, reason)
    assert desk.page("lyon").code is not None
    await passes(KEPT)


async def test_E8_a_ballot_that_opens_takes_the_pen_and_nothing_is_written_after_it(desk):
    other = await desk.adds("Une autre")
    lyon = desk.page("lyon")
    lyon.writes("!")
    lyon.sends()
    refs = (f"headline:{desk.headline}", f"headline:{other}")
    ballot = (await desk.stage.does("ada", BallotOpen(title="?", candidates=refs, step=desk.stage.step))).made["ballot"]
    assert (lyon.code, lyon.reason) == (4409, "locked")
    lyon.writes("?")
    lyon.sends()
    await passes(KEPT)
    assert desk.kept == "Une ville qui respire!"
    await desk.stage.does("ada", BallotClose(ballot=ballot))


TAKEN = {
    "lock": lambda desk: BoardLock(),
    "mute": lambda desk: PersonMute(person="lyon"),
    "remove": lambda desk: PersonRemove(person="lyon"),
    "hide": lambda desk: HeadlineHide(headline=desk.headline),
    "withdraw": lambda desk: HeadlineWithdraw(headline=desk.headline),
    "step": lambda desk: AgendaGo(step=desk.stage.step),
}


@pytest.mark.parametrize("take", TAKEN.values(), ids=TAKEN)
@pytest.mark.parametrize("waited", [0, 0.31, 0.7], ids=["just now", "while it was asked", "between two askings"])
async def test_E11_what_was_written_is_kept_before_the_right_to_it_goes(desk, take, waited):
    lyon = desk.page("lyon")
    lyon.writes(" en")
    lyon.sends()
    await passes(waited)
    lyon.writes("fin")
    lyon.sends()
    await desk.stage.does("ada", take(desk))
    assert lyon.code is not None
    assert (desk.kept, desk.version.by) == ("Une ville qui respire enfin", "lyon")
    await passes(KEPT)
    assert desk.kept == "Une ville qui respire enfin"
    assert not desk.stage.room.pens.in_hand


async def test_E11_an_act_that_takes_no_right_asks_for_nothing_and_whoever_goes_on_does(desk):
    lyon, ada = desk.page("lyon"), desk.page("ada")
    lyon.writes(" enfin")
    lyon.sends()
    await desk.adds("Une autre")
    assert (desk.kept, desk.entries) == ("Une ville qui respire", [])
    await desk.stage.does("ada", BoardLock())
    assert (desk.kept, ada.code) == ("Une ville qui respire enfin", None)
    ada.takes_in()
    ada.writes("!")
    ada.sends()
    await passes(KEPT)
    assert (desk.kept, desk.version.by, len(desk.entries)) == ("Une ville qui respire enfin!", "ada", 2)


async def test_E11_what_is_far_too_long_stops_no_act_and_is_not_kept(desk):
    lyon = desk.page("lyon")
    lyon.writes("x" * 600)
    lyon.sends()
    await desk.stage.does("ada", BoardLock())
    assert (desk.kept, lyon.code) == ("Une ville qui respire", 4409)


@pytest.mark.parametrize("person", ["nobody", ""])
async def test_E8_nobody_writes_without_a_seat(desk, person):
    assert desk.page(person).code == 4401


@pytest.mark.parametrize(("headline", "language"), [("none", "fr"), (None, "../x"), (None, ""), (None, "f" * 500)])
async def test_E8_there_is_no_pen_for_what_is_not_there(desk, headline, language):
    page = Page(desk.stage.room, "lyon", headline or desk.headline, language)
    assert page.code == 4404


async def test_E9_one_person_has_few_pages_and_a_version_few_writers(desk):
    pages = [desk.page("lyon") for _ in range(5)]
    assert [page.code for page in pages] == [None, None, None, None, 4429]


# What is no message of the protocol


def changed(update, at, to):
    return update[:at] + bytes((to,)) + update[at + 1 :]


async def test_E10_hostile_messages_end_the_line_and_change_nothing(desk):
    neighbour = desk.page("dakar")
    before = neighbour.text
    for name, message in HOSTILE.items():
        page = desk.page("lyon")
        page.says(message)
        assert page.code in (4400, 1009), name
    neighbour.takes_in()
    neighbour.writes("!")
    neighbour.sends()
    await passes(KEPT)
    assert desk.kept == before + "!"
    assert neighbour.code is None


def update(*parts):
    return create_update_message(b"".join(parts))


ROOT = b"\x01\x04text"
HOSTILE = {
    "nothing of the protocol": b"\xff\xff\xff",
    "a type that is none": b"\x07\x00\x00",
    "a step that is none": b"\x00\x09\x00",
    "a number without an end": b"\x00\x02" + b"\xff" * 40,
    "a size beyond the message": b"\x00\x02\xff\xff\xff\x7f",
    "an empty update": update(b""),
    "a million writers": update(b"\xc0\x84\x3d"),
    "a thousand million structs": update(b"\x01", b"\x80\x94\xeb\xdc\x03", b"\x05\x00"),
    "another root": update(b"\x01\x01\x05\x00\x04\x01\x04evil\x01x\x00"),
    "a map under the text": update(b"\x01\x01\x05\x00\x24", ROOT, b"\x01k\x01x\x00"),
    "an embed": update(b"\x01\x01\x05\x00\x05", ROOT, b"\x02{}\x00"),
    "a format": update(b"\x01\x01\x05\x00\x06", ROOT, b"\x01b\x04true\x00"),
    "a type in the text": update(b"\x01\x01\x05\x00\x07", ROOT, b"\x01\x00"),
    "any value": update(b"\x01\x01\x05\x00\x08", ROOT, b"\x01\x7f\x00"),
    "a document in the text": update(b"\x01\x01\x05\x00\x09", ROOT, b"\x01g\x76\x00\x00"),
    "binary": update(b"\x01\x01\x05\x00\x03", ROOT, b"\x02ab\x00"),
    "a gap": update(b"\x01\x01\x05\x09\x04", ROOT, b"\x01x\x00"),
    "an origin that nobody knows": update(b"\x01\x01\x05\x00\x84\x09\x09\x01x\x00"),
    "a delete of what nobody knows": update(b"\x00\x01\x09\x01\x00\xff\x7f"),
    "a delete of nothing": update(b"\x00\x01\x09\x01\x00\x00"),
    "an empty text": update(b"\x01\x01\x05\x00\x04", ROOT, b"\x00\x00"),
    "half a character": update(b"\x01\x01\x05\x00\x04", ROOT, b"\x02\xed\xa0\x00"),
    "a billion that are gone": update(b"\x01\x01\x05\x00\x01", ROOT, b"\x80\x94\xeb\xdc\x03\x00"),
    "rubbish after it": update(b"\x00\x00\x01\x02\x03"),
    "a struct that is skipped": update(b"\x01\x01\x05\x00\x0a\x05\x00"),
    "the same writer twice": update(b"\x02\x01\x05\x00\x04", ROOT, b"\x01x\x01\x05\x00\x04", ROOT, b"\x01y\x00"),
    "too large": update(b"\x01\x01\x05\x00\x04", ROOT, b"\x80\x80\x02", b"x" * 32_768, b"\x00"),
    "as many words as fit": update(b"\x01\x01\x05\x00\x04", ROOT, b"\x98\x75", b"x" * 15_000, b"\x00"),
    "a vector that is none": b"\x00\x00\x05\xff\xff\xff\xff\xff",
    "rubbish of who somebody is": b"\x01\xff\xff",
}


async def test_E10_random_changes_of_real_messages_never_end_in_anything_else(desk):
    chances = random.Random(7)
    for _ in range(400):
        page = desk.page("lyon")
        page.writes("a😀b", 2)
        page.writes("", 1, over=2)
        said = bytearray(create_update_message(page.written[chances.randrange(2)]))
        for _ in range(chances.randint(1, 3)):
            said[chances.randrange(2, len(said))] = chances.randrange(256)
        page.says(bytes(said))
        assert page.code in (None, 4400, 1009)
        page.leaves()
        await passes(0.01)
    await passes(KEPT)
    assert desk.page("dakar").text.startswith("U")


async def test_E10_nobody_writes_with_somebody_elses_hand(desk):
    lyon, dakar = desk.page("lyon"), desk.page("dakar")
    lyon.writes("!")
    lyon.sends()
    dakar.takes_in()
    await settled()
    theirs = lyon.doc
    lyon.writes("?")
    forged = lyon.written.popleft()
    dakar.says(create_update_message(forged))
    assert dakar.code == 4400
    lyon.says(create_update_message(forged))
    await passes(KEPT)
    assert desk.kept == str(theirs["text"]) == "Une ville qui respire!?"
