"""What is answered travels as small as whoever asks can read it, and is the same for all."""

import gzip

import brotli
import httpx2
import pytest
from starlette.datastructures import Headers

from tests.web.visiting import Session
from web.compressing import taken


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.9", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip", "gzip"),
        ("identity", ""),
        ("breve", ""),
        ("", ""),
    ],
)
def test_the_smallest_that_can_be_read_is_taken(said: str, encoding: str) -> None:
    assert taken(Headers({"accept-encoding": said})) == encoding


async def test_the_same_is_answered_in_every_encoding(session: Session) -> None:
    version = session.place.house.version
    paths = [f"/static/{version}/{each}" for each in ("js/board.js", "css/flipchart.css", "vendor/htmx-4.0.1.min.js")]
    for path in [*paths, "/openapi.json"]:
        plain, small, smallest = [await _raw(session, path, said) for said in ("identity", "gzip", "gzip, br")]
        assert len(smallest) < len(small) < len(plain)
        assert gzip.decompress(small) == brotli.decompress(smallest) == plain


async def _raw(session: Session, path: str, said: str) -> bytes:
    http = session.facilitator.http
    async with http.stream("GET", path, headers={"Accept-Encoding": said}) as answer:
        assert answer.status_code == 200
        assert answer.headers.get("content-encoding", "identity") == said.rpartition(" ")[2]
        assert "accept-encoding" in answer.headers.get("vary", "").lower()
        return await _whole(answer)


async def _whole(answer: httpx2.Response) -> bytes:
    return b"".join([piece async for piece in answer.aiter_raw()])


async def test_a_script_of_others_that_is_not_there_is_not_found(session: Session) -> None:
    answer = await session.facilitator.get(f"/static/{session.place.house.version}/vendor/else.js")
    assert answer.status_code == 404
