"""Ready-made frames: the bytes that a client of the protocol reads, made once for each text."""

import pytest
from websockets.client import ClientProtocol
from websockets.exceptions import NegotiationError
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from app.listening.deflating import LEAST, LEAST_OWN, MOST_STORED, Deflating, deflated, deflated_with
from app.listening.framing import framed, framed_with
from app.realtime.wire import END, with_own

TEXTS = ["", "a", "é" * 62, "x" * 125, "x" * 126, "x" * 65_535, "x" * 65_536, "名" * 30_000, '{"seq":1,"content":"ñ"}']
OWN = ["", "ñ", "own " * 20, "名" * 200, "mine " * LEAST_OWN]


def read(frame: bytes, *, inflates: bool = False) -> str:
    """What a client makes of it."""
    client = ClientProtocol(parse_uri("ws://127.0.0.1/"), state=OPEN)
    if inflates:
        client.extensions = [PerMessageDeflate(True, True, 15, 15)]
    client.receive_data(frame)
    (event,) = client.events_received()
    assert client.parser_exc is None
    assert isinstance(event, Frame)
    assert (event.opcode, event.fin) == (Opcode.TEXT, True)
    return bytes(event.data).decode()


def everybodys(size: int) -> str:
    """A frame of the wire with so many bytes of content; no two places in it are alike for long."""
    return '{"content":"' + "".join(f"é{number}" for number in range(size // 4))[:size] + END


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{len(text.encode())} bytes")
def test_a_client_reads_what_was_told(text):
    assert read(framed(text)) == text
    assert read(deflated(text), inflates=True) == text


@pytest.mark.parametrize("size", [0, 60, 100, 125, 65_000, 65_534, 70_000])
@pytest.mark.parametrize("own", OWN, ids=len)
def test_what_is_ones_own_stands_in_the_frame_of_everybody(size, own):
    text = '{"content":"' + "é" * (size // 2) + END
    assert framed_with(text, own) == framed(with_own(text, own))
    assert with_own(text, own).endswith(own + END)


@pytest.mark.parametrize("size", [0, LEAST - 20, LEAST + 20, 5_000, 300_000])
@pytest.mark.parametrize("own", [*OWN, "".join(map(chr, range(256, 2_256))), "x" * (MOST_STORED + 10)], ids=len)
def test_what_is_ones_own_is_put_behind_what_was_deflated_for_everybody(size, own):
    text = everybodys(size)
    assert read(deflated(text), inflates=True) == text
    assert read(deflated_with(text, own), inflates=True) == with_own(text, own)


def test_own_bytes_longer_than_a_stored_block_are_read(monkeypatch):
    monkeypatch.setattr("app.listening.deflating.LEAST_OWN", 10 * MOST_STORED)
    text, own = everybodys(5_000), "名" * MOST_STORED
    assert read(deflated_with(text, own), inflates=True) == with_own(text, own)


def test_how_long_a_message_is_tells_nothing_of_what_its_parts_have_in_common():
    text = everybodys(20_000)
    known, unknown = text[5_000:6_000], text[5_000:6_000].translate({ord("é"): "è"})
    assert len(deflated_with(text, known)) == len(deflated_with(text, unknown))


def test_markup_is_a_fraction_as_long():
    text = (
        '{"content":"'
        + "".join(
            f'<li id="note-{number}" class="note"><p>Word {number * 7919}</p><button name="do" value="react">'
            for number in range(60)
        )
        + END
    )
    assert len(deflated(text)) < len(framed(text)) / 5


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ([], "agreed"),
        ([("client_max_window_bits", None)], "agreed"),
        ([("client_max_window_bits", "10")], "agreed"),
        ([("client_no_context_takeover", None), ("server_no_context_takeover", None)], "agreed"),
        ([("server_max_window_bits", "15")], "agreed"),
        ([("server_max_window_bits", "10")], "not agreed"),
    ],
    ids=str,
)
def test_nothing_is_kept_between_messages_and_a_smaller_window_is_not_agreed_to(asked, answered):
    try:
        said, agreed = Deflating().process_request_params(asked, [])
    except NegotiationError:
        assert answered == "not agreed"
        return
    assert answered == "agreed"
    assert {"server_no_context_takeover", "client_no_context_takeover"} <= {name for name, _ in said}
    assert not hasattr(agreed, "encoder")
    assert not hasattr(agreed, "decoder")


def test_what_the_server_sends_by_itself_goes_as_it_is():
    _, agreed = Deflating().process_request_params([], [])
    frame = Frame(Opcode.BINARY, b"a stroke of the pen" * 100)
    assert agreed.encode(frame) is frame


def test_the_same_text_is_the_same_bytes_and_not_made_again():
    for made in (framed, deflated):
        text = "x" * 1_000 + END
        first = made(text)
        assert made(text) is first
        assert made("something of one's own") != first
        assert made(text) is first
