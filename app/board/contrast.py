"""Which ink can be read on which ground; colours are "#rrggbb"."""

import re

# WCAG 2.2, 1.4.3: text of any size.
READABLE = 4.5
DARK, LIGHT, BLACK = "#17181c", "#ffffff", "#000000"

_COLOR = re.compile(r"#[0-9a-f]{6}")


def is_color(text: str) -> bool:
    """Is it a colour as it is kept: "#" and six small hexadecimal digits?"""
    return bool(_COLOR.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """From 1 to 21: the ratio of WCAG 2.2 between two colours, whichever is the lighter."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_ink(ground: str, ink: str = "") -> str:
    """The ink itself if it can be read on that ground, else light or dark; one of these can, on any ground."""
    inks = [each for each in (ink, DARK, LIGHT, BLACK) if each and contrast(ground, each) >= READABLE]
    return inks[0] if ink in inks else max(inks, key=lambda each: (each != BLACK, contrast(ground, each)))


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
