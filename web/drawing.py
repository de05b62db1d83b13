"""Drawing: from stale parts to the markup of a frame, by the same partials that draw the page."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from app.board.audience import EVERYONE, FACILITATORS, SCREEN, Base, may_see, sees_tally
from app.board.headlined import languages
from app.board.parts import Part
from app.board.records import Ballot, Comment, Headline, Note, Step
from app.realtime.wire import Sight
from web.context import Context, own_context
from web.drawn import note_markup
from web.follow_up_drawing import FOLLOW_UP, follow_up_pieces
from web.grouped_drawing import GROUPING, Piece, card, pieces
from web.option_drawing import options_of
from web.ranks import rank
from web.views.ballots import ballot_view
from web.views.comments import comment_view
from web.views.headlines import headline_view
from web.views.notes import in_queue, in_silent_pane, note_view, on_wall, queued
from web.views.steps import step_view
from web.words import environment

WHOLE = {
    "title": "board/_title.html",
    "agenda": "board/_agenda.html",
    "timer": "board/_timer.html",
    "announcement": "board/_announcement.html",
    "spotlight": "board/_spotlight.html",
    "start": "board/_start.html",
    "here": "board/_here.html",
    "typing": "board/_typing.html",
    "now": "board/_now.html",
}
FACILITATING = {
    "run": "panel/_run.html",
    "hands": "panel/_hands.html",
    "waiting": "panel/_waiting.html",
    "people": "panel/_people.html",
    "door": "panel/_door.html",
    "invite": "board/_invite.html",
    "rehearsal": "panel/_rehearsal.html",
}
# What changes along with a part, and who is shown it.
ALONG: Mapping[str, tuple[tuple[Base, str, str], ...]] = {
    "now": (
        (FACILITATORS, "typing", "board/_typing.html"),
        (EVERYONE, "typing", "board/_typing.html"),
        (SCREEN, "typing", "board/_typing.html"),
        (FACILITATORS, "settings", "panel/_settings.html"),
        (FACILITATORS, "paused", "panel/_paused.html"),
        (SCREEN, "screen-door", "screen/_door.html"),
    ),
    "run": (
        (FACILITATORS, "panel-step", "panel/_step.html"),
        (FACILITATORS, "cues", "panel/_cues.html"),
        (FACILITATORS, "panel-stage", "panel/_stage.html"),
    ),
    "stage": ((FACILITATORS, "panel-stage", "panel/_stage.html"),),
    "page": ((FACILITATORS, "panel-turn", "panel/_turn.html"),),
    "happening": ((EVERYONE, "happening", "board/_happening.html"),),
    "agenda": (
        (SCREEN, "progress-bar", "screen/_progress.html"),
        (FACILITATORS, "note-move-step", "notes/_move_steps.html"),
    ),
    "title": ((FACILITATORS, "settings", "panel/_settings.html"), (SCREEN, "lobby-title", "screen/_lobby.html")),
    "door": ((FACILITATORS, "screen-link", "panel/_screen_link.html"),),
    "start": ((FACILITATORS, "schedule", "panel/_schedule.html"),),
}
ONLY_SCREEN = {"screen-door": "screen/_door.html"}


class Drawer:
    """Draws for `Audiences`. `context` answers what an audience may be shown of a board, in one language."""

    def __init__(self, context: Callable[[Sight, Base, str], Context]) -> None:
        self._context = context

    def shared(self, sight: Sight, parts: Collection[Part], base: Base, language: str) -> str:
        """The markup of these parts for an audience, containers first."""
        if base is Base.WAITING:
            return ""
        pen = _Pen(sight, base, language, self._context(sight, base, language))
        return "".join(piece for part in sorted(parts, key=rank) for piece in pen.draw(part))

    def own(self, sight: Sight, parts: Collection[Part], person: str, language: str) -> str:
        """The markup of what is only this person's."""
        context = {**environment(language).globals, **own_context(sight.board, person)}
        kinds = sorted({part.partition("/")[0] for part in parts}, reverse=True)
        return "".join(_partial(language, f"#{kind}", "outerMorph", f"board/_{kind}.html", context) for kind in kinds)


def _partial(language: str, target: str, swap: str, template: str, context: dict[str, Any], into: str = "") -> str:
    return _around(language, target, swap, _inside(language, template, context) if template else "", into)


