"""The typesetter itself: shut in, replaced when it dies or takes too long, and nobody's words are its template."""

import asyncio
from pathlib import Path

import pytest

from app.board.asking import Refused
from app.outcomes.billboards import DESIGNS, FORMATS, Billboard, sheet_of
from app.outcomes.lettering import BREAK, direction, set_words
from app.printing.press import Press


def billboard(text: str = "The street first", **other: str) -> Billboard:
    return Billboard(text=text, language="en", ground="#17181c", ink="#ffe07a", **other)


def held_to(process: int, limit: str) -> list[str]:
    """The soft and the hard limit, as the kernel tells them."""
    lines = Path(f"/proc/{process}/limits").read_text().splitlines()
    return next(line.split()[3:5] for line in lines if line.startswith(limit))


async def test_K2_the_process_can_open_nothing():
    press = Press()
    await press.print(sheet_of(billboard(), "svg"))
    running = press._process
    assert running is not None
    assert held_to(running.pid, "Max open files") == held_to(running.pid, "Max file size") == ["0", "0"]
    await press.close()
    assert running.returncode is not None


async def test_K2_a_heavy_sheet_is_given_up_in_time_and_others_are_printed():
    press = Press(patience=0.4)
    with pytest.raises(Refused, match="unprintable"):
        await press.print(sheet_of(billboard("word " * 60_000), "svg"))
    press._patience = 30.0
    assert (await press.print(sheet_of(billboard(), "svg"))).startswith(b"<svg")
    await press.close()


async def test_K2_a_process_that_is_killed_at_work_loses_one_sheet_and_no_more():
    press = Press()
    await press.print(sheet_of(billboard(), "svg"))
    running = press._process
    assert running is not None
    lost = asyncio.create_task(press.print(sheet_of(billboard("word " * 20_000), "svg")))
    next_ones = [asyncio.create_task(press.print(sheet_of(billboard(str(n)), "svg"))) for n in range(5)]
    await asyncio.sleep(0)
    running.kill()
    with pytest.raises(Refused, match="unprintable"):
        await lost
    assert all(each.startswith(b"<svg") for each in await asyncio.gather(*next_ones))
    await press.close()


@pytest.mark.parametrize(
    "text", ["W" * 140, "i", "👩🏽‍🚀" * 70, "غ" * 140, "a-" * 70, "﷽", "x " * 70, "\u0301 x \u200d"]
)
async def test_K4_whatever_is_written_every_design_holds_it(text):
    press = Press()
    for design in DESIGNS:
        for name in FORMATS:
            one = billboard(text, place=text[:80], hashtag="#" + "x" * 39, design=design, format=name)
            assert await press.print(sheet_of(one, "svg"))
    await press.close()


def test_words_are_kept_together_where_a_line_must_not_begin():
    assert set_words("17 objectifs, 1 adresse : la vôtre !") == [
        "17",
        "objectifs,",
        "1",
        "adresse\u00a0:",
        "la",
        "vôtre\u00a0!",
    ]
    assert set_words("« Oui »") == ["«\u00a0Oui\u00a0»"]
    assert set_words("Saint-Jean-de-l’Étang") == [f"Saint-{BREAK}", f"Jean-{BREAK}", f"de-{BREAK}", "l’Étang"]
    assert "".join(set_words("x" * 100)).replace(BREAK, "") == "x" * 100
    assert [direction(text) for text in ("#FlipTheScript", "«غيّروا»", "2030", "")] == ["ltr", "rtl", "ltr", "ltr"]
