"""What the log says of each command: who did what, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from web.catalogs import marked

if TYPE_CHECKING:
    from web.words import Words

__all__ = ["HAPPENINGS", "log_sentence"]


def log_sentence(words: Words, what: str, facts: Mapping[str, object]) -> str:
    """The sentence of a command such as "note.hide".

    Facts: `who` did it, `whom` it concerns (people), `title` (steps, themes, boards, places), and
    `on` for what is switched. What is missing is said without a name; an unknown command too.
    """
    switched_off = facts.get("on") is False
    english = (HAPPENINGS_UNDONE.get(what) if switched_off else None) or HAPPENINGS.get(what, _SOMETHING)
    return words.gettext(english) % {
        "who": facts.get("who") or words.gettext("Somebody"),
        "whom": facts.get("whom") or words.gettext("somebody"),
        "title": facts.get("title") or "…",
    }


_SOMETHING = marked("%(who)s changed something")

HAPPENINGS: Mapping[str, str] = MappingProxyType(
    {
        "board.make": marked("%(who)s started the board"),
        "board.rename": marked("%(who)s named the board “%(title)s”"),
        "board.lock": marked("%(who)s locked the board"),
        "board.blank": marked("%(who)s blanked the walls and the screens"),
        "board.settings": marked("%(who)s changed the settings of the board"),
        "board.announce": marked("%(who)s made an announcement"),
        "board.clear": marked("%(who)s cleared the board and kept its agenda"),
        "board.close": marked("%(who)s closed the session"),
        "board.reopen": marked("%(who)s reopened the session"),
        "board.undo": marked("%(who)s undid an action"),
        "door.set": marked("%(who)s changed who may come in"),
        "door.rotate": marked("%(who)s replaced a link"),
        "step.cue": marked("%(who)s changed what facilitators have noted for a step"),
        "spotlight": marked("%(who)s put a note in the spotlight"),
        "note.add": marked("%(who)s posted a note"),
        "note.edit": marked("%(who)s edited a note"),
        "note.color": marked("%(who)s changed the colour of a note"),
        "note.delete": marked("%(who)s deleted a note"),
        "note.restore": marked("%(who)s restored a note"),
        "note.react": marked("%(who)s reacted to a note"),
        "note.comment": marked("%(who)s commented on a note"),
        "note.translate": marked("%(who)s translated a note"),
        "note.resubmit": marked("%(who)s submitted a note again"),
        "note.move": marked("%(who)s moved a note"),
        "notes.move": marked("%(who)s moved several notes"),
        "note.merge": marked("%(who)s merged several notes"),
        "note.split": marked("%(who)s split a merged note"),
        "note.hide": marked("%(who)s hid a note"),
        "note.show": marked("%(who)s showed a note again"),
        "note.approve": marked("%(who)s approved a note"),
        "note.return": marked("%(who)s returned a note to its author"),
        "note.pin": marked("%(who)s pinned a note"),
        "note.lock": marked("%(who)s locked a note"),
        "note.mute_author": marked("%(who)s muted the author of a note"),
        "comment.delete": marked("%(who)s deleted a comment"),
        "comment.hide": marked("%(who)s hid a comment"),
        "theme.add": marked("%(who)s made the theme “%(title)s”"),
        "theme.rename": marked("%(who)s named a theme “%(title)s”"),
        "theme.delete": marked("%(who)s deleted the theme “%(title)s”"),
        "theme.move": marked("%(who)s moved the theme “%(title)s”"),
        "alike.group": marked("%(who)s made the theme “%(title)s” of several notes"),
        "alike.dismiss": marked("%(who)s said that several notes are not about the same subject"),
        "headline.add": marked("%(who)s proposed a headline"),
        "headline.edit": marked("%(who)s edited a headline"),
        "headline.withdraw": marked("%(who)s withdrew a headline"),
        "headline.restore": marked("%(who)s restored a headline"),
        "headline.cowrite": marked("%(who)s edited a headline"),
        "headline.claim": marked("%(who)s said who writes a missing version"),
        "headline.hide": marked("%(who)s hid a headline"),
        "headline.choose": marked("%(who)s chose the headline"),
        "ballot.open": marked("%(who)s opened a ballot"),
        "ballot.close": marked("%(who)s closed a ballot"),
        "ballot.reopen": marked("%(who)s opened another round of a ballot"),
        "ballot.cast": marked("%(who)s voted"),
        "ballot.cast_for": marked("%(who)s voted on behalf of people of %(title)s"),
        "ballot.retract": marked("%(who)s took a vote back"),
        "ballot.done": marked("%(who)s finished voting"),
        "agenda.go": marked("%(who)s opened the step “%(title)s”"),
        "agenda.add": marked("%(who)s added the step “%(title)s”"),
        "agenda.edit": marked("%(who)s edited the step “%(title)s”"),
        "agenda.remove": marked("%(who)s removed the step “%(title)s”"),
        "agenda.move": marked("%(who)s moved the step “%(title)s”"),
        "agenda.catch_up": marked("%(who)s brought the agenda back on time"),
        "step.settings": marked("%(who)s changed the settings of the step “%(title)s”"),
        "stage.edit": marked("%(who)s wrote on the stage of a step"),
        "stage.file": marked("%(who)s put a file on the stage of a step"),
        "stage.page": marked("%(who)s turned a page"),
        "stage.clear": marked("%(who)s cleared the stage of a step"),
        "campaign.edit": marked("%(who)s changed how the campaign looks"),
        "results.publish": marked("%(who)s published the results"),
        "campaign.logo": marked("%(who)s gave the campaign a logo"),
        "step.reveal": marked("%(who)s revealed the notes of the step “%(title)s”"),
        "timer.start": marked("%(who)s started the timer"),
        "timer.pause": marked("%(who)s paused the timer"),
        "timer.extend": marked("%(who)s gave more time"),
        "timer.stop": marked("%(who)s stopped the timer"),
        "person.join": marked("%(who)s joined the board"),
        "person.move": marked("%(who)s went on on another device"),
        "person.rename": marked("%(who)s changed a name"),
        "person.place": marked("%(who)s changed a place"),
        "person.language": marked("%(who)s changed language"),
        "person.forget": marked("%(who)s asked to be forgotten: what they wrote is erased"),
        "person.admit": marked("%(who)s let %(whom)s in"),
        "person.mute": marked("%(who)s muted %(whom)s"),
        "person.remove": marked("%(who)s removed %(whom)s from the board"),
        "person.readmit": marked("%(who)s let %(whom)s come back"),
        "person.promote": marked("%(who)s made %(whom)s a co-facilitator"),
        "person.demote": marked("%(who)s made %(whom)s a participant again"),
        "place.merge": marked("%(who)s made two places one"),
        "hand": marked("%(who)s raised a hand"),
        "action.add": marked("%(who)s added an action"),
        "action.edit": marked("%(who)s edited an action"),
        "action.done": marked("%(who)s marked an action as done"),
        "action.remove": marked("%(who)s removed an action"),
        "action.move": marked("%(who)s moved an action"),
        "feedback.edit": marked("%(who)s changed how people are reached"),
        "survey.edit": marked("%(who)s edited the survey"),
        "survey.open": marked("%(who)s opened the survey"),
        "survey.share": marked("%(who)s showed everybody the charts of the survey"),
        "survey.answer": marked("%(who)s answered the survey"),
    }
)
HAPPENINGS_UNDONE: Mapping[str, str] = MappingProxyType(
    {
        "board.lock": marked("%(who)s unlocked the board"),
        "board.blank": marked("%(who)s showed the walls and the screens again"),
        "note.react": marked("%(who)s took a reaction back"),
        "note.pin": marked("%(who)s unpinned a note"),
        "note.lock": marked("%(who)s unlocked a note"),
        "comment.hide": marked("%(who)s showed a comment again"),
        "headline.hide": marked("%(who)s showed a headline again"),
        "person.mute": marked("%(who)s let %(whom)s write again"),
        "hand": marked("%(who)s lowered a hand"),
        "action.done": marked("%(who)s marked an action as not done"),
        "survey.open": marked("%(who)s closed the survey"),
        "results.publish": marked("%(who)s closed the results to the public again"),
        "survey.share": marked("%(who)s kept the charts of the survey for facilitators"),
    }
)
