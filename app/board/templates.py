"""The ready-made agendas that a board can start from, in every language that ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["TEMPLATES", "Planned", "agenda", "slid_in"]

TEMPLATES = ("flip-the-script", "brainstorm-and-vote", "blank")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One step of a ready-made agenda; `minutes` is 0 for a step that has no end of its own."""

    kind: str
    minutes: int
    title: Mapping[str, str]
    prompt: Mapping[str, str]
    silent: bool = False


def agenda(template: str) -> tuple[Planned, ...]:
    """The steps of the template of that name, in order. An unknown name raises KeyError."""
    return _AGENDAS[template]


def slid_in() -> tuple[Planned, ...]:
    """The ready-made steps that lead from notes to a headline, for an agenda that has none of them, in order."""
    return (_GROUP, _HEADLINES, _VOTE)


def _in_three(*, en: str, fr: str, es: str) -> Mapping[str, str]:
    return MappingProxyType({"en": en, "fr": fr, "es": es})


_WELCOME = Planned(
    kind="talk",
    minutes=5,
    title=_in_three(en="Welcome", fr="Accueil", es="Bienvenida"),
    prompt=_in_three(
        en="Welcome! Who is with us today?",
        fr="Bienvenue\u00a0! Qui est avec nous aujourd’hui\u00a0?",
        es="¡Le damos la bienvenida! ¿Quiénes nos acompañan hoy?",
    ),
)
_CAMPAIGN = Planned(
    kind="talk",
    minutes=15,
    title=_in_three(en="The campaign", fr="La campagne", es="La campaña"),
    prompt=_in_three(
        en="Flip the Script: what the campaign seeks, and what it offers you",
        fr="Flip the Script\u00a0: ce que vise la campagne, ce qu’elle vous offre",
        es="Flip the Script: qué busca la campaña y qué le ofrece",
    ),
)
_COMMON_MESSAGES = Planned(
    kind="write",
    minutes=8,
    title=_in_three(en="Common messages", fr="Messages communs", es="Mensajes comunes"),
    prompt=_in_three(
        en="Which common messages would flip the script?",
        fr="Quels messages communs pour renverser le récit\u00a0?",
        es="¿Qué mensajes comunes darían la vuelta al relato?",
    ),
)
_YOUR_CITY = Planned(
    kind="write",
    minutes=8,
    title=_in_three(en="Your city", fr="Votre ville", es="Su ciudad"),
    prompt=_in_three(
        en="How could your city make the most of the campaign?",
        fr="Comment votre ville peut-elle tirer le meilleur parti de la campagne\u00a0?",
        es="¿Cómo puede su ciudad aprovechar al máximo la campaña?",
    ),
)
_BILLBOARD = Planned(
    kind="write",
    minutes=8,
    title=_in_three(en="Billboard", fr="Panneau", es="Valla"),
    prompt=_in_three(
        en="Imagine a campaign billboard in your city: what does it say?",
        fr="Imaginez un panneau de la campagne dans votre ville\u00a0: que dit-il\u00a0?",
        es="Imagine una valla de la campaña en su ciudad: ¿qué dice?",
    ),
)
_CHOOSE = Planned(
    kind="vote",
    minutes=6,
    title=_in_three(en="Choose", fr="Choisir", es="Elegir"),
    prompt=_in_three(
        en="Which message should be the headline?",
        fr="Quel message mettre en une\u00a0?",
        es="¿Qué mensaje debe ir en primera plana?",
    ),
)
_NEXT_STEPS = Planned(
    kind="roadmap",
    minutes=10,
    title=_in_three(en="Next steps", fr="Prochaines étapes", es="Próximos pasos"),
    prompt=_in_three(
        en="Who does what, by when, and how do we keep one another informed?",
        fr="Qui fait quoi, pour quand, et comment nous tenir informés\u00a0?",
        es="¿Quién hace qué, para cuándo, y cómo nos mantenemos al corriente?",
    ),
)
_SURVEY = Planned(
    kind="survey",
    minutes=0,
    title=_in_three(en="Survey", fr="Enquête", es="Encuesta"),
    prompt=_in_three(
        en="A few short questions about this session and its results",
        fr="Quelques brèves questions sur cette séance et ses résultats",
        es="Unas breves preguntas sobre esta sesión y sus resultados",
    ),
)
_IDEAS = Planned(
    kind="write",
    minutes=10,
    title=_in_three(en="Ideas", fr="Idées", es="Ideas"),
    prompt=_in_three(
        en="What are your ideas? One idea on each note.",
        fr="Quelles sont vos idées\u00a0? Une idée par note.",
        es="¿Cuáles son sus ideas? Una idea en cada nota.",
    ),
)
_GROUP = Planned(
    kind="group",
    minutes=8,
    title=_in_three(en="Themes", fr="Thèmes", es="Temas"),
    prompt=_in_three(
        en="Which ideas belong together?",
        fr="Quelles idées vont ensemble\u00a0?",
        es="¿Qué ideas van juntas?",
    ),
)
_HEADLINES = Planned(
    kind="headline",
    minutes=6,
    title=_in_three(en="Headlines", fr="Messages", es="Mensajes"),
    prompt=_in_three(
        en="How would you say it in one sentence?",
        fr="Comment le dire en une seule phrase\u00a0?",
        es="¿Cómo decirlo en una sola frase?",
    ),
)
_VOTE = Planned(
    kind="vote",
    minutes=6,
    title=_in_three(en="Vote", fr="Vote", es="Votación"),
    prompt=_in_three(
        en="Which message speaks for all of us?",
        fr="Quel message parle en notre nom\u00a0?",
        es="¿Qué mensaje habla en nuestro nombre?",
    ),
)
_OPEN_QUESTION = Planned(
    kind="write",
    minutes=10,
    title=_in_three(en="Ideas", fr="Idées", es="Ideas"),
    prompt=_in_three(
        en="What would you like to share?",
        fr="Que souhaitez-vous partager\u00a0?",
        es="¿Qué desea compartir?",
    ),
)
_AGENDAS: Mapping[str, tuple[Planned, ...]] = MappingProxyType(
    {
        "flip-the-script": (
            _WELCOME, _CAMPAIGN, _COMMON_MESSAGES, _YOUR_CITY, _BILLBOARD, _CHOOSE, _NEXT_STEPS, _SURVEY,
        ),
        "brainstorm-and-vote": (_IDEAS, _GROUP, _HEADLINES, _VOTE),
        "blank": (_OPEN_QUESTION,),
    }
)  # fmt: skip
