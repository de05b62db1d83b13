"""What a board is made of: a frozen record for each kind of thing, all saved, drawn and undone alike."""

from collections.abc import Mapping

from app.board.records.messages import Action, Answers, Campaign, Claim, Headline, Question, Survey, Version
from app.board.records.people import Person
from app.board.records.session import LINK_ROLES, About, Door, Now, Timer
from app.board.records.steps import Cue, Stage, Step
from app.board.records.votes import Ballot, Cast
from app.board.records.written import Comment, Dismissal, Note, Reaction, Theme, Translation

__all__ = [
    "EMOJI",
    "KINDS",
    "LINK_ROLES",
    "ROLES",
    "About",
    "Action",
    "Answers",
    "Ballot",
    "Campaign",
    "Cast",
    "Claim",
    "Comment",
    "Cue",
    "Dismissal",
    "Door",
    "Headline",
    "Key",
    "Note",
    "Now",
    "Person",
    "Question",
    "Reaction",
    "Record",
    "Stage",
    "Step",
    "Survey",
    "Theme",
    "Timer",
    "Translation",
    "Version",
    "key",
    "sort_of",
    "whose",
    "within",
]

EMOJI = ("♥", "👏", "💡", "❓")
ROLES = ("facilitator", "cohost", "participant", "observer")

Record = (
    About
    | Now
    | Timer
    | Door
    | Step
    | Cue
    | Stage
    | Person
    | Note
    | Reaction
    | Comment
    | Translation
    | Theme
    | Dismissal
    | Ballot
    | Cast
    | Headline
    | Version
    | Claim
    | Action
    | Survey
    | Question
    | Answers
    | Campaign
)
Key = tuple[str, str]
KINDS: Mapping[str, type[Record]] = {
    kind.KIND: kind
    for kind in (
        About,
        Now,
        Timer,
        Door,
        Step,
        Cue,
        Stage,
        Person,
        Note,
        Reaction,
        Comment,
        Translation,
        Theme,
        Dismissal,
        Ballot,
        Cast,
        Headline,
        Version,
        Claim,
        Action,
        Survey,
        Question,
        Answers,
        Campaign,
    )
}


def key(record: Record) -> Key:
    """A record's place in its board: (kind, id)."""
    return record.KIND, record.id


def within(record: Record) -> str:
    """The id of what the record belongs to (a note's step, a cast's ballot), or ""."""
    return str(getattr(record, record.WITHIN)) if record.WITHIN else ""


def sort_of(record: Record) -> tuple[str, str]:
    """By what records of a kind are counted apart: notes by (state, attribution), comments by state, others not."""
    if isinstance(record, Note):
        return record.state, record.attribution
    return (record.state, "") if isinstance(record, Comment) else ("", "")


def whose(record: Record) -> str:
    """The id of the person whose doing the record is (a note's author, a cast's voter), or ""."""
    return str(getattr(record, record.BY)) if record.BY else ""
