"""Translations by people: who may add one, what it stands for, and how it goes."""

from app.board.parts import parts_of
from app.board.records import Translation
from app.board.translating import NoteTranslate
from tests.board.sight import on_screen, then, to_everyone
from tests.board.story import Room, Somebody, given_a_room, refused


def translates(who: Somebody, note: str, text: str = "More trees", language: str = "en", **also: int) -> None:
    who.asks(NoteTranslate(note=note, language=language, text=text, **also))


def translation(room: Room, note: str, language: str = "en") -> Translation | None:
    return room.story.board.get(Translation, f"{note}.{language}")


def test_L1_whoever_may_write_translates_a_note_that_everybody_sees():
    room = given_a_room()
    note, hidden = room.lyon.posts("Plus d’arbres"), room.lyon.posts("Moins d’arbres")
    translates(room.dakar, note)
    made = translation(room, note)
    assert made is not None
    assert (made.text, made.by, made.place) == ("More trees", room.dakar.id, "Dakar")
    room.facilitator.hides(hidden)
    with refused("unknown", what="note"):
        translates(room.facilitator, hidden)
    room.facilitator.mutes(room.dakar)
    with refused("muted"):
        translates(room.dakar, note)
    room.facilitator.blanks()
    with refused("not-now", step=room.step.id):
        translates(room.lyon, note)


def test_L2_a_note_is_not_translated_into_its_own_language_nor_into_none():
    room = given_a_room()
    note = room.lyon.posts("Plus d’arbres")
    for language in ("fr", "FR", "no language"):
        with refused("invalid", field="language"):
            translates(room.dakar, note, language=language)


def test_L3_a_translation_is_half_as_long_again_as_a_note_at_most():
    room = given_a_room(note=10)
    note = room.lyon.posts("Arbres")
    translates(room.dakar, note, "a" * 15)
    with refused("too-long", max=15):
        translates(room.dakar, note, "a" * 16)


def test_L4_anybody_improves_a_translation_and_newer_words_are_not_overwritten():
    room = given_a_room()
    note = room.lyon.posts("Plus d’arbres")
    translates(room.dakar, note)
    base = room.story.seq
    translates(room.lyon, note, "More street trees", base=base)
    with refused("changed-since", text="More street trees"):
        translates(room.dakar, note, "Many trees", base=base)
    translates(room.dakar, note, "Many trees")
    made = translation(room, note)
    assert made is not None
    assert (made.text, made.by) == ("Many trees", room.dakar.id)
    assert room.dakar.asks(NoteTranslate(note=note, language="en", text="Many trees")).records == {}


def test_L5_a_translation_of_older_words_is_known_as_such():
    room = given_a_room()
    note = room.lyon.posts("Plus d’arbres")
    base = room.story.seq
    room.lyon.edits(note, "Plus d’arbres et de bancs")
    translates(room.dakar, note, base=base)
    made = translation(room, note)
    assert made is not None
    assert made.of < room.story.note(note).text_seq
    translates(room.dakar, note, "More trees and benches", base=room.story.seq)
    made = translation(room, note)
    assert made is not None
    assert made.of == room.story.note(note).text_seq


def test_L6_its_maker_or_a_facilitator_takes_a_translation_away_by_an_empty_one():
    room = given_a_room()
    note = room.lyon.posts("Plus d’arbres")
    translates(room.dakar, note)
    with refused("not-yours"):
        translates(room.lyon, note, "")
    translates(room.dakar, note, "")
    assert translation(room, note) is None
    assert room.dakar.asks(NoteTranslate(note=note, language="en", text=" ")).records == {}
    translates(room.dakar, note)
    translates(room.facilitator, note, "")
    assert translation(room, note) is None
    room.facilitator.undoes()
    assert translation(room, note) is not None


def test_L7_a_translation_is_read_where_its_note_is_read():
    room = given_a_room()
    note = room.lyon.posts("Plus d’arbres", attribution="unpublished")
    translates(room.dakar, note)
    made = translation(room, note)
    assert made is not None
    assert then(room.lyon).may_read(made)
    assert to_everyone(room.story).may_read(made)
    assert not on_screen(room.story).may_read(made)
    room.facilitator.hides(note)
    assert not to_everyone(room.story).may_read(made)


def test_L8_no_place_stands_beside_a_translation_that_would_name_an_unnamed_author():
    room = given_a_room()
    own, others = room.lyon.posts("Arbres", attribution="anonymous"), room.lyon.posts("Bancs")
    translates(room.lyon, own)
    translates(room.dakar, own, language="es")
    room.facilitator.sets(room.step, anonymous=True)
    translates(room.dakar, others)
    made = [translation(room, own), translation(room, own, "es"), translation(room, others)]
    assert [each.place for each in made if each is not None] == ["", "Dakar", ""]


def test_L9_removing_somebody_takes_their_translations_away_too_and_undoing_it_gives_them_back():
    room = given_a_room()
    note = room.lyon.posts("Plus d’arbres")
    translates(room.dakar, note)
    room.facilitator.removes(room.dakar, hide_notes=True)
    assert translation(room, note) is None
    room.facilitator.undoes()
    assert translation(room, note) is not None


def test_L10_a_note_takes_no_more_languages_than_a_board_is_ever_held_in():
    room = given_a_room()
    note = room.lyon.posts("Arbres")
    for number in range(40):
        translates(room.dakar, note, language=f"x{chr(97 + number // 26)}{chr(97 + number % 26)}")
    with refused("too-many", max=40):
        translates(room.dakar, note)


def test_L11_a_board_takes_no_more_translations_than_its_limit_and_improves_what_it_has():
    room = given_a_room(translations=1)
    first, second = room.lyon.posts("Arbres"), room.lyon.posts("Fleurs")
    translates(room.dakar, first)
    with refused("too-many", max=1):
        translates(room.dakar, second)
    translates(room.lyon, first, "Trees, please")
    translates(room.lyon, first, "")
    translates(room.dakar, second)


def test_L7_a_translation_is_drawn_wherever_its_note_is():
    room = given_a_room()
    note = room.lyon.posts("Plus d’arbres")
    translates(room.dakar, note)
    entry = room.story.entries[-1]
    assert f"note/{note}" in parts_of(room.story.board, entry.before, entry.after)
