"""The program that draws a picture or a PDF anew, in a process of its own that can open nothing and ends in time.

Standard input is what was sent. Standard output is, for each page and size, a line of JSON and then so many bytes; or a
line that says why not. Whatever goes wrong in a decoder ends the process, and that is an answer as well.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from io import BytesIO
from math import isfinite
from typing import Any, BinaryIO, Final, NoReturn

import pypdfium2
from PIL import Image, ImageCms, ImageOps, MpoImagePlugin
from pypdfium2 import PdfiumError

MEMORY: Final = 1024 * 1024 * 1024
SECONDS_A_PAGE: Final = 6
SECONDS_IN_ALL: Final = 120
MOST_PAGES: Final = 60
MEGAPIXELS: Final = 64
SIDES: Final = {"large": 1920, "small": 960}
# A whole room fetches a page at once: the first of these that makes it small enough is taken.
QUALITIES: Final = (82, 68, 50)
WEIGHT: Final = 250 * 1024
FORMATS: Final = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "WEBP"}
NEEDS_PASSWORD: Final = 4


def confine() -> None:
    """Give up what a decoder that was led astray would need: memory, time, and every file and socket to come."""
    os.nice(10)
    # macOS reserves hundreds of gigabytes for each process, and refuses to be asked for less.
    with suppress(ValueError, OSError) if sys.platform == "darwin" else nullcontext():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    another_page()


def warm_up() -> None:
    """Draw a point of each kind: much is loaded when it is first needed, and later there is nothing to load it from."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in (*FORMATS.values(), MpoImagePlugin.MpoImageFile.format):
        point = BytesIO()
        Image.new("RGB", (2, 1)).save(point, kind, icc_profile=profile)
        encoded(_smaller(_picture(point.getvalue(), "JPEG" if kind == "MPO" else kind), 1))


def another_page() -> None:
    """So many seconds more, and never more than all: then the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + SECONDS_A_PAGE
    resource.setrlimit(resource.RLIMIT_CPU, (min(until, SECONDS_IN_ALL), SECONDS_IN_ALL))


def refuse(code: str, **facts: int) -> NoReturn:
    """Say why not, and end."""
    sys.stdout.buffer.write(json.dumps({"refused": code, "facts": facts}).encode() + b"\n")
    sys.stdout.buffer.flush()
    raise SystemExit(0)


def drawn(source: bytes) -> Iterator[tuple[int, Image.Image]]:
    """How many pages there are, with each of them in turn: what it is told by its first bytes, never by its name."""
    kind = next((kind for begins, kind in FORMATS.items() if source.startswith(begins)), "")
    if kind:
        yield 1, _picture(source, kind)
    elif b"%PDF-" in source[:1024]:
        yield from _pages(source)
    else:
        refuse("wrong-file")


def _picture(source: bytes, kind: str) -> Image.Image:
    # Ours is the only limit, and it is asked before anything is decoded.
    Image.MAX_IMAGE_PIXELS = None
    found: Image.Image = Image.open(BytesIO(source), formats=(kind,))
    if found.width * found.height > MEGAPIXELS * 1_000_000:
        refuse("picture-too-large", max=MEGAPIXELS)
    found.draft("RGB", (SIDES["large"], SIDES["large"]))
    found.load()
    if found.mode.startswith("I;16"):
        found = found.point(lambda value: value / 256).convert("L")
    profile = found.info.get("icc_profile")
    upright = ImageOps.exif_transpose(_smaller(_on_white(found), SIDES["large"]))
    return _in_srgb(upright, profile)


def _on_white(found: Image.Image) -> Image.Image:
    """What shines through would be dark on a dark page, and writing on it could not be read."""
    if not found.has_transparency_data:
        return found if found.mode in ("RGB", "CMYK", "L") else _plain(found.convert("RGB"), found)
    sheet = Image.new("RGBA", found.size, "white")
    sheet.alpha_composite(found.convert("RGBA"))
    return _plain(sheet.convert("RGB"), found)


def _plain(made: Image.Image, found: Image.Image) -> Image.Image:
    made.getexif().update(found.getexif())
    return made


def _in_srgb(found: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(found, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except ImageCms.PyCMSError:
            return found.convert("RGB")
        if turned is not None:
            return turned
    return found.convert("RGB")


def _smaller(found: Image.Image, side: int) -> Image.Image:
    found.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return found


def _pages(source: bytes) -> Iterator[tuple[int, Image.Image]]:
    try:
        paper = pypdfium2.PdfDocument(source)
    except PdfiumError as error:
        if error.err_code == NEEDS_PASSWORD:
            refuse("protected-file")
        raise
    if len(paper) > MOST_PAGES:
        refuse("too-many-pages", max=MOST_PAGES)
    for at in range(len(paper)):
        yield len(paper), _page(paper[at])


def _page(page: Any) -> Image.Image:
    width, height = page.get_size()
    if not (isfinite(width) and isfinite(height) and min(width, height) > 0):
        raise ValueError("a page without a size")
    # A page as long as a street is drawn as long as the others.
    bitmap = page.render(scale=SIDES["large"] / max(width, height), may_draw_forms=False)
    made: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return _smaller(made, SIDES["large"])


def encoded(made: Image.Image) -> bytes:
    """The pixels as WebP, and nothing else: no profile, no place, no camera."""
    clean = Image.frombytes("RGB", made.size, made.tobytes())
    for quality in QUALITIES:
        out = BytesIO()
        clean.save(out, "WEBP", quality=quality, method=3)
        if out.tell() <= WEIGHT:
            break
    return out.getvalue()


def redraw(source: bytes, out: BinaryIO) -> None:
    """Write every page in every size, each as soon as it is drawn."""
    for number, (pages, made) in enumerate(drawn(source), start=1):
        for size, side in SIDES.items():
            content = encoded(_smaller(made, side))
            said = {"page": number, "pages": pages, "size": size, "bytes": len(content)}
            out.write(json.dumps(said).encode() + b"\n" + content)
        out.flush()
        another_page()


if __name__ == "__main__":
    sent = sys.stdin.buffer.read()
    warm_up()
    confine()
    redraw(sent, sys.stdout.buffer)