def _around(language: str, target: str, swap: str, inside: str, into: str = "") -> str:
    frame: Any = environment(language).get_template("frame/_partial.html").module
    return str(frame.partial(target, swap, into, inside))


def _inside(language: str, template: str, context: dict[str, Any]) -> Markup:
    """What `render` does, without copying all of the context again for each of a frame's many small parts."""
    found = environment(language).get_template(template)
    # Every text in it was escaped by the template.
    drawn = "".join(found.root_render_func(found.new_context(context, shared=True)))
    return Markup(drawn)  # noqa: S704


class _Pen:
    """One pass for one audience in one language."""

    def __init__(self, sight: Sight, base: Base, language: str, context: Context) -> None:
        self.board, self.base, self.language = sight.board, base, language
        self.context = {**environment(language).globals, **context}
        self.here = sight.here

    def draw(self, part: Part) -> Iterator[str]:
        kind, _, id_ = part.partition("/")
        if kind in WHOLE:
            yield self._morph(f"#{kind}", WHOLE[kind])
        elif kind in FACILITATING:
            if self.base is FACILITATORS:
                yield self._morph(f"#{kind}", FACILITATING[kind])
        elif kind in ONLY_SCREEN:
            if self.base is SCREEN:
                yield self._morph(f"#{kind}", ONLY_SCREEN[kind])
        else:
            yield from self._one(kind, id_)
        yield from map(self._piece, options_of(self.board, kind, id_, self.base, self.language))
        for base, target, template in ALONG.get(kind, ()):
            if base is self.base:
                yield self._morph(f"#{target}", template)

    def _one(self, kind: str, id_: str) -> Iterator[str]:
        match kind:
            case "note":
                yield self._note(id_)
                yield from map(self._piece, card(self.board, id_, self.base))
            case "queue":
                yield from self._queue(id_)
            case "talk" | "comments" | "comment":
                yield from self._talk(kind, id_)
            case "welcome" | "gathered":
                yield from self._welcome(kind, id_)
            case "cue":
                if self.base is FACILITATORS:
                    yield self._morph("#cues", "panel/_cues.html")
            case "queues":
                if self.base is FACILITATORS:
                    yield self._morph("#queue", "panel/_queue.html")
            case "headline" | "headlines":
                yield self._headline(id_)
            case _ if kind in GROUPING:
                chooses = self.context["may_group"](id_)
                yield from map(self._piece, pieces(self.board, kind, id_, self.base, self.language, chooses=chooses))
            case _ if kind in FOLLOW_UP:
                at = self.context["clock"]
                yield from map(self._piece, follow_up_pieces(self.board, kind, id_, self.base, self.language, at))
            case "section" | "prompt" | "stage" | "page" | "wall" | "count":
                yield from self._step(kind, id_)
            case "ballots":
                for ballot in self.board.ballots(id_):
                    yield from self._ballot("ballot", ballot.id)
            case "ballot" | "tally" | "progress":
                yield from self._ballot(kind, id_)
            case _:
                return

    def _morph(self, target: str, template: str, **more: Any) -> str:
        return _partial(self.language, target, "outerMorph", template, {**self.context, **more})

    def _keyed(self, target: str, into: str, template: str, **more: Any) -> str:
        return _partial(self.language, target, "keyed", template, {**self.context, **more}, into)

    def _gone(self, target: str) -> str:
        return _partial(self.language, target, "delete", "", self.context)

    def _note(self, id_: str) -> str:
        note = self.board.get(Note, id_)
        if note is not None and on_wall(self.board, note, self.base):
            into = f"#wall-{note.step}"
        elif note is not None and in_silent_pane(self.board, note, self.base):
            into = f"#silent-wall-{note.step}"
        else:
            return self._gone(f"#note-{id_}")
        drawn = note_markup(self.language, note_view(self.board, note), on_screen=self.base is SCREEN)
        return _around(self.language, f"#note-{id_}", "keyed", drawn, into)

    def _headline(self, id_: str) -> str:
        """One of them, or how many there are."""
        headline = self.board.get(Headline, id_)
        if not id_:
            return self._morph("#headlines-head", "headlines/_head.html")
        if headline is None or not may_see(self.board, headline, self.base):
            return self._gone(f"#headline-{id_}")
        wanted = languages(self.board)
        view = headline_view(self.board, headline, self.base, self.language, self.context["clock"], wanted)
        return self._keyed(f"#headline-{id_}", "#headline-cards", "headlines/_headline.html", headline=view)

    def _talk(self, kind: str, id_: str) -> Iterator[str]:
        """What is said about notes, and how much of it there is; on a screen the latter alone."""
        if kind == "talk":
            note = self.board.get(Note, id_)
            if note is not None and (
                on_wall(self.board, note, self.base) or in_silent_pane(self.board, note, self.base)
            ):
                yield self._morph(f"#talk-{id_}", "notes/_talk.html", note=note_view(self.board, note))
        elif self.base is SCREEN:
            return
        elif kind == "comments":
            yield self._morph("#comments", "notes/_comments.html")
        else:
            yield self._comment(id_)

    def _comment(self, id_: str) -> str:
        comment = self.board.get(Comment, id_)
        if comment is None or not may_see(self.board, comment, self.base):
            return self._gone(f"#comment-{id_}")
        view = comment_view(self.board, comment)
        return self._keyed(f"#comment-{id_}", "#comments", "notes/_comment.html", comment=view)

    def _welcome(self, kind: str, code: str) -> Iterator[str]:
        """Who is gathered: as a whole, the groups of single countries, or how many they are."""
        welcome = self.context["welcomed"]()
        if kind == "welcome" and not code:
            yield self._morph("#places", "board/_places.html")
        elif welcome is None:
            return
        elif kind == "gathered":
            yield self._morph("#gathered", "board/_gathered.html")
        elif code in welcome.groups:
            more = {"code": code, "country": welcome.groups[code]}
            yield self._keyed(f"#country-{code}", "#countries", "board/_country.html", **more)
        else:
            yield self._gone(f"#country-{code}")

    def _piece(self, piece: Piece) -> str:
        if not piece.template:
            return self._gone(piece.target)
        if piece.into:
            return self._keyed(piece.target, piece.into, piece.template, **piece.context)
        return self._morph(piece.target, piece.template, **piece.context)

    def _queue(self, id_: str) -> Iterator[str]:
        if self.base is not FACILITATORS:
            return
        note = self.board.get(Note, id_)
        if note is not None and in_queue(note, self.base):
            view = note_view(self.board, note)
            yield self._keyed(f"#queue-{id_}", "#queue-list", "notes/_queued.html", note=view)
        else:
            yield self._gone(f"#queue-{id_}")
        yield self._morph("#queue-count", "panel/_queue_count.html", waiting=queued(self.board))

    def _step(self, kind: str, id_: str) -> Iterator[str]:
        view = step_view(self.board, id_, self.base, self.language)
        if view is None:
            yield self._gone(f"#section-{id_}")
            yield self._gone(f"#choice-{id_}")
            return
        if kind == "section":
            yield self._keyed(f"#section-{id_}", "#steps", "board/_section.html", step=view)
        else:
            yield self._morph(f"#{kind}-{id_}", f"board/_{kind}.html", step=view)
        if self.base is FACILITATORS and kind in ("section", "wall"):
            yield self._keyed(f"#choice-{id_}", "#choices-note", "ballots/_choice.html", step=view)
        if self.base is FACILITATORS and kind == "wall":
            yield self._morph(f"#silent-{id_}", "board/_silent.html", step=view)

    def _ballot(self, kind: str, id_: str) -> Iterator[str]:
        ballot = self.board.get(Ballot, id_)
        if ballot is None or self.board.get(Step, ballot.step) is None or not may_see(self.board, ballot, self.base):
            yield self._gone(f"#ballot-{id_}")
        elif kind != "tally" or sees_tally(self.board, ballot, self.base):
            yield from self._of_ballot(kind, ballot)

    def _of_ballot(self, kind: str, ballot: Ballot) -> Iterator[str]:
        view = ballot_view(self.board, ballot, self.base, self.here, self.language)
        if kind == "ballot":
            into = f"#ballots-{ballot.step}"
            yield self._keyed(f"#ballot-{ballot.id}", into, "ballots/_ballot.html", ballot=view)
        elif kind == "progress":
            yield self._morph(f"#progress-{ballot.id}", "ballots/_progress.html", ballot=view)
        else:
            for row in view.rows:
                target = f"#tally-{ballot.id}-{row.id}"
                yield self._morph(target, "ballots/_tally.html", ballot=view, row=row)
