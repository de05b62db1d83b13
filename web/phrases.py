"""What kinds, roles, states and rules are called, each in one word or one clear sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from web.catalogs import marked

if TYPE_CHECKING:
    from web.words import Words

__all__ = ["FAMILIES", "choices", "phrase"]


def phrase(words: Words, family: str, key: str) -> str:
    """What `key` of that family ("role", "tie-rule" …) is called; an unknown key is its own name."""
    english = FAMILIES[family].get(key)
    return words.gettext(english) if english else key


def choices(words: Words, family: str) -> list[tuple[str, str]]:
    """Every (key, what it is called) of that family, in the order in which it is offered."""
    return [(key, words.gettext(english)) for key, english in FAMILIES[family].items()]


_STEP_KINDS = {
    "talk": marked("Presentation"),
    "write": marked("Writing"),
    "group": marked("Grouping"),
    "headline": marked("Headlines"),
    "vote": marked("Voting"),
    "roadmap": marked("Roadmap"),
    "survey": marked("Survey"),
}
_FORMATS = {
    "billboard": marked("Billboard"),
    "post": marked("Post"),
    "hashtag": marked("Hashtag"),
}
_FORMATS_OVER = {
    "billboard": marked("too long to read from a car"),
    "post": marked("long for a post"),
    "hashtag": marked("long for a hashtag"),
}
_STEP_TASKS = {
    "talk": marked("Listen, and look at the stage."),
    "write": marked("Write your ideas, one on each note."),
    "group": marked("Bring together the notes that belong together."),
    "headline": marked("Write headlines together, in every language of the board."),
    "vote": marked("Vote for what matters most to you."),
    "roadmap": marked("Agree on who does what, and by when."),
    "survey": marked("Answer a few short questions."),
}
_QUESTION_KINDS = {
    "choice": marked("Choice"),
    "scale": marked("Scale from 1 to 5"),
    "text": marked("Text"),
}
_ROLES = {
    "facilitator": marked("Facilitator"),
    "cohost": marked("Co-facilitator"),
    "participant": marked("Participant"),
    "observer": marked("Observer"),
    "screen": marked("Screen"),
}
_LINKS = {
    "join": marked("To take part"),
    "facilitator": marked("To facilitate"),
    "cohost": marked("To co-facilitate"),
    "observer": marked("To observe"),
    "screen": marked("For the screen"),
}
_PERSON_STATES = {
    "here": marked("Present"),
    "waiting": marked("In the waiting room"),
    "removed": marked("Removed"),
}
_DOOR = {
    "open": marked("Open: people come straight in"),
    "waiting": marked("Waiting room: a facilitator lets people in"),
    "closed": marked("Closed: nobody new comes in"),
}
_NOTE_STATES = {
    "shown": marked("Visible to everyone"),
    "waiting": marked("Waiting for approval"),
    "returned": marked("Returned to its author"),
    "hidden": marked("Hidden"),
    "deleted": marked("Deleted"),
}
_REASONS = {
    "rephrase": marked("To be rephrased"),
    "off-topic": marked("Off the subject"),
    "personal": marked("About a person"),
    "duplicate": marked("Already said"),
    "other": marked("Another reason"),
}
_REASON_SENTENCES = {
    "rephrase": marked("The facilitators ask you to put this in other words."),
    "off-topic": marked("This does not answer the question asked. Please bring it closer to the subject."),
    "personal": marked("This is about a particular person. Please write about the subject instead."),
    "duplicate": marked("Another note already says this. You may add what is new in yours."),
    "other": marked("The facilitators ask you to look at this note again."),
}
_ATTRIBUTIONS = {
    "place": marked("With my place"),
    "anonymous": marked("Anonymous"),
    "unpublished": marked("Not for publication"),
}
_COLORS = {
    "sun": marked("Sun yellow"),
    "coral": marked("Coral pink"),
    "leaf": marked("Leaf green"),
    "sky": marked("Sky blue"),
    "lilac": marked("Lilac"),
}
_EMOJI = {
    "♥": marked("I like this"),
    "👏": marked("Well said"),
    "💡": marked("This gives me an idea"),
    "❓": marked("I have a question"),
}
_METHODS = {
    "dots": marked("Dots: everyone places a few dots"),
    "approval": marked("Approval: everyone ticks what they support"),
    "ranking": marked("Ranking: everyone puts the choices in order"),
    "consent": marked("Consent: everyone says what they could not carry"),
}
_METHOD_RULES = {
    "approval": marked("Approve of as many as you like; the most approved of comes first."),
    "ranking": marked("Best first; what is left out stands last. Every two are compared, by Schulze’s method."),
    "consent": marked("What the fewest could not carry comes first."),
}
_ONE_PER = {
    "person": marked("Each person votes."),
    "place": marked("Each place votes once: its members share one ballot."),
}
_SECRECY = {
    "secret": marked("Secret: nobody sees who voted for what."),
    "by_place": marked("By place: everyone sees how each place voted."),
    "named": marked("Named: everyone sees how each person voted."),
}
_TALLY = {
    "sealed": marked("Results stay sealed until the ballot closes."),
    "open": marked("Results show while people vote."),
}
_TIE_RULES = {
    "shared": marked("If results are equal, they share the same rank."),
    "earliest": marked("If results are equal, the one that was written first comes first."),
    "runoff": marked("If results are equal, a second round decides between them."),
    "facilitator": marked("If results are equal, the facilitators decide."),
}
_VERDICTS = {
    "none-stands": marked("None of the choices is on the board any more."),
    "nobody-voted": marked("Nobody voted."),
    "too-few": marked("Too few voted: this result does not count."),
    "nobody-chosen": marked("Nobody could carry any of the choices."),
    "all-equal": marked("All choices are equal."),
    "tied": marked("Several choices came first."),
    "alone": marked("There was no other choice."),
    "won": marked("One choice came first."),
}
_UNDECIDED = {
    "runoff": marked("A second round decides between them."),
    "facilitator": marked("The facilitators decide between them."),
}
_IN_GROUPS = {
    "dots": marked("Each number says how many dots were placed."),
    "approval": marked("Each number says how many approve."),
    "ranking": marked("Each number says how many put the choice first."),
    "consent": marked("Each number says how many can carry the choice."),
}
_BALLOT_STATES = {
    "open": marked("Voting is open"),
    "closed": marked("Voting is closed"),
}
_PACES = {
    "calm": marked("Calm: a note every ten seconds"),
    "lively": marked("Lively: twenty notes a minute"),
    "rush": marked("A rush: a note every second"),
}
_TEMPLATES = {
    "flip-the-script": marked("Flip the Script"),
    "brainstorm-and-vote": marked("Brainstorm and vote"),
    "blank": marked("Blank board"),
}
_TEMPLATE_SENTENCES = {
    "flip-the-script": marked("Three questions, a vote, a roadmap, a survey"),
    "brainstorm-and-vote": marked("Ideas, themes, headlines, vote"),
    "blank": marked("One question; you add the rest"),
}

FAMILIES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "step-kind": _STEP_KINDS,
        "format": _FORMATS,
        "format-over": _FORMATS_OVER,
        "question-kind": _QUESTION_KINDS,
        "step-task": _STEP_TASKS,
        "role": _ROLES,
        "link": _LINKS,
        "person-state": _PERSON_STATES,
        "door": _DOOR,
        "note-state": _NOTE_STATES,
        "reason": _REASONS,
        "reason-sentence": _REASON_SENTENCES,
        "attribution": _ATTRIBUTIONS,
        "color": _COLORS,
        "emoji": _EMOJI,
        "method": _METHODS,
        "method-rule": _METHOD_RULES,
        "one-per": _ONE_PER,
        "secrecy": _SECRECY,
        "tally": _TALLY,
        "tie-rule": _TIE_RULES,
        "ballot-state": _BALLOT_STATES,
        "verdict": _VERDICTS,
        "undecided": _UNDECIDED,
        "in-groups": _IN_GROUPS,
        "pace": _PACES,
        "template": _TEMPLATES,
        "template-sentence": _TEMPLATE_SENTENCES,
    }
)
