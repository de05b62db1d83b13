"""One table of every command and of everybody who might ask for it: allowed, or refused, and by which code."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from app.board import deciding
from app.board.actions import ActionAdd
from app.board.asking import Ask, Refused
from app.board.ballots import BallotClose
from app.board.board import Board
from app.board.deciding import NAMES, RULES, decide
from app.board.entries import Entry
from app.board.headlines import HeadlineRestore, HeadlineWithdraw
from app.board.moderating import NoteHide
from app.board.people import PersonPlace
from app.board.records import Person, Record, key
from app.board.rule import Who
from app.board.undoing import BoardUndo
from tests.held import HeldKeeper
from tests.realtime.scene import Scene
from tests.realtime.stage import NOW
from tests.realtime.test_every_command import AGREED, DRAFTED, EXAMPLES, Act

# "own" is whoever wrote what the command is about, "other" another participant. "nobody" has no seat here: a
# stranger, a screen, somebody with a seat on another board.
COLUMNS = [
    *("facilitator", "cohost", "own", "other", "observer", "muted", "hushed", "removed", "waiting", "nobody"),
    *("locked", "closed", "removed-cohost"),
]
HOST = "only-facilitators"
OUTSIDE = ["removed", "waiting", "no-seat"]
SHUT = ["locked", "closed", "removed"]
ROWS: dict[str, list[str]] = {
    "hosts": ["yes", "yes", HOST, HOST, HOST, HOST, HOST, *OUTSIDE, HOST, HOST, "removed"],
    "writers": ["yes", "yes", "yes", "yes", "read-only", "muted", "muted", *OUTSIDE, *SHUT],
    "author": [
        "yes",
        "yes",
        "yes",
        "not-yours",
        "read-only",
        "muted",
        "muted",
        *OUTSIDE,
        "locked",
        "closed",
        "removed",
    ],
    "taking back": [
        "yes",
        "yes",
        "yes",
        "not-yours",
        "read-only",
        "yes",
        "yes",
        *OUTSIDE,
        "locked",
        "closed",
        "removed",
    ],
    "voters": ["yes", "yes", "yes", "yes", "read-only", "yes", "yes", *OUTSIDE, *SHUT],
    "answering": ["yes", "yes", "yes", "yes", "read-only", "yes", "yes", *OUTSIDE, "locked", "yes", "removed"],
    "oneself": ["yes", "yes", "yes", "yes", "yes", "yes", "yes", *OUTSIDE, "yes", "yes", "removed"],
    "one's place": ["yes", "yes", "yes", HOST, HOST, "yes", "yes", *OUTSIDE, "yes", "yes", "removed"],
    # Asked by the door alone, which has seen a link: a newcomer is the actor whom the board does not know.
    "coming in": ["yes", "yes", "yes", "yes", "yes", "yes", "yes", "removed", "yes", "yes", "yes", "yes", "removed"],
    "forgetting": ["yes"] * 9 + ["no-seat"] + ["yes"] * 3,
    "moving": ["yes", "yes", "yes", "yes", "yes", "yes", "yes", "removed", "yes", "no-seat", "yes", "yes", "removed"],
}
WHO_MAY: dict[str, str] = {
    "hosts": """
        note.hide note.show note.approve note.return note.pin note.lock note.mute_author comment.hide headline.hide
        headline.choose agenda.go agenda.add agenda.edit agenda.remove agenda.move agenda.catch_up step.settings
        step.reveal step.cue stage.edit stage.page stage.file stage.clear timer.start timer.pause timer.extend
        timer.stop ballot.open ballot.close ballot.reopen ballot.cast_for action.move feedback.edit survey.edit
        survey.open survey.share person.admit person.mute person.remove person.readmit person.promote person.demote
        board.rename board.lock board.blank board.announce board.close board.reopen board.settings board.clear
        board.undo door.set door.rotate spotlight campaign.edit campaign.logo results.publish
    """,
    "writers": """
        note.add note.react note.comment note.translate note.move notes.move note.merge note.split theme.add
        theme.rename theme.delete theme.move alike.group alike.dismiss headline.add headline.edit headline.cowrite
        headline.claim action.add
    """,
    "author": "note.edit note.color note.restore note.resubmit headline.restore action.edit action.done action.remove",
    "taking back": "note.delete comment.delete headline.withdraw",
    "voters": "ballot.cast ballot.retract ballot.done",
    "answering": "survey.answer",
    "oneself": "person.rename person.language hand",
    "one's place": "person.place",
    "coming in": "person.join",
    "forgetting": "person.forget",
    "moving": "person.move",
}
TABLE = {name: ROWS[row] for row, names in WHO_MAY.items() for name in names.split()}
# Where the example of a command does not tell: who asks last is "own".
TELLING: dict[str, list[Act]] = {
    "person.place": [
        ("ada", lambda s: BallotClose(ballot=s.placed)),
        ("lyon", lambda s: PersonPlace(person="lyon", place="Villeurbanne")),
    ],
    "board.undo": [
        ("ada", lambda s: NoteHide(note=s.shown)),
        ("ada", lambda s: BoardUndo(seq=s.board.seq)),
    ],
    "action.add": [*AGREED, ("lyon", lambda s: ActionAdd(text="One more"))],
    "headline.restore": [
        *DRAFTED,
        ("dakar", lambda s: HeadlineWithdraw(headline=s.draft)),
        ("dakar", lambda s: HeadlineRestore(headline=s.draft)),
    ],
}


def acts_of(name: str) -> list[Act]:
    """What happens first, and who asks for the command in the end: a participant, where one may."""
    lists = [example if isinstance(example, list) else [example] for example in EXAMPLES[name]]
    by_others = (acts for acts in lists if acts[-1][0] not in ("ada", "cleo"))
    return TELLING.get(name) or next(by_others, lists[0])


class Hour:
    """The eventful hour as a board of its own, on which things are decided with nothing around them."""

    def __init__(self, scene: Scene, records: list[Record], seq: int) -> None:
        self.ids, self.board = scene.ids, Board("board", epoch="spring", records=records, seq=seq)
        self._newest: Entry | None = None
        self.room = True

    def __getattr__(self, name: str) -> str:
        """The id of what goes by that name, as in the scene."""
        made = Scene._grouped(self)  # type: ignore[arg-type]
        return made.get(name) or self.ids[name]

    def asks(self, who: str, command: Any) -> str:
        """ "yes", or the code of the refusal; what is accepted happens."""
        seq = self.board.seq + 1
        ask = Ask(board="board", actor=who, id=f"asking-{seq}", now=NOW + 10, seq=seq, entry=self._newest)
        try:
            changes = decide(self.board, command, ask)
        except Refused as no:
            return no.code
        before = self.board.apply(changes.records)
        self.board.advance(seq)
        self._newest = Entry(
            seq=seq, id=ask.id, actor=who, what=NAMES[type(command)], digest="", at=NOW, before=before,
            after=changes.records,
        )  # fmt: skip
        return "yes"

    def become(self, who: str, **facts: Any) -> str:
        """That person, of whom something else is true now."""
        found = self.board.need(Person, who)
        self.board.apply({key(found): replace(found, **facts)})
        return who

    def turns(self, **facts: bool) -> None:
        """The board is locked, or over."""
        now = self.board.now
        self.board.apply({key(now): replace(now, **facts)})


def asker(hour: Hour, column: str, own: str) -> str:
    """Who asks in that column."""
    match column:
        case "muted" | "hushed":
            return hour.become(own, **{column: True})
        case "removed" | "waiting":
            return hour.become(own, state=column)
        case "locked" | "closed":
            hour.turns(**{column: True})
            return own
        case "removed-cohost":
            return hour.become("cleo", state="removed")
    named = {"facilitator": "ada", "cohost": "cleo", "observer": "olga", "nobody": "nobody"}
    return named.get(column) or (own if column == "own" else next(who for who in ("quito", "lyon") if who != own))


def found_out(name: str, fresh: Callable[[], Hour]) -> list[str]:
    """That command's row, as it is."""
    *first, (last, command) = acts_of(name)
    own = "lyon" if last in ("ada", "cleo", "newcomer") else last
    row = []
    for column in COLUMNS:
        hour = fresh()
        for who, act in first:
            assert hour.asks(who, act(hour)) == "yes", (name, who)
        who = asker(hour, column, own)
        row.append(hour.asks(who, command(hour)))
    return row


