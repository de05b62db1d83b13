"""Files that people send, made when they are needed: good ones, and ones that were made to do harm."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

SCRIPT = b"<script>alert('canary-4f1d0b57')</script>"
# The largest prime below 2 to the 16th: what the sums at the end of a packed text are counted by.
ADLER = 65_521
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"


def image(
    kind: str = "PNG", size: tuple[int, int] = (64, 48), color: Any = "red", mode: str = "RGB", **also: Any
) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new(mode, size, color).save(out, kind, **also)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture as a browser would see it."""
    found: Image.Image = Image.open(BytesIO(content))
    found.load()
    return found


def chunk(name: bytes, content: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_header(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""
    said = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", said) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def stream(content: bytes, words: bytes = b"") -> bytes:
    """An object with bytes of its own."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (words, len(content), content)


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def pages(count: int, box: bytes = b"0 0 960 540") -> bytes:
    """So many pages, each with a grey box whose shade counts up."""
    kids = b" ".join(b"%d 0 R" % (3 + 2 * at) for at in range(count))
    body: list[bytes] = [CATALOG, b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)]
    for at in range(count):
        body.append(b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents %d 0 R>>" % (box, 4 + 2 * at))
        body.append(stream(b"%.2f g 0 0 480 540 re f" % (at / max(count, 1))))
    return pdf(*body)


def one_page(content: bytes, resources: bytes = b"", *more: bytes, words: bytes = b"") -> bytes:
    """One page that draws this, with further objects from number 5 on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 960 540]/Contents 4 0 R/Resources<<%s>>>>" % resources
    return pdf(CATALOG, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream(content, words), *more)


def with_password() -> bytes:
    """Two pages that nobody reads without a password."""
    plain = pages(2)
    locked = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"41" * 32, b"42" * 32)
    return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt %s/ID[<01><01>]" % locked)


def inflating(megabytes: int, piece: bytes = b"0 0 m 960 540 l S\n") -> bytes:
    """A page whose words unpack to that much, twice packed."""
    once = packed(piece * (2**20 // len(piece)), megabytes)
    return one_page(zlib.compress(once, 9), words=b"/Filter[/FlateDecode/FlateDecode]")


def packed(words: bytes, times: int) -> bytes:
    """What zlib makes of these words so many times over; they are packed only once."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    once = packer.compress(words) + packer.flush(zlib.Z_FULL_FLUSH)
    high, low = divmod(zlib.adler32(words), 2**16)
    one, other = 1, 0
    for _ in range(times):
        one, other = (one + low - 1) % ADLER, (other + len(words) * one + high - len(words)) % ADLER
    return b"\x78\xda" + once * times + b"\x03\x00" + struct.pack(">HH", other, one)


def laughing(levels: int = 12, times: int = 12) -> bytes:
    """Pictures within pictures, each drawn twelve times by the one around it."""
    more = []
    for at in range(levels):
        inner = b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + at) if at < levels - 1 else b""
        drawn = b"/X Do " * times if inner else b"0 0 960 540 re f"
        more.append(stream(drawn, b"/Type/XObject/Subtype/Form/BBox[0 0 960 540]" + inner))
    return one_page(b"/X Do " * times, b"/XObject<</X 5 0 R>>", *more)


def with_image(width: int, height: int) -> bytes:
    """A page with a picture in it that says it is that large, packed small."""
    rows = packed(b"\0" * (width * 3), min(height, 4_000))
    words = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8" % (width, height)
    drawn = stream(rows, words + b"/Filter/FlateDecode")
    return one_page(b"960 0 0 540 0 0 cm /X Do", b"/XObject<</X 5 0 R>>", drawn)


def nested(deep: int) -> bytes:
    """A tree of pages that goes down and down."""
    body = [CATALOG, *(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (3 + at) for at in range(deep))]
    return pdf(*body, b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 960 540]>>" % (deep + 1))


def in_a_circle() -> bytes:
    """A tree of pages that is its own branch."""
    return pdf(CATALOG, b"<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>")


def slides(*titles: str) -> bytes:
    """A presentation: one page for each title."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(titles)))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>"
    body: list[bytes] = [CATALOG, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(titles), kids), font]
    for at, title in enumerate(titles):
        words = title.encode("latin-1")
        drawn = b"1 .88 .48 rg 0 0 960 540 re f .9 .14 .23 rg 0 0 960 60 re f .09 .09 .11 rg"
        body.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 960 540]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (5 + 2 * at)
        )
        body.append(stream(drawn + b" BT /F 56 Tf 60 270 Td (%s) Tj ET" % words))
    return pdf(*body)
