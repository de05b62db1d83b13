"""P22: what somebody wrote who asks to be forgotten does not come back with what others write just then."""

import pytest

from app.board.asking import Refused
from app.board.ballots import BallotOpen
from app.board.casting import BallotCast, BallotRetract
from app.board.clearing import BoardClear
from app.board.forgetting import FORGOTTEN, PersonForget
from app.board.headlines import HeadlineCowrite
from tests.held import passes, settled
from tests.realtime.desks import Desk

KEPT = 1.5


@pytest.fixture
async def desk(stage):
    return await Desk(stage).opens()


def _everywhere(desk) -> str:
    return _kept(desk.stage)


def _kept(stage) -> str:
    """Whatever is kept of the board, and of its past."""
    loaded = stage.keeper.load(stage.board.id)
    return repr((list(loaded.board.records()), loaded.entries))


@pytest.mark.parametrize("last", ["lyon", "dakar"])
async def test_P22_what_was_not_kept_yet_goes_and_what_others_wrote_stays(desk, last):
    lyon, dakar = desk.page("lyon"), desk.page("dakar")
    for page in (lyon, dakar) if last == "dakar" else (dakar, lyon):
        page.writes(*((" demain",) if page is lyon else ("Ici : ", 0)))
        page.sends()
    await desk.stage.does("lyon", PersonForget())
    await passes(KEPT)
    assert desk.kept == "Ici : Une ville qui respire"
    again = desk.page("dakar")
    again.writes("!")
    again.sends()
    await passes(KEPT)
    assert (again.text, desk.version.by) == ("Ici : Une ville qui respire!", "dakar")
    assert "demain" not in _everywhere(desk)


async def test_P22_what_was_kept_as_theirs_does_not_come_back_with_what_others_write(desk):
    dakar, lyon = desk.page("dakar"), desk.page("lyon")
    lyon.writes(" demain")
    lyon.sends()
    await passes(KEPT)
    dakar.takes_in()
    dakar.writes("Ici : ", 0)
    dakar.sends()
    await desk.stage.does("lyon", PersonForget())
    await passes(KEPT)
    assert "demain" not in _everywhere(desk)
    assert (desk.version.by, "Ici : " in desk.kept, FORGOTTEN in desk.kept) == ("dakar", True, True)


async def test_P22_what_is_on_its_way_to_be_kept_meanwhile_comes_to_nothing(desk):
    desk.page("dakar")
    await desk.edits("lyon", "Demain une ville qui respire")
    await desk.edits("dakar", "Ici : Demain une ville qui respire")
    version, epoch, hand = desk.version, desk.stage.board.epoch, desk.stage.keeper.hand
    asked = HeadlineCowrite(
        headline=desk.headline, language="fr", text=f"{version.text} !", base=version.text_seq, pen="", life=epoch
    )
    hand.held = True
    forgetting = desk.stage.asks("lyon", PersonForget())
    await settled()
    late = desk.stage.asks("dakar", asked)
    await settled()
    hand.held = False
    hand.release()
    await forgetting
    with pytest.raises(Refused, match="changed-since"):
        await late
    assert (desk.kept, "Demain" in _everywhere(desk)) == ("Ici : …", False)


async def test_P22_strokes_that_another_process_heard_are_not_kept_by_it(desks):
    _, one, two = desks
    lyon, dakar = one.page("lyon"), two.page("dakar")
    lyon.writes(" demain")
    lyon.sends()
    await passes(0)
    dakar.takes_in()
    assert dakar.text.endswith(" demain")
    await one.stage.does("lyon", PersonForget())
    await passes(0)
    again = two.page("dakar")
    again.writes("Ici : ", 0)
    again.sends()
    await passes(8)
    assert (one.kept, two.kept) == ("Ici : Une ville qui respire",) * 2
    assert "demain" not in _everywhere(two)


@pytest.mark.parametrize("gone", [BoardClear(keep="agenda"), BallotRetract], ids=["cleared", "retracted"])
async def test_P22_of_a_vote_that_is_there_no_more_the_past_keeps_no_place_of_theirs(stage, gone):
    note, other = await stage.posts("dakar"), await stage.posts("quito")
    opening = BallotOpen(title="Ours", candidates=(f"note:{note}", f"note:{other}"))
    ballot = (await stage.does("ada", opening)).made["ballot"]
    for person in ("lyon", "dakar"):
        await stage.does(person, BallotCast(ballot=ballot, choices={f"note:{note}": 1}))
    assert "place='Lyon'" in _kept(stage)
    if gone is BallotRetract:
        await stage.does("lyon", BallotRetract(ballot=ballot))
    else:
        await stage.does("ada", gone)
    await stage.does("lyon", PersonForget())
    assert "place='Lyon'" not in _kept(stage)
    assert "place='Dakar'" in _kept(stage)


async def test_P22_who_is_forgotten_already_makes_nobody_come_for_another_page(stage):
    await stage.posts("lyon")
    await stage.does("lyon", PersonForget())
    await settled()
    tab, epoch = stage.follows("dakar"), stage.board.epoch
    for _ in range(3):
        await stage.does("lyon", PersonForget())
    await settled()
    assert (stage.board.epoch, tab.line.refreshed) == (epoch, False)
    assert stage.keeper.load(stage.board.id).board.epoch == epoch
