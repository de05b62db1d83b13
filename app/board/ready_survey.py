"""The ready-made survey about a session and its results, in every language that ships."""

from collections.abc import Mapping

from app.board.records import Question

Texts = Mapping[str, str]


def _in_three(*, en: str, fr: str, es: str) -> Texts:
    return {"en": en, "fr": fr, "es": es}


_NOT_AT_ALL = _in_three(en="Not at all", fr="Pas du tout", es="Nada")
_VERY_MUCH = _in_three(en="Very much", fr="Tout à fait", es="Totalmente")
_NOT_USEFUL = _in_three(en="Not useful", fr="Pas utile", es="Nada útil")
_VERY_USEFUL = _in_three(en="Very useful", fr="Très utile", es="Muy útil")

READY: tuple[Question, ...] = (
    Question(
        id="ready1",
        order="01",
        kind="scale",
        text=_in_three(
            en="How useful was this session for your work?",
            fr="Cette séance vous a-t-elle été utile dans votre travail\u00a0?",
            es="¿Le ha resultado útil esta sesión para su trabajo?",
        ),
        options=(_NOT_USEFUL, _VERY_USEFUL),
    ),
    Question(
        id="ready2",
        order="02",
        kind="scale",
        text=_in_three(
            en="Does the chosen headline say what your city or region wants to say?",
            fr="Le message choisi dit-il ce que votre ville ou votre région souhaite dire\u00a0?",
            es="¿El mensaje elegido dice lo que su ciudad o región quiere decir?",
        ),
        options=(_NOT_AT_ALL, _VERY_MUCH),
    ),
    Question(
        id="ready3",
        order="03",
        kind="choice",
        text=_in_three(
            en="Will your city or region use the campaign?",
            fr="Votre ville ou votre région utilisera-t-elle la campagne\u00a0?",
            es="¿Utilizará su ciudad o región la campaña?",
        ),
        options=(
            _in_three(en="Yes, as it is", fr="Oui, telle quelle", es="Sí, tal como está"),
            _in_three(en="Yes, adapted to us", fr="Oui, en l’adaptant", es="Sí, adaptándola"),
            _in_three(en="Not decided yet", fr="Ce n’est pas encore décidé", es="Aún no está decidido"),
            _in_three(en="No", fr="Non", es="No"),
        ),
    ),
    Question(
        id="ready4",
        order="04",
        kind="choice",
        several=True,
        text=_in_three(
            en="What would help you most to use it?",
            fr="Qu’est-ce qui vous aiderait le plus à l’utiliser\u00a0?",
            es="¿Qué le ayudaría más a utilizarla?",
        ),
        options=(
            _in_three(
                en="Billboards and cards in our languages",
                fr="Des panneaux et des visuels dans nos langues",
                es="Vallas y piezas gráficas en nuestros idiomas",
            ),
            _in_three(
                en="Examples from other cities", fr="Des exemples d’autres villes", es="Ejemplos de otras ciudades"
            ),
            _in_three(
                en="Somebody who answers our questions",
                fr="Un interlocuteur pour répondre à nos questions",
                es="Una persona que responda a nuestras preguntas",
            ),
            _in_three(
                en="A mandate from our council",
                fr="Un mandat de notre assemblée",
                es="Un mandato de nuestro gobierno local",
            ),
        ),
    ),
    Question(
        id="ready5",
        order="05",
        kind="scale",
        text=_in_three(
            en="Were you able to make your voice heard?",
            fr="Avez-vous pu faire entendre votre voix\u00a0?",
            es="¿Ha podido hacer oír su voz?",
        ),
        options=(_NOT_AT_ALL, _VERY_MUCH),
    ),
    Question(
        id="ready6",
        order="06",
        kind="text",
        text=_in_three(
            en="What is missing from the message or from the roadmap?",
            fr="Que manque-t-il au message ou à la feuille de route\u00a0?",
            es="¿Qué falta en el mensaje o en la hoja de ruta?",
        ),
    ),
    Question(
        id="ready7",
        order="07",
        kind="text",
        text=_in_three(
            en="May we contact you about what comes next? If so, please leave an address.",
            fr="Pouvons-nous vous contacter pour la suite\u00a0? Si oui, veuillez laisser une adresse.",
            es="¿Podemos contactarle sobre los próximos pasos? En tal caso, indique una dirección.",
        ),
    ),
)
