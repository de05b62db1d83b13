"""What facilitators find noted for each step of a ready-made agenda: what to say, what to watch, when to move on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["ready_cues"]

Cues = tuple[str, ...]

_FLIP_THE_SCRIPT: Mapping[str, Cues] = MappingProxyType(
    {
        "en": (
            "Greet the places by name as they appear. Say that no account is needed and that everybody may write in"
            " their own language. Begin when three quarters of those expected are here.",
            "Share your slides or links. Keep the last three minutes for questions, and ask people to raise their hand"
            " on the board.",
            "Read the question aloud. Two minutes of silence, then read a few notes. Move on when no new note has come"
            " for a minute.",
            "Ask for one concrete act in a named city. Invite the places that have not spoken yet.",
            "Ask for short sentences: what somebody can read while walking past. Read three of them aloud.",
            "Say how many dots each person has, and that the vote is secret. Close it when all those present are done,"
            " then thank everybody before you read the result.",
            "For each action: who, and by when? An action without a name is a wish. Say when you will report back.",
            "Ask for the answers now, before people leave. Say where the results will be found.",
        ),
        "fr": (
            "Saluez les villes par leur nom à mesure qu’elles apparaissent. Dites qu’aucun compte n’est nécessaire et"
            " que l’on peut écrire dans sa langue. Commencez quand les trois quarts des personnes attendues sont là.",
            "Partagez vos diapositives ou vos liens. Gardez trois minutes pour les questions et demandez de lever la"
            " main sur le tableau.",
            "Lisez la question à voix haute. Deux minutes de silence, puis lisez quelques notes. Passez à la suite"
            " quand plus aucune note n’arrive depuis une minute.",
            "Demandez un acte concret dans une ville précise. Invitez les villes qui n’ont pas encore parlé.",
            "Demandez des phrases courtes\u00a0: ce qu’on lit en passant. Lisez-en trois à voix haute.",
            "Dites combien de points chaque personne peut placer, et que le vote est secret. Fermez-le quand toutes les"
            " personnes présentes ont terminé, puis remerciez avant de lire le résultat.",
            "Pour chaque action\u00a0: qui, et pour quand\u00a0? Une action sans nom est un vœu. Dites quand vous ferez"
            " le point.",
            "Demandez de répondre maintenant, avant de partir. Dites où l’on trouvera les résultats.",
        ),
        "es": (
            "Salude a las ciudades por su nombre a medida que aparecen. Diga que no hace falta cuenta y que cada"
            " persona puede escribir en su idioma. Empiece cuando estén tres cuartas partes de las personas invitadas.",
            "Comparta sus diapositivas o enlaces. Reserve tres minutos para preguntas y pida que levanten la mano en el"
            " tablero.",
            "Lea la pregunta en voz alta. Dos minutos de silencio y después lea algunas notas. Continúe cuando lleve un"
            " minuto sin llegar ninguna nota.",
            "Pida un acto concreto en una ciudad determinada. Invite a las ciudades que aún no han hablado.",
            "Pida frases cortas: lo que se lee al pasar. Lea tres en voz alta.",
            "Diga cuántos puntos tiene cada persona y que el voto es secreto. Ciérrelo cuando hayan terminado todas las"
            " personas presentes y dé las gracias antes de leer el resultado.",
            "Para cada acción: ¿quién y para cuándo? Una acción sin nombre es un deseo. Diga cuándo informará de los"
            " avances.",
            "Pida las respuestas ahora, antes de que se marchen. Diga dónde se encontrarán los resultados.",
        ),
    }
)
_READY: Mapping[str, Mapping[str, Cues]] = MappingProxyType({"flip-the-script": _FLIP_THE_SCRIPT})


def ready_cues(template: str, language: str) -> Cues:
    """One text for each step of the template, in that language or else in English; none where none are ready."""
    cues = _READY.get(template, {})
    return cues.get(language) or cues.get("en", ())
