"""Ready-made frames: the bytes that a client of the protocol reads, made once for each text."""

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from app.listening.framing import framed, framed_with
from app.realtime.wire import END, with_own

TEXTS = ["", "a", "é" * 62, "x" * 125, "x" * 126, "x" * 65_535, "x" * 65_536, "名" * 30_000, '{"seq":1,"content":"ñ"}']


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{len(text.encode())} bytes")
def test_a_client_reads_what_was_told(text):
    client = ClientProtocol(parse_uri("ws://127.0.0.1/"), state=OPEN)
    client.receive_data(framed(text))
    (frame,) = client.events_received()
    assert isinstance(frame, Frame)
    assert (frame.opcode, frame.fin, bytes(frame.data).decode()) == (Opcode.TEXT, True, text)
    assert client.parser_exc is None


@pytest.mark.parametrize("size", [0, 60, 100, 125, 65_000, 65_534, 70_000])
@pytest.mark.parametrize("own", ["", "ñ", "own " * 20, "名" * 200])
def test_what_is_ones_own_stands_in_the_frame_of_everybody(size, own):
    text = '{"content":"' + "é" * (size // 2) + END
    assert framed_with(text, own) == framed(with_own(text, own))
    assert with_own(text, own).endswith(own + END)


def test_the_same_text_is_the_same_bytes_and_not_made_again():
    text = "x" * 1_000
    first = framed(text)
    assert framed(text) is first
    assert framed("something of one's own") != first
    assert framed(text) is first
