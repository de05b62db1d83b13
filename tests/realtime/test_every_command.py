"""After every command: what was plus its entry is what the store holds, and every page plus its frame a fresh page."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.board.actions import ActionAdd, ActionDone, ActionEdit, ActionMove, ActionRemove, FeedbackEdit
from app.board.agenda import AgendaAdd, AgendaEdit, AgendaGo, AgendaMove, AgendaRemove
from app.board.alike import AlikeDismiss, AlikeGroup
from app.board.answering import SurveyAnswer
from app.board.ballots import BallotClose, BallotOpen, BallotReopen
from app.board.board import Board
from app.board.campaigning import CampaignEdit, CampaignLogo
from app.board.casting import BallotCast, BallotCastFor, BallotDone, BallotRetract
from app.board.chosen import HeadlineChoose
from app.board.claiming import HeadlineClaim
from app.board.clearing import BoardClear
from app.board.commenting import CommentDelete, CommentHide, NoteComment
from app.board.cueing import StepCue
from app.board.deciding import RULES
from app.board.forgetting import PersonForget
from app.board.grouping import NoteMove, NotesMove
from app.board.hall import (
    BoardAnnounce,
    BoardBlank,
    BoardClose,
    BoardLock,
    BoardRename,
    BoardReopen,
    DoorRotate,
    DoorSet,
    Spotlight,
)
from app.board.headlines import (
    HeadlineAdd,
    HeadlineCowrite,
    HeadlineEdit,
    HeadlineHide,
    HeadlineRestore,
    HeadlineWithdraw,
)
from app.board.keeping import Keeper
from app.board.merging import NoteMerge, NoteSplit
from app.board.moderating import (
    NoteApprove,
    NoteHide,
    NoteLock,
    NoteMuteAuthor,
    NotePin,
    NoteReturn,
    NoteShow,
)
from app.board.moderating_people import (
    PersonAdmit,
    PersonDemote,
    PersonMute,
    PersonPromote,
    PersonReadmit,
    PersonRemove,
)
from app.board.moving import PersonMove
from app.board.notes import NoteAdd, NoteColor, NoteDelete, NoteEdit, NoteRestore, NoteResubmit, OnBehalf
from app.board.people import Hand, PersonJoin, PersonLanguage, PersonPlace, PersonRename
from app.board.preparing import BoardSettings
from app.board.publishing import ResultsPublish
from app.board.reacting import NoteReact
from app.board.records import Action, Ballot, Headline, Record, key
from app.board.replanning import AgendaCatchUp
from app.board.staging import StageClear, StageEdit, StageFile, StagePage
from app.board.stepping import StepReveal, StepSettings
from app.board.surveying import Asked, SurveyEdit, SurveyOpen, SurveyShare
from app.board.theming import ThemeAdd, ThemeDelete, ThemeMove, ThemeRename
from app.board.timing import TimerExtend, TimerPause, TimerStart, TimerStop
from app.board.translating import NoteTranslate
from app.board.undoing import BoardUndo
from app.store.opening import open_store
from tests.held import HeldKeeper, passes
from tests.realtime.drawn import differences
from tests.realtime.scene import Scene, Watcher
from tests.realtime.stage import NOW, answered

Act = tuple[str, Callable[[Scene], Any]]
Example = Act | list[Act]


def ref(note: str) -> str:
    return f"note:{note}"


def slides(step: str, pages: int = 3) -> StageFile:
    """A file on the stage of a step."""
    return StageFile(step=step, file="f" * 32, file_name="goals.pdf", pages=pages)


# A step in which notes are grouped, where the session is now, with a theme.
THEMED: list[Act] = [
    ("ada", lambda s: AgendaAdd(kind="group", title={"en": "Group"}, minutes=5)),
    ("ada", lambda s: AgendaGo(step=s.grouping)),
    ("ada", lambda s: ThemeAdd(step=s.grouping, title="Trees")),
]
# A step in which headlines are drafted, where the session is now, with a headline.
DRAFTED: list[Act] = [
    ("ada", lambda s: AgendaAdd(kind="headline", title={"en": "Draft"}, minutes=5)),
    ("ada", lambda s: AgendaGo(step=s.drafting)),
    ("dakar", lambda s: HeadlineAdd(text="The street first", origin=(ref(s.shown), ref(s.unpublished)))),
]


def newest_action(scene: Scene) -> str:
    """The action that was added last."""
    return scene.board.all(Action)[-1].id


def first_action(scene: Scene) -> str:
    """The action that was added first."""
    return scene.board.all(Action)[0].id


# A roadmap of two actions, the second of which belongs to Lyon.
AGREED: list[Act] = [
    ("ada", lambda s: AgendaGo(step=s.roadmap)),
    ("lyon", lambda s: ActionAdd(text="Send the photographs", owner="Dakar", due="2026-12-31")),
    ("ada", lambda s: ActionAdd(owner="lyon", note=s.shown)),
]
# A survey that three people have answered, shown to everybody.
ANSWERED: list[Act] = [
    ("ada", lambda s: SurveyOpen()),
    ("lyon", lambda s: SurveyAnswer(answers={"ready1": 4, "ready4": [0, 2], "ready6": "More trees"})),
    ("dakar", lambda s: SurveyAnswer(answers={"ready1": 5, "ready3": 0})),
    ("quito", lambda s: SurveyAnswer(answers={"ready1": 1, "ready6": "More benches"})),
    ("ada", lambda s: SurveyShare()),
]


def opened(scene: Scene, method: str) -> BallotOpen:
    """A vote by that method, open so that its tally is drawn."""
    refs = (ref(scene.shown), ref(scene.host), ref(scene.moved))
    return BallotOpen(title=method, method=method, candidates=refs, sealed=False, secrecy="named", step=scene.extra)


def newest(scene: Scene) -> str:
    """The ballot that was opened last."""
    return scene.board.all(Ballot)[-1].id


EXAMPLES: dict[str, list[Example]] = {
    "note.add": [
        ("lyon", lambda s: NoteAdd(step=s.writing, text="New")),
        ("lyon", lambda s: NoteAdd(step=s.writing, text="New", attribution="anonymous", color="sky")),
        ("ada", lambda s: NoteAdd(step=s.writing, text="New", on_behalf=OnBehalf(place="Oslo", people=3))),
        ("ada", lambda s: NoteAdd(step=s.silent, text="New and silent")),
        ("ada", lambda s: NoteAdd(step=s.extra, text="The first of its step")),
    ],
    "note.edit": [
        ("lyon", lambda s: NoteEdit(note=s.pinned, text="Other words", base=s.board.seq)),
        ("ada", lambda s: NoteEdit(note=s.spotlit, text="Other words", base=s.board.seq)),
        ("ada", lambda s: NoteEdit(note=s.waiting, text="Other words", base=s.board.seq)),
        ("ada", lambda s: NoteEdit(note=s.hushed, text="Other words", base=s.board.seq)),
        ("lyon", lambda s: NoteEdit(note=s.translated, text="Newer than its translations", base=s.board.seq)),
    ],
    "note.color": [
        ("lyon", lambda s: NoteColor(note=s.pinned, color="leaf")),
        ("ada", lambda s: NoteColor(note=s.spotlit, color="leaf")),
        ("lyon", lambda s: NoteColor(note=s.pinned, color="sun")),
    ],
    "note.delete": [
        ("lyon", lambda s: NoteDelete(note=s.pinned)),
        ("ada", lambda s: NoteDelete(note=s.shown)),
        ("ada", lambda s: NoteDelete(note=s.spotlit)),
        ("ada", lambda s: NoteDelete(note=s.moved)),
        ("ada", lambda s: NoteDelete(note=s.waiting)),
    ],
    "note.restore": [
        ("lyon", lambda s: NoteRestore(note=s.withdrawn)),
        ("ada", lambda s: NoteRestore(note=s.erased)),
    ],
    "note.resubmit": [("dakar", lambda s: NoteResubmit(note=s.returned, text="Shorter"))],
    "note.react": [
        ("dakar", lambda s: NoteReact(note=s.shown, emoji="♥")),
        ("quito", lambda s: NoteReact(note=s.shown, emoji="♥", on=False)),
        ("lyon", lambda s: NoteReact(note=s.spotlit, emoji="💡")),
    ],
    "note.comment": [
        ("dakar", lambda s: NoteComment(note=s.shown, text="And benches")),
        ("lyon", lambda s: NoteComment(note=s.pinned, text="And lamps", attribution="anonymous")),
        ("ada", lambda s: NoteComment(note=s.anonymous, text="Where?")),
    ],
    "comment.delete": [
        ("dakar", lambda s: CommentDelete(comment=s.remark)),
        ("ada", lambda s: CommentDelete(comment=s.unsigned)),
    ],
    "comment.hide": [
        ("ada", lambda s: CommentHide(comment=s.remark)),
        ("ada", lambda s: CommentHide(comment=s.concealed, on=False)),
    ],
    "note.translate": [
        ("dakar", lambda s: NoteTranslate(note=s.shown, language="fr", text="La note montrée")),
        ("dakar", lambda s: NoteTranslate(note=s.translated, language="fr", text="Mieux dit", base=s.board.seq)),
        ("ada", lambda s: NoteTranslate(note=s.translated, language="es", text="")),
        ("lyon", lambda s: NoteTranslate(note=s.spotlit, language="fr", text="Sous les projecteurs")),
    ],
    "note.hide": [
        ("ada", lambda s: NoteHide(note=s.shown)),
        ("ada", lambda s: NoteHide(note=s.spotlit)),
        ("ada", lambda s: NoteHide(note=s.moved)),
        ("ada", lambda s: NoteHide(note=s.hushed)),
        ("ada", lambda s: NoteHide(note=s.waiting)),
        ("ada", lambda s: NoteHide(note=s.translated)),
    ],
    "note.show": [
        ("ada", lambda s: NoteShow(note=s.hidden)),
        ("ada", lambda s: NoteShow(note=s.returned)),
        ("ada", lambda s: NoteShow(note=s.hidden_later)),
    ],
    "note.approve": [("ada", lambda s: NoteApprove(note=s.waiting))],
    "note.return": [
        ("ada", lambda s: NoteReturn(note=s.waiting, reason="off-topic")),
        ("ada", lambda s: NoteReturn(note=s.shown, reason="other", text="Why?")),
    ],
    "note.pin": [
        ("ada", lambda s: NotePin(note=s.shown)),
        ("ada", lambda s: NotePin(note=s.pinned, on=False)),
        ("ada", lambda s: NotePin(note=s.hushed)),
    ],
    "note.lock": [
        ("ada", lambda s: NoteLock(note=s.shown)),
        ("ada", lambda s: NoteLock(note=s.locked, on=False)),
    ],
    "note.move": [
        ("ada", lambda s: NoteMove(note=s.moved, step=s.extra)),
        ("ada", lambda s: NoteMove(note=s.moved, step=s.silent)),
        ("ada", lambda s: NoteMove(note=s.spotlit, step=s.silent)),
        ("ada", lambda s: NoteMove(note=s.hushed, step=s.writing)),
        ("ada", lambda s: NoteMove(note=s.dropped, step=s.writing)),
        ("ada", lambda s: NoteMove(note=s.waiting, step=s.writing)),
        [
            ("ada", lambda s: NoteMove(note=s.translated, step=s.silent)),
            ("ada", lambda s: NoteMove(note=s.translated, step=s.extra)),
        ],
        [
            *THEMED,
            ("lyon", lambda s: NoteMove(note=s.shown, theme=s.theme)),
            ("ada", lambda s: NoteHide(note=s.shown)),
            ("ada", lambda s: NoteMove(note=s.shown)),
            ("ada", lambda s: NoteShow(note=s.shown)),
            ("lyon", lambda s: NoteMove(note=s.shown, theme=s.theme)),
        ],
        [
            *THEMED,
            ("ada", lambda s: NoteMove(note=s.shown, theme=s.theme)),
            ("dakar", lambda s: NoteReact(note=s.shown, emoji="♥")),
            ("ada", lambda s: BoardBlank()),
            ("ada", lambda s: BoardBlank(on=False)),
            ("ada", lambda s: StepSettings(step=s.writing, silent=True)),
            ("ada", lambda s: NoteMove(note=s.shown)),
        ],
    ],
    "notes.move": [
        [*THEMED, ("lyon", lambda s: NotesMove(notes=(s.shown, s.pinned, s.unpublished), theme=s.theme))],
        [
            *THEMED,
            ("ada", lambda s: NotesMove(notes=(s.shown, s.hidden), theme=s.theme)),
            ("ada", lambda s: NoteShow(note=s.hidden)),
            ("ada", lambda s: BallotClose(ballot=s.placed)),
            ("ada", lambda s: AgendaMove(step=s.grouping, after=s.welcome)),
            ("ada", lambda s: AgendaMove(step=s.grouping, after=s.survey)),
            ("ada", lambda s: NotesMove(notes=(s.shown,))),
        ],
    ],
    "note.merge": [
        [*THEMED, ("lyon", lambda s: NoteMerge(notes=(s.translated, s.behalf, s.unpublished), text="One"))],
        [
            *THEMED,
            ("ada", lambda s: NotesMove(notes=(s.translated, s.behalf), theme=s.theme)),
            ("ada", lambda s: NoteMerge(notes=(s.translated, s.behalf), text="One")),
        ],
    ],
    "note.split": [
        [
            *THEMED,
            ("lyon", lambda s: NoteMerge(notes=(s.translated, s.behalf), text="One")),
            ("dakar", lambda s: NoteEdit(note=s.merged, text="Another", base=s.board.seq)),
            ("ada", lambda s: NoteHide(note=s.merged)),
            ("ada", lambda s: NoteShow(note=s.merged)),
            ("dakar", lambda s: NoteSplit(note=s.merged)),
        ],
    ],
    "theme.add": [
        [*THEMED[:2], ("ada", lambda s: ThemeAdd(step=s.grouping, title="Trees"))],
        [*THEMED, ("lyon", lambda s: ThemeAdd(step=s.grouping, title="Benches"))],
    ],
    "theme.rename": [[*THEMED, ("lyon", lambda s: ThemeRename(theme=s.theme, title="More trees"))]],
    "theme.delete": [
        [
            *THEMED,
            ("ada", lambda s: NotesMove(notes=(s.shown, s.pinned), theme=s.theme)),
            ("ada", lambda s: ThemeDelete(theme=s.theme)),
        ]
    ],
    "theme.move": [
        [
            *THEMED,
            ("ada", lambda s: ThemeAdd(step=s.grouping, title="Benches")),
            ("ada", lambda s: NotesMove(notes=(s.shown, s.pinned), theme=s.theme)),
            ("ada", lambda s: NotesMove(notes=(s.host,), theme=s.other_theme)),
            ("ada", lambda s: ThemeMove(theme=s.theme, after=s.other_theme)),
        ]
    ],
    "alike.group": [
        [*THEMED[:2], ("lyon", lambda s: AlikeGroup(notes=(s.shown, s.pinned), title="Trees"))],
        [
            *THEMED,
            ("lyon", lambda s: NoteMove(note=s.shown, theme=s.theme)),
            ("ada", lambda s: AlikeGroup(notes=(s.shown, s.host), title="Benches")),
        ],
    ],
    "alike.dismiss": [
        [*THEMED, ("lyon", lambda s: AlikeDismiss(notes=(s.shown, s.pinned)))],
        [
            *THEMED,
            ("ada", lambda s: AlikeDismiss(notes=(s.shown, s.pinned, s.host))),
            ("ada", lambda s: BoardBlank()),
            ("ada", lambda s: BoardBlank(on=False)),
            ("ada", lambda s: AlikeDismiss(notes=(s.pinned, s.host))),
        ],
    ],
    "headline.add": [
        [*DRAFTED, ("lyon", lambda s: HeadlineAdd(text="Street by street"))],
        [
            *DRAFTED[:2],
            ("ada", lambda s: HeadlineAdd(text="Rue par rue", language="fr", origin=(ref(s.shown), ref(s.hidden)))),
        ],
    ],
    "headline.edit": [
        [*DRAFTED, ("lyon", lambda s: HeadlineEdit(headline=s.draft, language="fr", text="D’abord la rue"))],
        [
            *DRAFTED,
            ("ada", lambda s: NoteHide(note=s.shown)),
            ("ada", lambda s: NoteHide(note=s.unpublished)),
            ("ada", lambda s: BoardBlank()),
            ("ada", lambda s: HeadlineEdit(headline=s.draft, language="en", text="The street", base=s.board.seq)),
            ("ada", lambda s: BoardBlank(on=False)),
            ("ada", lambda s: StepSettings(step=s.drafting, write=False, anonymous=True)),
            ("ada", lambda s: AgendaGo(step=s.welcome)),
            ("ada", lambda s: AgendaMove(step=s.drafting, after="")),
            ("ada", lambda s: PersonRemove(person="dakar", hide_notes=True)),
            ("ada", lambda s: HeadlineEdit(headline=s.draft, language="en", text="Our street", base=s.board.seq)),
        ],
    ],
    "headline.cowrite": [
        [
            *DRAFTED,
            ("lyon", lambda s: HeadlineCowrite(headline=s.draft, language="en", text="", base=s.board.seq, pen="eA==")),
            ("dakar", lambda s: HeadlineCowrite(headline=s.draft, language="en", text="Go", base=s.board.seq, pen="")),
        ]
    ],
    "headline.withdraw": [[*DRAFTED, ("dakar", lambda s: HeadlineWithdraw(headline=s.draft))]],
    "headline.restore": [
        [
            *DRAFTED,
            ("ada", lambda s: HeadlineWithdraw(headline=s.draft)),
            ("ada", lambda s: HeadlineRestore(headline=s.draft)),
        ]
    ],
    "headline.hide": [
        [*DRAFTED, ("ada", lambda s: HeadlineHide(headline=s.draft))],
        [
            *DRAFTED,
            ("ada", lambda s: HeadlineHide(headline=s.draft)),
            ("ada", lambda s: HeadlineHide(headline=s.draft, on=False)),
        ],
    ],
    "headline.choose": [
        [("ada", lambda s: BallotClose(ballot=s.named)), ("ada", lambda s: HeadlineChoose(candidate=ref(s.spotlit)))],
        [
            *DRAFTED,
            ("ada", lambda s: HeadlineChoose(candidate=f"headline:{s.draft}")),
            ("ada", lambda s: HeadlineChoose()),
        ],
        [
            *THEMED,
            ("lyon", lambda s: NoteMove(note=s.shown, theme=s.theme)),
            ("ada", lambda s: BallotOpen(title="", candidates=(f"theme:{s.theme}",), method="consent")),
            ("ada", lambda s: NoteHide(note=s.shown)),
            ("ada", lambda s: ThemeDelete(theme=s.theme)),
            ("ada", lambda s: HeadlineChoose(candidate=ref(s.spotlit))),
        ],
        [
            *DRAFTED,
            ("ada", lambda s: BallotOpen(title="", candidates=(f"headline:{s.draft}",), method="approval")),
            ("dakar", lambda s: BallotCast(ballot=newest(s), choices=(f"headline:{s.draft}",))),
            ("ada", lambda s: BallotClose(ballot=newest(s))),
            ("ada", lambda s: HeadlineChoose(candidate=f"headline:{s.draft}")),
            ("ada", lambda s: HeadlineHide(headline=s.draft)),
            ("ada", lambda s: HeadlineHide(headline=s.draft, on=False)),
            ("ada", lambda s: HeadlineChoose()),
        ],
    ],
    "headline.claim": [
        [*DRAFTED, ("lyon", lambda s: HeadlineClaim(headline=s.draft, language="es"))],
        [
            *DRAFTED,
            ("dakar", lambda s: HeadlineClaim(headline=s.draft, language="es")),
            ("ada", lambda s: HeadlineClaim(headline=s.draft, language="es", on=False)),
        ],
    ],
    "note.mute_author": [("ada", lambda s: NoteMuteAuthor(note=s.anonymous))],
    "agenda.go": [
        ("ada", lambda s: AgendaGo(step=s.silent)),
        ("ada", lambda s: AgendaGo(step=s.voting)),
        ("ada", lambda s: AgendaGo(step=s.survey)),
        ("ada", lambda s: AgendaGo(step=s.welcome)),
    ],
    "agenda.add": [
        ("ada", lambda s: AgendaAdd(kind="write", title={"en": "New"}, minutes=5, after=s.writing)),
        ("ada", lambda s: AgendaAdd(kind="talk", title={"en": "New", "fr": "Neuf"}, minutes=0, after="")),
        ("ada", lambda s: AgendaAdd(kind="vote", title={"en": "New"}, minutes=600)),
    ],
    "agenda.edit": [
        ("ada", lambda s: AgendaEdit(step=s.writing, base=s.board.seq, title={"en": "Other title"})),
        ("ada", lambda s: AgendaEdit(step=s.writing, base=s.board.seq, prompt={"en": "Other?", "fr": "Autre ?"})),
        ("ada", lambda s: AgendaEdit(step=s.approving, base=s.board.seq, minutes=30, title={"en": "Longer"})),
        ("ada", lambda s: AgendaEdit(step=s.writing, base=s.board.seq, kind="talk")),
        ("ada", lambda s: AgendaEdit(step=s.campaign, base=s.board.seq, kind="write")),
        ("ada", lambda s: AgendaEdit(step=s.voting, base=s.board.seq, kind="survey")),
    ],
    "agenda.remove": [
        ("ada", lambda s: AgendaRemove(step=s.approving)),
        ("ada", lambda s: AgendaRemove(step=s.silent)),
        ("ada", lambda s: AgendaRemove(step=s.welcome)),
    ],
    "agenda.move": [
        ("ada", lambda s: AgendaMove(step=s.approving, after=s.survey)),
        ("ada", lambda s: AgendaMove(step=s.writing, after="")),
        ("ada", lambda s: AgendaMove(step=s.survey, after=s.welcome)),
    ],
    "agenda.catch_up": [
        [("ada", lambda s: TimerExtend(seconds=600)), ("ada", lambda s: AgendaCatchUp(how="later"))],
        [("ada", lambda s: TimerExtend(seconds=600)), ("ada", lambda s: AgendaCatchUp(how="trim"))],
    ],
    "step.settings": [
        ("ada", lambda s: StepSettings(step=s.writing, silent=True)),
        ("ada", lambda s: StepSettings(step=s.silent, silent=False)),
        ("ada", lambda s: StepSettings(step=s.writing, react=False)),
        ("ada", lambda s: StepSettings(step=s.writing, write=False)),
        ("ada", lambda s: StepSettings(step=s.writing, anonymous=True, approve_first=True)),
        ("ada", lambda s: StepSettings(step=s.roadmap, write=True, group=True)),
    ],
    "stage.edit": [
        (
            "ada",
            lambda s: StageEdit(step=s.writing, base=0, title="Goals", text="One.\n- two", links="https://a.org/b"),
        ),
        ("ada", lambda s: StageEdit(step=s.survey, base=0, title="Not yet shown")),
        [
            ("ada", lambda s: slides(s.welcome)),
            ("ada", lambda s: StageEdit(step=s.welcome, base=s.board.seq, title="Goals", alt="Three goals")),
        ],
    ],
    "stage.file": [
        ("ada", lambda s: slides(s.writing)),
        ("ada", lambda s: slides(s.survey, pages=1)),
        [
            ("ada", lambda s: slides(s.survey)),
            ("ada", lambda s: AgendaGo(step=s.survey)),
            ("ada", lambda s: slides(s.survey, pages=2)),
        ],
    ],
    "stage.page": [
        [("ada", lambda s: slides(s.writing)), ("ada", lambda s: StagePage(step=s.writing, page=2))],
        [("ada", lambda s: slides(s.survey)), ("ada", lambda s: StagePage(step=s.survey, page=3))],
        [
            ("ada", lambda s: slides(s.writing)),
            ("ada", lambda s: BoardBlank()),
            ("ada", lambda s: StagePage(step=s.writing, page=2)),
            ("ada", lambda s: BoardBlank(on=False)),
            ("ada", lambda s: AgendaGo(step=s.welcome)),
            ("ada", lambda s: StagePage(step=s.writing, page=3)),
        ],
    ],
    "stage.clear": [
        [("ada", lambda s: slides(s.writing)), ("ada", lambda s: StageClear(step=s.writing))],
        [
            ("ada", lambda s: StageEdit(step=s.writing, base=0, title="Goals")),
            ("ada", lambda s: slides(s.writing)),
            ("ada", lambda s: StageClear(step=s.writing, what="file")),
        ],
    ],
    "step.reveal": [("ada", lambda s: StepReveal(step=s.silent))],
    "step.cue": [
        ("ada", lambda s: StepCue(step=s.writing, text="Read three of them aloud", base=s.board.seq)),
        ("ada", lambda s: StepCue(step=s.approving, text="Say who comes next", base=s.board.seq)),
        ("ada", lambda s: StepCue(step=s.extra, text="The first of its step", base=0)),
        ("ada", lambda s: StepCue(step=s.writing, text="", base=s.board.seq)),
    ],
    "timer.start": [
        ("ada", lambda s: TimerStart(seconds=60)),
        [("ada", lambda s: TimerPause()), ("ada", lambda s: TimerStart())],
    ],
    "timer.pause": [("ada", lambda s: TimerPause())],
    "timer.extend": [("ada", lambda s: TimerExtend(seconds=60))],
    "timer.stop": [("ada", lambda s: TimerStop())],
    "ballot.open": [
        ("ada", lambda s: BallotOpen(title="", candidates=(ref(s.shown), ref(s.host)), step=s.extra)),
        ("ada", lambda s: BallotOpen(title="Open", candidates=(ref(s.shown), ref(s.host)), sealed=False, step=s.extra)),
    ],
    "ballot.close": [
        ("ada", lambda s: BallotClose(ballot=s.placed)),
        ("ada", lambda s: BallotClose(ballot=s.named)),
        ("ada", lambda s: BallotClose(ballot=s.over)),
    ],
    "ballot.reopen": [
        [
            ("ada", lambda s: BallotClose(ballot=s.placed)),
            ("ada", lambda s: BallotReopen(ballot=s.placed)),
        ],
        [
            ("ada", lambda s: BallotClose(ballot=s.named)),
            ("ada", lambda s: NoteHide(note=s.shown)),
            ("ada", lambda s: BallotReopen(ballot=s.named)),
        ],
        [
            ("ada", lambda s: opened(s, "ranking")),
            ("quito", lambda s: BallotCast(ballot=newest(s), choices={ref(s.shown): 1, ref(s.host): 2})),
            ("ada", lambda s: BallotClose(ballot=newest(s))),
            ("ada", lambda s: BallotReopen(ballot=newest(s), top=2)),
        ],
    ],
    "ballot.cast": [
        ("quito", lambda s: BallotCast(ballot=s.named, choices={ref(s.shown): 1})),
        ("lyon", lambda s: BallotCast(ballot=s.named, choices={ref(s.moved): 1})),
        ("quito", lambda s: BallotCast(ballot=s.placed, choices={ref(s.shown): 1})),
        ("colleague", lambda s: BallotCast(ballot=s.placed, choices={ref(s.shown): 1})),
        [
            ("ada", lambda s: opened(s, "approval")),
            ("quito", lambda s: BallotCast(ballot=newest(s), choices={ref(s.shown): 1})),
        ],
        [
            ("ada", lambda s: opened(s, "ranking")),
            ("quito", lambda s: BallotCast(ballot=newest(s), choices={ref(s.shown): 1, ref(s.host): 2})),
            ("lyon", lambda s: BallotCast(ballot=newest(s), choices={ref(s.shown): 1, ref(s.host): 1})),
        ],
        [
            ("ada", lambda s: opened(s, "consent")),
            (
                "quito",
                lambda s: BallotCast(
                    ballot=newest(s), choices={ref(s.shown): -1, ref(s.host): 1}, reasons={ref(s.shown): "Our law"}
                ),
            ),
        ],
    ],
    "ballot.retract": [
        ("lyon", lambda s: BallotRetract(ballot=s.named)),
        ("colleague", lambda s: BallotRetract(ballot=s.placed)),
        ("cleo", lambda s: BallotRetract(ballot=s.named)),
    ],
    "ballot.done": [
        ("lyon", lambda s: BallotDone(ballot=s.named)),
        ("dakar", lambda s: BallotDone(ballot=s.placed)),
        ("quito", lambda s: BallotDone(ballot=s.placed)),
    ],
    "ballot.cast_for": [
        ("ada", lambda s: BallotCastFor(ballot=s.named, place="Turin", people=2, choices={ref(s.shown): 2})),
        ("ada", lambda s: BallotCastFor(ballot=s.placed, place="Quito", people=2, choices={ref(s.shown): 1})),
    ],
    "person.join": [
        ("newcomer", lambda s: PersonJoin(name="New", place="Turin", language="es")),
        ("observing", lambda s: PersonJoin(name="New", place="", language="fr", role="observer")),
        ("dakar", lambda s: PersonJoin(name="Again", place="Dakar", language="fr", role="cohost")),
    ],
    "person.move": [("lyon", lambda s: PersonMove(moves=0)), ("ada", lambda s: PersonMove(moves=0))],
    "person.rename": [
        ("lyon", lambda s: PersonRename(name="The mayor")),
        ("dakar", lambda s: PersonRename(name="A planner")),
        ("ada", lambda s: PersonRename(name="The host")),
    ],
    "person.place": [
        ("ada", lambda s: PersonPlace(person="lyon", place="Villeurbanne")),
        ("ada", lambda s: PersonPlace(person="colleague", place="Thiès", country="SN")),
        ("ada", lambda s: PersonPlace(place="Geneva")),
        ("ada", lambda s: PersonPlace(person="dakar", place="Thiès")),
    ],
    "person.language": [("lyon", lambda s: PersonLanguage(language="es"))],
    "person.forget": [("lyon", lambda s: PersonForget())],
    "hand": [
        ("lyon", lambda s: Hand(up=True)),
        ("dakar", lambda s: Hand(up=False)),
        ("ada", lambda s: Hand(up=False, person="dakar")),
    ],
    "person.admit": [("ada", lambda s: PersonAdmit(person="wanda"))],
    "person.mute": [
        ("ada", lambda s: PersonMute(person="lyon")),
        [("ada", lambda s: PersonMute(person="lyon")), ("ada", lambda s: PersonMute(person="lyon", on=False))],
    ],
    "person.remove": [
        ("ada", lambda s: PersonRemove(person="lyon")),
        ("ada", lambda s: PersonRemove(person="dakar", hide_notes=True, rotate=True)),
        ("ada", lambda s: PersonRemove(person="wanda")),
        ("ada", lambda s: PersonRemove(person="cleo", hide_notes=True)),
    ],
    "person.readmit": [("ada", lambda s: PersonReadmit(person="rex"))],
    "person.promote": [
        ("ada", lambda s: PersonPromote(person="lyon")),
        ("ada", lambda s: PersonPromote(person="dakar")),
        ("ada", lambda s: PersonPromote(person="olga")),
    ],
    "person.demote": [("ada", lambda s: PersonDemote(person="cleo"))],
    "board.rename": [("ada", lambda s: BoardRename(title="Another hour"))],
    "board.settings": [
        ("ada", lambda s: BoardSettings(starts_at=NOW + 86_400, zone="Europe/Paris")),
        ("ada", lambda s: BoardSettings(headcount=True)),
        ("ada", lambda s: BoardSettings(starts_at=0, zone="Africa/Dakar")),
    ],
    "campaign.edit": [
        ("ada", lambda s: CampaignEdit(hashtag="#FlipTheScript", ground="#0b6e4f", ink="#ffffff")),
        [
            ("ada", lambda s: CampaignLogo(file="a" * 32)),
            ("ada", lambda s: CampaignEdit(logo="none", colors="none")),
        ],
    ],
    "results.publish": [[("ada", lambda s: ResultsPublish(on=True)), ("ada", lambda s: ResultsPublish(on=False))]],
    "campaign.logo": [("ada", lambda s: CampaignLogo(file="a" * 32))],
    "board.lock": [[("ada", lambda s: BoardLock()), ("ada", lambda s: BoardLock(on=False))]],
    "board.blank": [
        [
            ("ada", lambda s: BoardBlank()),
            ("lyon", lambda s: NoteAdd(step=s.writing, text="While it was blank")),
            ("ada", lambda s: NoteHide(note=s.moved)),
            ("ada", lambda s: BoardBlank(on=False)),
        ],
    ],
    "board.announce": [
        ("ada", lambda s: BoardAnnounce(text="One more thing")),
        ("ada", lambda s: BoardAnnounce()),
    ],
    "board.close": [("ada", lambda s: BoardClose())],
    "board.reopen": [[("ada", lambda s: BoardClose()), ("ada", lambda s: BoardReopen())]],
    "door.set": [
        ("ada", lambda s: DoorSet(open="open")),
        ("ada", lambda s: DoorSet(open="closed")),
    ],
    "door.rotate": [
        ("ada", lambda s: DoorRotate(role="join")),
        ("ada", lambda s: DoorRotate(role="observer")),
        ("ada", lambda s: DoorRotate(role="screen")),
    ],
    "spotlight": [
        ("ada", lambda s: Spotlight(part=ref(s.shown))),
        ("ada", lambda s: Spotlight()),
        [
            *DRAFTED,
            ("ada", lambda s: Spotlight(part=f"headline:{s.board.all(Headline)[-1].id}")),
            ("ada", lambda s: CampaignEdit(ground="#0b6e4f")),
            (
                "ada",
                lambda s: HeadlineEdit(headline=s.board.all(Headline)[-1].id, language="fr", text="La rue d’abord"),
            ),
            ("ada", lambda s: Spotlight()),
        ],
    ],
    "board.clear": [
        ("ada", lambda s: BoardClear(keep="agenda")),
        [
            ("ada", lambda s: BoardClose()),
            ("ada", lambda s: BoardBlank()),
            ("ada", lambda s: BoardClear(keep="agenda")),
        ],
    ],
    # Whatever can be undone is undone at the end of each example; here is what needs more than that.
    "board.undo": [
        [
            ("ada", lambda s: PersonRemove(person="lyon", hide_notes=True)),
            ("dakar", lambda s: NoteReact(note=s.spotlit, emoji="♥")),
            ("ada", lambda s: BoardUndo(seq=s.board.seq - 1)),
        ],
        [
            ("ada", lambda s: AgendaRemove(step=s.silent)),
            ("ada", lambda s: NoteHide(note=s.hushed)),
            ("ada", lambda s: BoardUndo(seq=s.board.seq - 1)),
        ],
    ],
    "action.add": [
        ("ada", lambda s: ActionAdd(text="Prepared before its step", due="2026-02-28")),
        [
            *AGREED,
            ("ada", lambda s: BoardBlank()),
            ("dakar", lambda s: ActionAdd(text="Unseen")),
            ("ada", lambda s: BoardBlank(on=False)),
            ("ada", lambda s: BoardClose()),
            ("ada", lambda s: ActionAdd(text="After the end")),
        ],
        [
            *AGREED,
            ("ada", lambda s: AgendaAdd(kind="roadmap", title={"en": "Again"}, minutes=5)),
            ("ada", lambda s: StepSettings(step=s.roadmap, write=False)),
            ("ada", lambda s: AgendaEdit(step=s.roadmap, base=s.board.seq, kind="write")),
            ("ada", lambda s: AgendaEdit(step=s.roadmap, base=s.board.seq, kind="roadmap")),
            ("ada", lambda s: ActionAdd(text="One more")),
        ],
        [
            *AGREED,
            ("ada", lambda s: PersonPlace(place="LYON", person="dakar")),
            ("ada", lambda s: PersonRemove(person="lyon", hide_notes=True)),
            ("ada", lambda s: ActionAdd(text="One more")),
        ],
    ],
    "action.edit": [
        [*AGREED, ("lyon", lambda s: ActionEdit(action=first_action(s), text="Two photographs", base=s.board.seq))],
        [*AGREED, ("ada", lambda s: ActionEdit(action=newest_action(s), text="?", owner="Quito", base=s.board.seq))],
    ],
    "action.done": [
        [*AGREED, ("lyon", lambda s: ActionDone(action=newest_action(s)))],
        [
            *AGREED,
            ("dakar", lambda s: ActionDone(action=first_action(s))),
            ("ada", lambda s: ActionDone(action=first_action(s), on=False)),
        ],
    ],
    "action.remove": [[*AGREED, ("lyon", lambda s: ActionRemove(action=first_action(s)))]],
    "action.move": [
        [*AGREED, ("ada", lambda s: ActionMove(action=newest_action(s)))],
        [*AGREED, ("ada", lambda s: ActionMove(action=first_action(s), after=newest_action(s)))],
    ],
    "feedback.edit": [
        ("ada", lambda s: FeedbackEdit(contact="office@example.org", link="https://example.org/next")),
        [
            ("ada", lambda s: FeedbackEdit(contact="Ask the desk")),
            ("ada", lambda s: BoardClose()),
            ("ada", lambda s: FeedbackEdit(link="https://example.org/next")),
        ],
    ],
    "survey.edit": [
        ("ada", lambda s: SurveyEdit(questions=(Asked(kind="text", text={"en": "What is missing?"}),))),
        [
            *ANSWERED,
            ("ada", lambda s: SurveyOpen(on=False)),
            ("ada", lambda s: SurveyEdit(questions=(Asked(id="ready6", kind="text", text={"en": "Missing?"}),))),
        ],
    ],
    "survey.open": [
        ("ada", lambda s: SurveyOpen(named=True)),
        [("ada", lambda s: AgendaGo(step=s.survey)), ("ada", lambda s: SurveyOpen())],
        [*ANSWERED, ("ada", lambda s: SurveyOpen(on=False)), ("ada", lambda s: SurveyOpen())],
    ],
    "survey.share": [
        [*ANSWERED, ("ada", lambda s: BoardBlank()), ("ada", lambda s: SurveyShare(on=False))],
        [*ANSWERED, ("ada", lambda s: AgendaMove(step=s.survey, after="")), ("ada", lambda s: SurveyShare(on=False))],
    ],
    "survey.answer": [
        [*ANSWERED[:1], ("lyon", lambda s: SurveyAnswer(answers={"ready2": 3}))],
        [*ANSWERED, ("lyon", lambda s: SurveyAnswer(answers={"ready1": 2, "ready7": "lyon@example.org"}))],
        [*ANSWERED, ("lyon", lambda s: SurveyAnswer(answers={}))],
        [*ANSWERED, ("ada", lambda s: BoardClose()), ("dakar", lambda s: SurveyAnswer(answers={"ready5": 3}))],
    ],
}
CASES = [
    pytest.param(name, example if isinstance(example, list) else [example], id=f"{name} {n}")
    for name, examples in EXAMPLES.items()
    for n, example in enumerate(examples, start=1)
]


def test_there_is_an_example_of_every_command():
    assert EXAMPLES.keys() == RULES.keys()
    assert all(EXAMPLES.values())


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keeper]:
    """A store on a SQLite file."""
    folder = tmp_path_factory.mktemp("data")
    opened = open_store(f"sqlite:///{folder}/flipchart.db", data=folder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def first_pages() -> dict[str, str]:
    """The hour is the same each time, to the byte: so are the pages that everybody opens after it."""
    return {}


@pytest.fixture
async def scene(keeper, first_pages):
    opened = Scene(keeper, first_pages=first_pages)
    opened.opens()
    await opened.happens()
    yield opened
    await opened.closes()


def records(board: Board) -> dict[Any, Record]:
    return {key(record): record for record in board.records()}


def afresh(keeper: Keeper) -> tuple[int, dict[Any, Record]]:
    loaded = keeper.load("board")
    assert loaded is not None
    return loaded.board.seq, records(loaded.board)


@pytest.mark.parametrize(("name", "acts"), CASES)
async def test_what_was_and_the_entry_are_what_the_store_holds(scene, sqlite, name, acts):
    keep_also(scene, sqlite, since=0)
    for who, command in acts:
        was, seq = records(scene.board), scene.board.seq
        await scene.does(who, command(scene))
        entry = scene.keeper.entry("board", scene.board.seq)
        if entry.what == "person.forget":
            # The one command after which what was is not kept: tests/web/test_forgetting.py holds what is.
            continue
        assert {at: was.get(at) for at in entry.after} == dict(entry.before)
        now = {at: record for at, record in (was | dict(entry.after)).items() if record is not None}
        keep_also(scene, sqlite, since=seq)
        assert records(scene.board) == now
        assert afresh(scene.keeper) == (scene.board.seq, now)
        assert afresh(sqlite) == (scene.board.seq, now)
    assert entry.what == name
    sqlite.delete("board")


def keep_also(scene: Scene, store: Keeper, *, since: int) -> None:
    """The second store is told the same entries."""
    if since == 0:
        founded = Scene(HeldKeeper()).keeper.load("board")
        store.create(founded.board, title="Our hour", code_hash="code", at=NOW)
    store.save("board", before=since, entries=scene.keeper.entries_since("board", since))


@pytest.mark.parametrize(("name", "acts"), CASES)
async def test_every_page_plus_its_frame_is_the_page_drawn_afresh(scene, name, acts):
    watchers = await scene.watches()
    for who, command in acts:
        await scene.does(who, command(scene))
        await passes(2)
    # What led there is the last act of another example.
    assert list(stale(watchers)) == []
    await answered(scene.asks("ada", BoardUndo(seq=scene.board.seq)))
    await passes(2)
    assert list(stale({name: watchers[name] for name in ("facilitator", "colleague")})) == []


async def test_every_page_plus_who_comes_and_goes_is_the_page_drawn_afresh(scene):
    watchers = await scene.watches()
    watchers["author"].tab.leaves()
    del watchers["author"]
    for person in ("quito", "rex", "nobody", "dakar"):
        scene.follows(person)
    await passes(2)
    assert list(stale(watchers)) == []


def stale(watchers: dict[str, Watcher]) -> Iterator[str]:
    """What pages show that a page drawn afresh does not, and frames that had no place on a page."""
    for name, watcher in watchers.items():
        came = watcher.takes_in()
        if "missing" in came:
            yield f"{name}: a frame had no place on the page: {watcher.tab.connection.base}"
        fresh = watcher.drawn_afresh()
        if watcher.tab.line.code is None and watcher.page is not None and fresh is not None:
            yield from (f"{name}: {line}" for line in differences(watcher.page, fresh))