@pytest.fixture
async def fresh() -> AsyncIterator[Callable[[], Hour]]:
    """The eventful hour, as often as it is asked for."""
    scene = Scene(HeldKeeper())
    scene.opens()
    await scene.happens()
    records, seq = list(scene.board.records()), scene.board.seq
    yield lambda: Hour(scene, records, seq)
    await scene.closes()


def test_the_table_names_every_command_once():
    names = [name for names in WHO_MAY.values() for name in names.split()]
    assert sorted(names) == sorted(RULES)


async def test_whoever_asks_is_allowed_or_refused_as_the_table_says(fresh):
    assert {name: dict(zip(COLUMNS, found_out(name, fresh), strict=True)) for name in RULES} == {
        name: dict(zip(COLUMNS, TABLE[name], strict=True)) for name in RULES
    }


async def test_control_a_rule_that_asks_nobody_shows_in_the_table(fresh, monkeypatch):
    """Each rule in turn, with its check taken away: what the table would notice of it."""
    unnoticed = []
    for name, rule in RULES.items():
        if rule.who not in (Who.DOOR, Who.SELF):
            with monkeypatch.context() as planted:
                planted.setattr(deciding, "RULES", {**RULES, name: replace(rule, who=Who.SELF)})
                unnoticed += [name] if found_out(name, fresh) == TABLE[name] else []
    assert unnoticed == []
