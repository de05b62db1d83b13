"""Which parts of a page are everybody's, drawn once for all who are shown them, and which are its reader's alone."""

from typing import Final

from jinja2 import pass_context
from jinja2.runtime import Context as Page
from markupsafe import Markup

from app.board.audience import EVERYONE, Base
from app.board.board import Board
from app.board.claiming import is_held
from app.board.headlined import languages
from app.board.records import Ballot, Claim, Headline
from app.outcomes.roadmap import today_of
from app.realtime.history import History
from web.context import Context
from web.kept import FURNITURE, Drawn, Kept, drawn, furniture
from web.views.headlines import offered
from web.words import included

# What is on the board, as an audience sees it: it changes with entries alone, and not with what is only told.
STEADY: Final = frozenset({"board/_agenda.html", "board/_happening.html", "board/_steps.html", "notes/_comments.html"})
# What these may be drawn from. Of who is here, of the clock, of links and of any one person they are given nothing.
GIVEN: Final = frozenset(
    {
        "ballots",
        "board",
        "choices_of",
        "comments",
        "current",
        "dismissed",
        "drafts",
        "drawn",
        "facilitates",
        "feedback",
        "grouping",
        "grouping_rows",
        "headlines",
        "headlines_standing",
        "languages_offered",
        "limits",
        "look_back",
        "may_group",
        "measures_of",
        "mine",
        "moment",
        "most_of_a_reason",
        "my_actions",
        "my_given",
        "my_ticks",
        "now",
        "on_screen",
        "on_stage",
        "reasons_of",
        "refused",
        "roadmap",
        "steps",
        "survey",
        "timer",
        "wall",
    }
)
# What is told when people come, go and are changed, and of each what is their own.
COMING: Final = frozenset({"here", "people", "hands", "waiting"})
ONES_OWN: Final = "mine/"
# Steps are marked as their reader's where these have something in them; else they are shown as to everybody.
MARKED: Final = "board/_steps.html"
OWN: Final = ("note_ids", "headline_ids", "action_ids", "tick_ids", "given", "votes", "look_back")


class Parts:
    """The parts that one page asks for by `kept(template)`: its audience's where they are the same for its reader."""

    def __init__(self, kept: Kept, board: Board, history: History, base: Base, language: str, shared: Context) -> None:
        """`shared` is what everybody of the audience is shown now, without anything of the reader."""
        self._kept, self._board, self._history = kept, board, history
        self._base, self._language, self._shared = base, language, shared

    @pass_context
    def __call__(self, page: Page, template: str) -> Markup:
        """The markup that including the template in the page would give."""
        if page["refused"]["code"]:
            return included(page, template)
        if template in FURNITURE:
            return self._furniture(page, template).filled(page["command_id"])
        if template in STEADY and self._base is EVERYONE and (template != MARKED or self._is_everybodys(page)):
            return self._steady(template, writes=page["writes"]).filled(page["command_id"])
        return included(page, template)

    def _furniture(self, page: Page, template: str) -> Drawn:
        return furniture(
            template,
            self._language,
            board=self._board.id,
            facilitates=page["facilitates"],
            writes=page["writes"],
            limits=page["limits"],
            languages=page["languages"],
            offered=tuple(offered(self._board)),
        )

    def _is_everybodys(self, page: Page) -> bool:
        """Of an open ballot everybody has an order of their own, and is told how many are here."""
        voting = any(ballot.state == "open" for ballot in self._board.all(Ballot))
        return not voting and not any(page[name] for name in OWN)

    def _steady(self, template: str, *, writes: bool) -> Drawn:
        def draw() -> Drawn:
            given = {name: self._shared[name] for name in GIVEN}
            return drawn(self._language, template, {**given, "writes": writes})

        at = self._board.id, self._base, self._language, writes, template
        return self._kept.drawn(at, self._moment(), self._board.seq, stands=self._stands, draw=draw)

    def _moment(self) -> tuple[object, ...]:
        """Which life the board is in; what time alone changes in what is on it, and who came: see `_stands`.

        Days pass, claims end, and headlines are wanted in the languages of who is here.
        """
        board, now = self._board, self._shared["clock"]
        held = tuple(each.id for each in board.all(Claim) if is_held(each, now))
        wanted = tuple(languages(board)) if board.count(Headline) else ()
        return board.epoch, today_of(board, now), held, wanted

    def _stands(self, since: int) -> bool:
        """Whether open pages were told nothing since then but who came, which none of these parts shows."""
        stale = self._history.stale_since(self._board, since)
        return stale is not None and all(part in COMING or part.startswith(ONES_OWN) for part in stale)
