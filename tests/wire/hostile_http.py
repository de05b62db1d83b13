"""Broken HTTP: what is no request, or two at once, or never ends."""

import random

from tests.wire.corpus import Kind, Sent, World, request

NO_BODY = "closed"


def whole(said: bytes, *expected: str, halves: bool = False, apart: bool = False) -> Kind:
    """Those bytes and nothing else; PORT is the server's, BOARD the board's id."""

    def kind(world: World, _: random.Random) -> Sent:
        named = said.replace(b"PORT", str(world.server.port).encode()).replace(b"BOARD", world.board.encode())
        return Sent(named, expected, halves=halves, apart=apart)

    return kind


def page(path: str, *expected: str, method: str = "GET", who: str = "", headers: tuple[str, ...] = ()) -> Kind:
    """An address; BOARD and the names of links stand for what they are. `who`: "host", "stranger", "nobody"."""

    def kind(world: World, _: random.Random) -> Sent:
        cookie = {"host": world.host, "stranger": world.stranger, "nobody": ""}.get(who) if who else world.somebody()
        where = path.replace("BOARD", world.board).replace("HEADLINE", world.headline)
        for name, link in world.links.items():
            where = where.replace(f"LINK-{name}", link)
        return Sent(request(world, method, where, headers, cookie=cookie or ""), expected)

    return kind


GET = b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n"
POST = b"POST /language HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n"

HTTP: dict[str, Kind] = {
    "http: no request": whole(b"\0\1\2\3\r\n\r\n", "400"),
    "http: TLS where there is none": whole(b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + b"\0" * 60, "400"),
    "http: another protocol": whole(b"SSH-2.0-x\r\n\r\n", "400"),
    "http: the preface of HTTP/2": whole(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"),
    "http: a version that there is not": whole(b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", "400"),
    "http: a method that there is not": whole(b"FROB / HTTP/1.1\r\nHost: x\r\n\r\n", "400"),
    "http: TRACE": page("/", "403 wrong-origin", "405", method="TRACE"),
    "http: CONNECT": whole(
        b"CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400", "404", "405"
    ),
    "http: DELETE of a board": page("/b/BOARD", "405", method="DELETE", who="host"),
    "http: a header without a colon": whole(GET + b"nonsense\r\n\r\n", "400"),
    "http: a header with NUL": whole(GET + b"X: a\0b\r\n\r\n", "400"),
    "http: a folded header": whole(GET + b"X: a\r\n b\r\n\r\n", "200", "400"),
    "http: a name with a space": whole(GET + b"X Y: a\r\n\r\n", "400"),
    "http: two lengths": whole(POST + b"Content-Length: 1\r\nContent-Length: 7\r\n\r\nx", "400"),
    "http: a length and pieces": whole(
        POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"
    ),
    "http: pieces by another name": whole(
        POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "400", "422 invalid", "403 wrong-origin", "501"
    ),
    "http: a piece of no size": whole(POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n", "400"),
    "http: a piece of 2^64": whole(POST + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx", "400"),
    "http: a negative length": whole(POST + b"Content-Length: -1\r\n\r\n", "400"),
    "http: a length of letters": whole(POST + b"Content-Length: 0x10\r\n\r\n", "400"),
    "http: half a body": whole(POST + b"Content-Length: 50\r\n\r\nlang", NO_BODY, "422 invalid", halves=True),
    "http: half a header": whole(GET, NO_BODY, halves=True),
    "http: a byte at a time": whole(GET + b"\r\n", "200", apart=True),
    "http: a header of 100 KB": whole(GET + b"X: " + b"x" * 100_000 + b"\r\n\r\n", "431"),
    "http: 1,000 headers": whole(
        GET + b"".join(b"X-%d: %s\r\n" % (n, b"x" * 30) for n in range(1_000)) + b"\r\n", "431"
    ),
    "http: cookies of 40 KB": whole(GET + b"Cookie: a=" + b"x" * 40_000 + b"\r\n\r\n", "431"),
    "http: an address of 40 KB": whole(
        b"GET /" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "431"
    ),
    "http: no host": whole(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "200", "400"),
    "http: two hosts": whole(GET + b"Host: elsewhere.example\r\n\r\n", "200", "400"),
    "http: a host that is markup": page("/", "200", headers=('Host: "><script>x</script>',)),
    "http: somebody else's address": whole(
        b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "200", "404"
    ),
    "http: half an upgrade to HTTP/2": whole(GET + b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n", "200"),
    "http: waits to be asked for more": whole(
        POST + b"Expect: 100-continue\r\nContent-Length: 9000000\r\n\r\n", "413 too-big", "403 wrong-origin"
    ),
    "http: a request in a request": whole(
        POST + b"Content-Length: 2\r\n\r\nxxGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "303"
    ),
}
