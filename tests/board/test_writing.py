"""What a person writes comes back as they wrote it; what could deceive or deface does not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.board.writing import MARKS_PER_CHARACTER, count, fold, is_blank, tidy

WORDS_OF_REAL_PEOPLE = [
    "Müller",
    "Łukasz",
    "Tromsø",
    "Nguyễn Thị Ánh",
    "São Paulo — « déjà vu »",
    "Quels messages communs\u00a0? Et après\u202f!",
    "مرحبا بالعالم",
    "السَّلَامُ عَلَيْكُمْ",
    "می‌خواهم",
    "שָׁלוֹם",
    "हिन्दी में क्षेत्र",
    "ශ්‍රී ලංකා",
    "กรุงเทพมหานคร น้ำ",
    "ភ្នំពេញ",
    "서울특별시",
    "葛󠄀城市",
    "東京、ガーナ",
    "O’Brien d'Arc",
    "👨‍👩‍👧‍👦",
    "👩🏽‍❤️‍💋‍👨🏿",
    "🏳️‍🌈 🇸🇳 🏴󠁧󠁢󠁳󠁣󠁴󠁿 1️⃣ #️⃣ ❤️‍🔥",
]


@pytest.mark.parametrize("text", WORDS_OF_REAL_PEOPLE)
def test_names_and_words_of_real_people_stay_as_they_are(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", 0),
        ("Lyon", 4),
        ("Müller", 6),
        ("Mu\u0308ller", 6),
        ("Nguyễn", 6),
        ("👨‍👩‍👧‍👦", 1),
        ("👩🏽‍❤️‍💋‍👨🏿", 1),
        ("👋🏿👋", 2),
        ("🇫🇷🇸🇳", 2),
        ("🇫🇷🇸", 2),
        ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", 1),
        ("1️⃣2", 2),
        ("☎️", 1),
        ("각", 1),
        ("\u1100\u1161\u11a8", 1),
        ("서울", 2),
        ("क्षेत्र", 2),
        ("हिन्दी", 2),
        ("ශ්‍රී", 2),
        ("กำน้ำ", 2),
        ("مرحبا", 5),
        ("السَّلَامُ", 6),
        ("می‌خواهم", 7),
        ("葛󠄀城", 2),
        ("a\r\nb", 3),
        ("a\nb", 3),
    ],
)
def test_a_character_is_what_a_person_counts(text: str, seen: int) -> None:
    assert count(text) == seen


def test_a_novel_does_not_hide_in_one_character() -> None:
    assert count("\U0001f468" + "\u200d\U0001f468" * 100) > 10
    assert count("का" + "\u093e" * 1000) > 60


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Lyon \t et\n Dakar ", "Lyon et Dakar"),
        ("e\u0301te\u0301", "été"),
        ("a\x00b\x07c\x1bd\x7fe", "abcde"),
        ("abc\u202egnp.exe\u202c", "abcgnp.exe"),
        ("a\u2066b\u2067c\u2068d\u2069e\u200ef\u200f", "abcdef"),
        ("pay\u200bpal\ufeff\u00ad\u2060", "paypal"),
        ("a\ud800b\udfffc", "abc"),
        ("a\ufdd0b\uffffc\U0010ffff", "abc"),
        ("pay\u200dpal pay\u200cpal", "paypal paypal"),
        ("a\ufe0fb\ufe0f", "ab"),
        ("x\U000e0067\U000e0062\U000e007f", "x"),
        ("\u0301accent without a letter", "accent without a letter"),
        ("ㅤ\u3164\u115f", ""),
        ("récit\u00a0\u00a0\u00a0?", "récit ?"),
        ("one\u3000two\u2003three", "one two three"),
    ],
)
def test_what_a_reader_cannot_see_is_removed(written: str, kept: str) -> None:
    assert tidy(written) == kept


def test_at_most_four_marks_stay_on_one_character() -> None:
    tower = "x" + "\u0323\u0301\u0302\u0303\u0489" * 30
    marks = [char for char in tidy(tower) if unicodedata.combining(char) or char == "\u0489"]
    assert len(marks) == MARKS_PER_CHARACTER


def test_lines_stay_only_where_they_are_asked_for() -> None:
    written = " First \r\n\r\n\n\n second\u2028third  "
    assert tidy(written, lines=True) == "First\n\nsecond\nthird"
    assert tidy(written) == "First second third"


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=[]), max_size=60))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert tidy(tidy(text, lines=True), lines=True) == tidy(text, lines=True)


JOINERS_MARKS_AND_TAGS = (
    "a1 \n\u0301\u0323\u0489\u200c\u200d\ufe0f\u20e3🏴👩🏿🇫سक\u094d\u093f\u1039\U000e0067\U000e007f"
)


@given(st.text(alphabet=JOINERS_MARKS_AND_TAGS, max_size=30))
def test_tidying_twice_is_tidying_once_where_joiners_and_marks_meet(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_a_text_of_plain_letters_is_tidied_as_it_would_be_beside_an_emoji() -> None:
    for point in range(0x3100):
        written = f"a{chr(point)}b."
        assert tidy(f"{written}🙂") == f"{tidy(written)}🙂", ascii(written)


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=[]), max_size=60))
def test_tidy_text_can_be_stored_and_is_normal(text: str) -> None:
    kept = tidy(text)
    kept.encode("utf-8")
    assert unicodedata.is_normalized("NFC", kept)
    assert count(kept) <= len(kept)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b\u200d", "\u3164", "\u2800\u2800", "\u00a0", "\u0301"])
def test_text_that_leaves_no_ink_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "0", "🇸🇳", "ا", "1️⃣"])
def test_text_that_leaves_ink_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łódź", "lodz"),
        ("Tromsø", "TROMSO"),
        ("Straße", "STRASSE"),
        ("São  Paulo ", "sao paulo"),
        ("İstanbul", "istanbul"),
        ("Đà Nẵng", "da nang"),
        ("Cœur", "coeur"),
        ("d’Ivoire", "d'ivoire"),
        ("السَّلَام", "السلام"),
    ],
)
def test_spellings_that_differ_by_case_and_accents_compare_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("कि", "कु"), ("が", "か"), ("กา", "กำ"), ("Lyon", "Lion")])
def test_words_that_differ_by_a_letter_do_not_compare_alike(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_a_folded_text_folds_to_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)
