"""A session from its first note to its survey, with words in it that no report may hold."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.board.agenda import AgendaAdd
from app.board.commenting import CommentHide, NoteComment
from app.board.grouping import NotesMove
from app.board.hall import BoardRename
from app.board.notes import OnBehalf
from app.board.reacting import NoteReact
from app.board.records import Action, Answers, Campaign, Headline, Question, Record, Survey, Version, key
from app.board.theming import ThemeAdd, ThemeDelete
from app.board.translating import NoteTranslate
from app.outcomes.wording import Wording
from tests.board.story import Somebody, Story, given_a_room

# Each stands in one place that no report tells of.
CANARIES = (
    "hidden",
    "waiting",
    "silent",
    "unpublished",
    "deleted",
    "comment",
    "theme",
    "withdrawn",
    "hidden-headline",
    "removed-action",
    "answer",
    "name",
)
ARABIC = "المدن أولاً، لأنّ الناس فيها"
HOSTILE = '=HYPERLINK("x") #eval("1") $x$ \\ [a](b) <script>alert(1)</script> *b* `c`'
LONG = "Stadtentwicklungsförderungsprogrammverordnung" * 2
WORDS = Wording(
    language="fr",
    tag="fr",
    rtl=False,
    locale="fr",
    texts={"Ideas": "Idées", "Themes": "Thèmes", "Report": "Rapport", "Places": "Lieux"},
    phrases=MappingProxyType({}),
)
AS_OF = 1_790_000_000.0


def canary(where: str) -> str:
    """Words that stand in one place alone."""
    return f"xqz-{where}-zqx"


def put(story: Story, *records: Record) -> None:
    """What no command makes yet."""
    story.board.apply({key(record): record for record in records})


def told_session() -> tuple[Story, Mapping[str, str]]:
    """The board, and ids by name: notes, themes, headlines, ballots."""
    room = given_a_room()
    story, host, lyon, dakar = room.story, room.facilitator, room.lyon, room.dakar
    host.asks(BoardRename(title="Flip the “Script” / été *2026*"))
    name = story.joins("Tunis", name=canary("name"), language="ar")
    ids = {
        "first": lyon.posts("Le changement global a un code postal"),
        "hostile": dakar.posts(HOSTILE),
        "arabic": name.posts(ARABIC, language="ar"),
        "anonymous": dakar.posts("Personne ne signe", attribution="anonymous"),
        "long": dakar.posts(LONG),
        "secret": lyon.posts(canary("unpublished"), attribution="unpublished"),
        "deleted": lyon.posts(canary("deleted")),
        "hidden": lyon.posts(canary("hidden")),
    }
    ids["for"] = host.posts("Un arbre par mairie", on_behalf=OnBehalf(place="Montréal", people=40))
    host.asks(NoteComment(note=ids["first"], text="Oui, et le vôtre ?"))
    said = host.asks(NoteComment(note=ids["first"], text=canary("comment"))).made["comment"]
    host.asks(CommentHide(comment=said))
    host.asks(NoteTranslate(note=ids["first"], language="en", text="Global change has a postcode", base=story.seq))
    for who in (lyon, dakar, name):
        who.asks(NoteReact(note=ids["first"], emoji="♥"))
    lyon.deletes(ids["deleted"])
    host.hides(ids["hidden"])
    silent, approving = story.steps[3], story.steps[4]
    host.goes_to(3)
    host.sets(silent, silent=True)
    ids["silent"] = lyon.posts(canary("silent"), step=silent)
    host.goes_to(4)
    host.sets(approving, approve_first=True)
    ids["waiting"] = lyon.posts(canary("waiting"), step=approving)
    _grouped(story, host, ids)
    _voted(story, host, (lyon, dakar), ids)
    _followed(story, host, ids)
    return story, ids


def _grouped(story: Story, host: Somebody, ids: dict[str, str]) -> None:
    step = host.asks(AgendaAdd(kind="group", title={"fr": "Thèmes"}, minutes=5, after=story.steps[4].id)).made["step"]
    ids["theme"] = host.asks(ThemeAdd(step=step, title="Le local d’abord")).made["theme"]
    gone = host.asks(ThemeAdd(step=step, title=canary("theme"))).made["theme"]
    host.asks(NotesMove(notes=(ids["first"], ids["arabic"], ids["secret"], ids["hidden"]), theme=ids["theme"]))
    host.asks(ThemeDelete(theme=gone))


def _voted(story: Story, host: Somebody, voters: tuple[Somebody, ...], ids: dict[str, str]) -> None:
    """One ballot over notes and one over headlines, both closed, and one that is open."""
    host.goes_to(6)
    over = ids["first"], ids["arabic"], ids["hostile"]
    ids["dots"] = host.opens_a_ballot(*over, title="Quel message ?")
    for who in voters:
        who.votes(ids["dots"], **{ids["first"]: 1, ids["arabic"]: 1})
    host.votes_for("Montréal", 40, ids["dots"], **{ids["first"]: 40})
    host.closes(ids["dots"])
    ids["consent"] = host.opens_a_ballot(*over, title="Qui peut le porter ?", method="consent", secrecy="by_place")
    refs = [f"note:{note}" for note in over]
    voters[0].chooses(ids["consent"], {refs[0]: 1, refs[1]: -1}, reasons={refs[1]: "Trop long pour nous"})
    host.closes(ids["consent"])
    ids["ranking"] = host.opens_a_ballot(*over, method="ranking")
    voters[0].chooses(ids["ranking"], (refs[2], refs[0]))
    host.closes(ids["ranking"])
    ids["open"] = host.opens_a_ballot(*over, title="Encore ouvert")
    voters[0].votes(ids["open"], **{ids["hostile"]: 1})


def _followed(story: Story, host: Somebody, ids: dict[str, str]) -> None:
    """Headlines, what comes next, and what was answered."""
    origin = (f"theme:{ids['theme']}", f"note:{ids['first']}", f"note:{ids['secret']}")
    put(story, *_headline("h1", {"fr": "Le changement a un code postal", "ar": ARABIC}, origin=origin))
    put(story, *_headline("h2", {"en": "Our streets first"}, origin=(f"note:{ids['hidden']}",)))
    put(story, *_headline("h3", {"fr": canary("withdrawn")}, state="withdrawn"))
    put(story, *_headline("h4", {"fr": canary("hidden-headline")}, state="hidden"))
    put(story, Campaign(hashtag="#CodePostal", chosen="h1", contact="suite@exemple.org", link="https://exemple.org"))
    put(story, _action("a1", "Adapter le kit en 6 langues", owner="Ville de Lyon", due="2026-03-15"))
    put(story, _action("a2", "=1+1", state="done"), _action("a3", canary("removed-action"), state="removed"))
    options = ({"fr": "Oui", "en": "Yes"}, {"fr": "Non", "en": "No"})
    put(story, Survey(state="closed", shared=True))
    put(story, Question(id="q1", order="a", kind="choice", text={"fr": "Utile ?"}, options=options))
    put(story, Question(id="q2", order="b", kind="text", text={"fr": "Autre chose ?"}))
    put(story, Question(id="q3", order="c", kind="scale", text={"fr": "Et le rythme ?"}, options=options))
    for who in ("lyon", "dakar", canary("name")):
        put(story, Answers(id=who, person=who, given={"q1": "1", "q2": canary("answer"), "q3": "4"}))


def _headline(id_: str, texts: Mapping[str, str], **more: Any) -> tuple[Record, ...]:
    shared = {"by": "lyon", "place": "Lyon", "seq": 1}
    versions = [
        Version(id=f"{id_}.{tag}", headline=id_, language=tag, text=text, at=2.0, text_seq=1, **shared)
        for tag, text in texts.items()
    ]
    return Headline(id=id_, country="FR", order=id_, created_at=2.0, **{**shared, **more}), *versions


def _action(id_: str, text: str, **more: str) -> Action:
    return Action(id=id_, text=text, by="lyon", place="Lyon", order=id_, created_at=2.0, seq=1, text_seq=1, **more)
