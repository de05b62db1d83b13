"""The press prints for the whole server: in turn, in time, the same sheet once, whatever happens to its process."""

import asyncio
import sys

import pytest

from app.board.asking import Refused
from app.printing.coverage import uncovered
from app.printing.kept import Kept
from app.printing.press import Press, Wrong
from app.printing.sheet import Sheet

# Programs that stand where the typesetter stands, one for each thing that may happen to it.
SAYING = "sys.stdout.buffer.write(b'{\"bytes\": %d}\\n' % len(line) + line); sys.stdout.buffer.flush()"
ECHO = f"import sys\nfor line in sys.stdin.buffer: {SAYING}"
SILENT = "import sys\nfor line in sys.stdin.buffer: pass"
DYING = "import sys\nsys.stdin.readline()\nprint('{\"bytes\": 100}')"
BOASTING = "import sys\nfor line in sys.stdin: print('{\"bytes\": 99999999999}', flush=True)"
RAVING = "import sys\nfor line in sys.stdin: print('what?', flush=True)"
ONCE = f"import sys; line = sys.stdin.buffer.readline(); {SAYING}"


def press(program: str, **how: float) -> Press:
    return Press(program=(sys.executable, "-c", program), **how)


def sheet(text: str = "a") -> Sheet:
    return Sheet("none", {"text": text}, "svg")


async def why_not(asking: Press, asked: Sheet) -> str:
    with pytest.raises(Refused) as answer:
        await asking.print(asked)
    return answer.value.code


async def test_K1_who_asks_gets_what_the_typesetter_made():
    printing = press(ECHO)
    assert await printing.print(sheet()) == sheet().order()
    await printing.close()


async def test_K1_the_same_sheet_is_printed_once_for_all_who_ask():
    printing = press(ONCE)
    assert len({*await asyncio.gather(*(printing.print(sheet()) for _ in range(20)))}) == 1
    # Its process has ended: what comes now is what was kept.
    assert await printing.print(sheet()) == sheet().order()
    await printing.close()


@pytest.mark.parametrize("program", [DYING, BOASTING, RAVING])
async def test_K2_what_goes_wrong_in_the_process_is_an_answer(program):
    printing = press(program)
    assert await why_not(printing, sheet()) == "unprintable"
    await printing.close()


async def test_K2_a_sheet_that_takes_too_long_is_given_up_and_the_next_one_is_printed():
    printing = press(SILENT, patience=0.05)
    assert await why_not(printing, sheet()) == "unprintable"
    printing._program, printing._patience = (sys.executable, "-c", ECHO), 30.0
    assert await printing.print(sheet("b")) == sheet("b").order()
    await printing.close()


async def test_K2_a_process_that_has_ended_is_replaced():
    printing = press(ONCE)
    assert await printing.print(sheet("a")) == sheet("a").order()
    running = printing._process
    assert running is not None
    await running.wait()
    assert await printing.print(sheet("b")) == sheet("b").order()
    await printing.close()


async def test_K2_when_too_many_wait_the_next_one_is_told_to_come_back():
    printing = press(SILENT, waiting=2)
    first = [asyncio.create_task(printing.print(sheet(text))) for text in "ab"]
    await asyncio.sleep(0)
    assert await why_not(printing, sheet("c")) == "slow-down"
    # Who asks for what is being printed waits with the others.
    same = asyncio.create_task(printing.print(sheet("a")))
    await asyncio.sleep(0)
    assert not same.done()
    await printing.close()
    assert all(
        isinstance(each, asyncio.CancelledError) for each in await asyncio.gather(*first, same, return_exceptions=True)
    )


async def test_K2_who_leaves_takes_nobodys_sheet_with_them():
    printing = press(ECHO)
    leaving = asyncio.create_task(printing.print(sheet("a")))
    staying = [asyncio.create_task(printing.print(sheet(text))) for text in "ab"]
    await asyncio.sleep(0)
    leaving.cancel()
    assert await asyncio.gather(*staying) == [sheet("a").order(), sheet("b").order()]
    assert leaving.cancelled()
    await printing.close()


async def test_what_is_wrong_with_a_template_is_told_to_whoever_writes_it():
    printing = Press()
    with pytest.raises(Refused) as answer:
        await printing.print(Sheet("no-such-template", {}, "svg"))
    assert isinstance(answer.value.__cause__, Wrong)
    await printing.close()


def test_K1_what_was_not_asked_for_longest_makes_room():
    kept = Kept(40)
    for name in ("a", "b", "c", "d"):
        kept.keep(name, bytes(10))
    assert kept.find("a") is not None
    kept.keep("e", bytes(10))
    assert [name for name in "abcde" if kept.find(name) is not None] == ["a", "c", "d", "e"]
    assert kept.weight == 40
    kept.keep("f", bytes(11))
    assert kept.find("f") is None, "one print never pushes out most others"


@pytest.mark.parametrize(
    "text",
    [
        "Łódź, Đà Nẵng, İzmir",
        "Πάτρα · Київ · Алматы",
        "غيّروا العالم ٢٠٣٠",
        "שלום",
        "नमस्ते",
        "👩🏽‍🚀 ❤️ 🇸🇳 1️⃣",
        "«“—…”» 50 % №",
    ],
)
def test_K3_these_scripts_have_letters(text):
    assert uncovered(text) == ""


def test_K3_what_has_no_letters_is_named_once():
    assert uncovered("東京 Tokyo 東 서울") == "東京서울"
