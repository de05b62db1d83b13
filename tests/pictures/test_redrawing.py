"""What people send is drawn anew, whatever it is: only pixels come of it, soon, and within limits."""

import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.board.asking import Refused
from app.pictures.apart import Drawn, Redrawer
from app.pictures.redrawing import MEMORY, SIDES
from tests.pictures import files

ROOT = Path(__file__).resolve().parents[2]
AT_MOST = 10.0


async def redrawn(source: bytes, **how: float) -> list[Drawn]:
    return [drawn async for drawn in Redrawer(**how).redraw(source)]


async def one(source: bytes) -> Image.Image:
    """The picture that comes of a file with one page."""
    large, small = await redrawn(source)
    assert (large.size, small.size) == ("large", "small")
    assert files.opened(large.content).format == "WEBP"
    return files.opened(large.content)


async def why_not(source: bytes, **how: float) -> tuple[str, dict[str, object]]:
    """The refusal, which comes soon."""
    began = time.monotonic()
    with pytest.raises(Refused) as answer:
        await redrawn(source, **how)
    assert time.monotonic() - began < AT_MOST
    return answer.value.code, dict(answer.value.facts)


def near(pixel: tuple[int, ...], color: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(pixel, color, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
async def test_a_picture_of_each_kind_is_drawn_whatever_it_is_called(kind):
    made = await one(files.image(kind))
    assert made.size == (64, 48)
    assert near(made.getpixel((30, 20)), (255, 0, 0))


async def test_a_large_picture_comes_in_two_sizes():
    drawn = await redrawn(files.image("JPEG", (4000, 3000)))
    assert [files.opened(each.content).size for each in drawn] == [(1920, 1440), (960, 720)]


async def test_what_shines_through_becomes_white():
    made = await one(files.image(mode="RGBA", color=(0, 0, 0, 0)))
    assert near(made.getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize(("mode", "color"), [("L", 128), ("P", 3), ("1", 1), ("LA", (128, 255)), ("I;16", 32_768)])
async def test_pictures_of_every_make_are_drawn(mode, color):
    assert (await one(files.image(mode=mode, color=color))).mode == "RGB"


async def test_a_picture_for_the_press_is_drawn_for_the_screen():
    assert near((await one(files.image("JPEG", mode="CMYK", color=(0, 255, 255, 0)))).getpixel((5, 5)), (255, 0, 0))


async def test_a_picture_stands_upright_and_tells_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "canary-4f1d0b57"
    exif.get_ifd(0x8825)[1] = "N"
    sent = files.image("JPEG", (300, 200), exif=exif, comment=b"canary-4f1d0b57")
    large, _ = await redrawn(sent)
    made = files.opened(large.content)
    assert made.size == (200, 300)
    assert (dict(made.getexif()), made.info.get("icc_profile")) == ({}, None)
    assert b"canary" in sent
    assert b"canary" not in large.content


async def test_of_a_film_the_first_picture_is_drawn():
    out = BytesIO()
    Image.new("RGB", (20, 20), "blue").save(
        out, "GIF", save_all=True, append_images=[Image.new("RGB", (20, 20), "red")] * 3, duration=100
    )
    assert near((await one(out.getvalue())).getpixel((5, 5)), (0, 0, 255))


async def test_a_pdf_is_drawn_page_by_page():
    drawn = await redrawn(files.pages(3))
    assert [(each.page, each.pages, each.size) for each in drawn] == [
        (number, 3, size) for number in (1, 2, 3) for size in SIDES
    ]
    third = files.opened(drawn[4].content)
    assert third.size == (1920, 1080)
    assert near(third.getpixel((100, 500)), (171, 171, 171))
    assert near(third.getpixel((1900, 500)), (255, 255, 255))


async def test_what_is_drawn_is_light_enough_for_a_whole_room():
    sent = BytesIO()
    Image.effect_mandelbrot((1920, 1080), (-2.0, -1.2, 1.0, 1.2), 100).convert("RGB").save(sent, "PNG")
    large, small = await redrawn(sent.getvalue())
    assert len(large.content) <= 250 * 1024
    assert len(small.content) < len(large.content)


@pytest.mark.parametrize(
    "source",
    [b"", b"\0" * 10, b"hello", files.SVG, b"<html>" + files.SCRIPT, b"PK\x03\x04" + b"\0" * 50, b"MZ" + b"\0" * 99],
    ids=["nothing", "zeros", "words", "svg", "html", "zip", "program"],
)
async def test_what_is_no_picture_and_no_pdf_is_refused(source):
    assert await why_not(source) == ("wrong-file", {})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
async def test_a_picture_that_ends_too_soon_is_refused(kind):
    noise = BytesIO()
    Image.effect_noise((200, 200), 80).convert("RGB").save(noise, kind)
    for share in (0.02, 0.6):
        whole = noise.getvalue()
        assert await why_not(whole[: int(len(whole) * share)]) == ("damaged-file", {})


async def test_a_pdf_that_ends_too_soon_or_has_no_page_is_refused():
    assert (await why_not(files.pages(3)[:60]))[0] == "damaged-file"
    assert (await why_not(b"%PDF-1.7\n"))[0] == "damaged-file"
    assert (await why_not(files.pages(0)))[0] == "damaged-file"


async def test_a_picture_of_40_000_by_40_000_is_refused_before_it_is_unpacked():
    assert await why_not(files.png_header(40_000, 40_000)) == ("picture-too-large", {"max": 64})
    assert await why_not(files.png_header(2**31 - 1, 2**31 - 1)) == ("picture-too-large", {"max": 64})


async def test_a_pdf_with_a_password_says_so():
    assert await why_not(files.with_password()) == ("protected-file", {})


@pytest.mark.parametrize("count", [61, 20_000])
async def test_a_pdf_with_too_many_pages_is_refused_before_any_is_drawn(count):
    assert await why_not(files.pages(count)) == ("too-many-pages", {"max": 60})


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(lambda: files.inflating(60), id="a page of three million lines"),
        pytest.param(lambda: files.inflating(2_000, b" "), id="two gigabytes of nothing"),
        pytest.param(lambda: files.laughing(), id="pictures in pictures"),
    ],
)
async def test_a_pdf_that_was_made_to_take_for_ever_is_given_up(source):
    assert await why_not(source()) == ("damaged-file", {})


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(lambda: files.pages(1, b"0 0 100000000 100000000"), id="a page as large as a country"),
        pytest.param(lambda: files.pages(1, b"0 0 14400 1"), id="a page as long as a street"),
        pytest.param(lambda: files.pages(1, b"0 0 0 0"), id="a page without a size"),
        pytest.param(lambda: files.pages(1, b"-1e38 -1e38 1e38 1e38"), id="a page without an end"),
        pytest.param(lambda: files.with_image(40_000, 40_000), id="a picture of 40,000 by 40,000"),
        pytest.param(lambda: files.nested(20_000), id="a deep tree"),
        pytest.param(files.in_a_circle, id="a tree in a circle"),
    ],
)
async def test_a_pdf_that_is_out_of_all_measure_is_drawn_small_or_refused_but_soon(source):
    began = time.monotonic()
    try:
        drawn = await redrawn(source())
    except Refused as no:
        assert no.code == "damaged-file"
    else:
        assert max(files.opened(drawn[0].content).size) <= SIDES["large"]
    assert time.monotonic() - began < AT_MOST


