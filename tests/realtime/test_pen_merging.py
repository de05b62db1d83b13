"""What was typed into words that others changed meanwhile is done to theirs, word by word."""

import pytest

from app.realtime.pen_merging import MOST_WORDS, merged


@pytest.mark.parametrize(
    ("before", "after", "now", "came"),
    [
        ("a b c", "a b c", "x", "x"),
        ("a b c", "a b c d", "a b c", "a b c d"),
        ("a b c", "a b c d", "a b c d", "a b c d"),
        ("A B C", "xA B Cy", "A Z C", "xA Z Cy"),
        ("Une ville", "Une ville enfin", "Une grande ville", "Une grande ville enfin"),
        ("日本!A town that breathes?", "日本!A town that breathes? now", "A town that sings", "A town that sings now"),
        ("one two", "one", "one two three", "one three"),
        ("", "hello", "bye", "hellobye"),
        ("x", "", "y", "y"),
        ("日本語", "日本新語", "日語", "日新語"),
        ("سلام عليكم", "سلام عليكم 😀", "السلام عليكم", "السلام عليكم 😀"),
    ],
)
def test_what_was_typed_is_done_to_the_words_that_are_there(before: str, after: str, now: str, came: str) -> None:
    assert merged(before, after, now) == came


def test_more_words_than_can_be_compared_at_once_lose_nothing() -> None:
    words = "a b " * MOST_WORDS
    assert merged(words, words + "c", "d " + words) in ("d " + words + "c", words + "c" + "d " + words)