POLYGLOTS = {
    "a gif that is a page": files.image("GIF") + b"\n" + files.SCRIPT,
    "a jpeg that is a program": files.image("JPEG") + b"/*" + files.SCRIPT + b"*/",
    "a png that is an archive": files.image("PNG") + b"PK\x05\x06" + files.SCRIPT + b"\0" * 18,
    "a pdf that is a page": files.SCRIPT + files.pages(1),
}


@pytest.mark.parametrize("source", POLYGLOTS.values(), ids=POLYGLOTS)
async def test_of_a_file_that_is_two_things_only_its_pixels_are_left(source):
    drawn = await redrawn(source)
    assert all(files.opened(each.content).format == "WEBP" for each in drawn)
    assert not any(b"canary" in each.content or b"script" in each.content for each in drawn)


async def test_whoever_comes_next_is_served_after_one_that_was_given_up():
    redrawer = Redrawer(patience=0.01)
    with pytest.raises(Refused):
        [drawn async for drawn in redrawer.redraw(files.pages(60))]
    redrawer = Redrawer()
    async for _ in redrawer.redraw(files.pages(5)):
        break
    assert len([drawn async for drawn in redrawer.redraw(files.pages(1))]) == 2


CONFINED = """
import socket, sys
from app.pictures import redrawing
redrawing.confine()
def tried(act):
    try:
        act()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
print(tried(lambda: open("/etc/hostname")), tried(socket.socket), tried(lambda: bytearray({memory})))
"""


def test_the_program_opens_no_file_and_no_socket_and_takes_no_more_memory():
    asked = [sys.executable, "-c", CONFINED.format(memory=MEMORY)]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["OSError", "OSError", "MemoryError"]
