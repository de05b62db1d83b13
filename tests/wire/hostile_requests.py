"""Hostile requests: commands that make no sense, links that are none, hostile query strings, headers and files."""

import random
from typing import Any
from urllib.parse import quote

from tests.wire.corpus import Kind, Sent, World, asks, commands, request
from tests.wire.hostile_http import page

REFUSED_BODY = "422 invalid"
FORM = "application/x-www-form-urlencoded"


def body(said: bytes, *expected: str, kind: str = "application/json", headers: tuple[str, ...] = ()) -> Kind:
    """That as the body of a participant's command."""
    return lambda world, _: Sent(asks(world, said, world.somebody(), kind, *headers), expected or (REFUSED_BODY,))


def does(do: str, *expected: str, **fields: Any) -> Kind:
    """A participant's command; a field that is a function is asked for its value."""

    def kind(world: World, chance: random.Random) -> Sent:
        given = {name: value(world, chance) if callable(value) else value for name, value in fields.items()}
        return Sent(commands(world, do, **given), expected or (REFUSED_BODY,))

    return kind


def upload(said: bytes, *expected: str, who: str = "host", kind: str = "multipart/form-data; boundary=x") -> Kind:
    """That as a file for the stage."""

    def made(world: World, _: random.Random) -> Sent:
        cookie = world.host if who == "host" else world.somebody()
        path = f"/b/{world.board}/stage/{world.step}"
        return Sent(request(world, "POST", path, (f"Content-Type: {kind}",), said, cookie=cookie), expected)

    return made


def file(content: bytes, name: str = "a.png", id_: str = "abcdefgh") -> bytes:
    """A form with a file."""
    head = f'--x\r\nContent-Disposition: form-data; name="id"\r\n\r\n{id_}\r\n--x\r\nContent-Disposition: form-data; '
    return head.encode() + f'name="file"; filename="{name}"\r\n\r\n'.encode() + content + b"\r\n--x--\r\n"


def depth(_: World, chance: random.Random) -> Any:
    """Lists in lists."""
    made: Any = "x"
    for _ in range(chance.randint(20, 200)):
        made = [made]
    return made


def junk(_: World, chance: random.Random) -> str:
    """Any characters."""
    return "".join(chr(chance.choice((0, 10, 34, 60, 0x202E, 0xFFFF, 0x1F600, 0x300))) for _ in range(40))


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\x7f\xff\xff\xff" * 2 + b"\x08\x02\0\0\0" + b"\0" * 8
COMMANDS: dict[str, Kind] = {
    "no JSON": body(b"{"),
    "nothing": body(b""),
    "a list": body(b"[1, 2]"),
    "a number": body(b"1"),
    "another encoding": body('{"do": "hand"}'.encode("utf-16")),
    "no UTF-8": body(b'{"do": "hand", "id": "abcdefgh", "up": "\xff"}'),
    "depth of 10,000": body(b"[" * 10_000),
    "objects 10,000 deep": body(b'{"do":' * 10_000 + b"1" + b"}" * 10_000),
    "100,000 digits": body(b'{"do": "hand", "id": "abcdefgh", "up": ' + b"9" * 100_000 + b"}"),
    "NaN": body(b'{"do": "hand", "id": "abcdefgh", "up": NaN}'),
    "the same name twice": body(b'{"do": "hand", "do": "board.lock", "id": "abcdefgh"}', "422 only-facilitators"),
    "a name of 100 KB": body(b'{"' + b"k" * 100_000 + b'": 1}', "422 unknown"),
    "__proto__": body(b'{"__proto__": {"do": "hand"}, "id": "abcdefgh"}', "422 unknown"),
    "200 KB": body(b'"' + b"x" * 200_000 + b'"', "413 too-big"),
    "packed": body(b"\x1f\x8b\x08\0\0\0\0\0", headers=("Content-Encoding: gzip",)),
    "a form of 3,000 fields": body(b"&".join(b"a%d=1" % n for n in range(3_000)), kind=FORM),
    "a form whose name is list and text": body(b"do=hand&choices=1&choices.x=1", kind=FORM),
    "a form in parts": body(file(b"x"), kind="multipart/form-data; boundary=x"),
    "as text": body(b'{"do": "hand"}', kind="text/plain"),
    "from another site": body(b'{"do": "hand"}', "403 wrong-origin", headers=("Origin: https://elsewhere.example",)),
    "from a frame of another site": body(
        b"do=hand", "403 wrong-origin", kind=FORM, headers=("Sec-Fetch-Site: cross-site",)
    ),
    "a command that there is not": does("board.destroy", "422 unknown"),
    "a command of the door": does("person.join", "422 unknown", name="x", place="x", language="en", role="facilitator"),
    "a command of the server": does("campaign.logo", "422 unknown", file="a" * 32),
    "a command that is an object": does({"toString": "x"}, "422 unknown"),  # type: ignore[arg-type]
    "a field too few": does("note.add", text="x"),
    "a field too many": does("hand", up=True, admin=True),
    "fields in fields": does("note.add", step="x", text=depth),
    "a text for a truth": does("hand", up="perhaps"),
    "an id that is too short": body(b'{"do": "hand", "id": "x", "up": true}'),
    "an id that is a path": body(b'{"do": "hand", "id": "../../../etc", "up": true}'),
    "half a character": does("note.add", "422 empty", step=lambda w, _: w.step, text="\ud800"),
    "NUL alone": does("person.rename", "422 empty", name="\0"),
    "nothing but invisible": does("person.rename", "422 empty", name="\u200b\u2060\ufeff"),
    "any characters": does("person.place", "200", "422 empty", place=junk),
    "too long": does("person.rename", "422 too-long", name="x" * 5_000),
    "one letter of 10,000 marks": does("person.rename", "200", "422 too-long", name="e" + "\u0301" * 10_000),
    "facilitators only": does("board.close", "422 only-facilitators"),
    "another person": does("person.place", "422 only-facilitators", person="somebody", place="x"),
    "a step of another board": does("note.add", "422 unknown", step=lambda w, _: w.others_step, text="x"),
    "somebody else's note": does("note.delete", "422 not-yours", note=lambda w, _: w.notes[0]),
    "no choice": does("ballot.cast", ballot=lambda w, _: w.ballot, choices={}),
    "a choice that is none": does(
        "ballot.cast", "422 unknown", REFUSED_BODY, ballot=lambda w, _: w.ballot, choices={"note:x": 1}
    ),
    "a choice that was not offered": does(
        "ballot.cast",
        "422 unknown",
        REFUSED_BODY,
        ballot=lambda w, _: w.ballot,
        choices=lambda w, _: {f"note:{w.notes[2]}": 1},
    ),
    "more dots than there are": does(
        "ballot.cast",
        "422 too-many-on-one",
        "422 no-dots-left",
        ballot=lambda w, _: w.ballot,
        choices=lambda w, _: {f"note:{w.notes[0]}": 10**9},
    ),
    "dots below nothing": does(
        "ballot.cast", ballot=lambda w, _: w.ballot, choices=lambda w, _: {f"note:{w.notes[0]}": -5}
    ),
    "half a dot": does("ballot.cast", ballot=lambda w, _: w.ballot, choices=lambda w, _: {f"note:{w.notes[0]}": 0.5}),
    "a number beyond all": does(
        "headline.edit", "200", headline=lambda w, _: w.headline, language="en", text="x", base=2**80
    ),
    "a number from the future": does(
        "headline.edit", "200", headline=lambda w, _: w.headline, language="en", text="x", base=10**15
    ),
    "a language that is a path": does("headline.edit", headline=lambda w, _: w.headline, language="../en", text="x"),
    "by GET": page("/b/BOARD/commands?do=board.lock", "405"),
    "without a seat": page("/b/BOARD/commands", "401 no-seat", "422 invalid", method="POST", who="nobody"),
    "with another board's seat": page("/b/BOARD/commands", "401 no-seat", method="POST", who="stranger"),
}
LONG = "x" * 20_000
ADDRESSES: dict[str, Kind] = {
    "a path out of the house": page("/static/../../etc/passwd", "404", "404 not-found"),
    "the same, written otherwise": page("/static/%2e%2e/%2e%2e/etc/passwd", "404", "404 not-found"),
    "backslashes": page("/static/..%5c..%5cetc", "404", "404 not-found"),
    "NUL in a path": page("/b/%00", "404 not-found"),
    "no UTF-8 in a path": page("/b/%ff%fe", "404 not-found"),
    "a path of slashes": page("//elsewhere.example//", "404", "404 not-found"),
    "an address of the framework": page("/docs", "404", "404 not-found"),
    "a board by half its id": page("/b/a", "404 not-found"),
    "the page of another board's seat": page("/b/BOARD/people", "401 no-seat", who="stranger"),
    "what facilitators read": page("/b/BOARD/log", "403 only-facilitators"),
    "a link of noise": page("/f/" + "A" * 30, "404 stale-link"),
    "a link of another role": page("/f/LINK-join", "404", "404 not-found", "404 stale-link"),
    "a link of 20 KB": page("/j/" + LONG, "404 stale-link"),
    "a personal link of noise": page("/me/" + quote("a.b.c\0"), "404 stale-link", "404 not-found"),
    "results by a made-up link": page("/r/" + "A" * 30, "404 stale-link", "404 not-found"),
    "a code of markup": page("/join?code=%3Cscript%3E", "404 unknown-code", "429 slow-down"),
    "a code of 20 KB": page("/join?code=" + LONG, "404 unknown-code", "429 slow-down"),
    "an export that there is not": page("/b/BOARD/export.exe", "404 not-found"),
    "an export of a path": page("/b/BOARD/export.csv?table=../../etc/passwd", "404 not-found"),
    "an export of one part": page(
        "/b/BOARD/export.json", "200", headers=("Range: bytes=0-,0-,5-2,-99999999999999999999",)
    ),
    "a billboard of noise": page("/b/BOARD/billboards/HEADLINE.svg?design=%00&format=x&language=..", REFUSED_BODY),
    "a billboard of too much": page("/b/BOARD/billboards/draft.svg?words=" + LONG, "422 too-long"),
    "a billboard in no letters": page(
        "/b/BOARD/billboards/draft.svg?words=%F3%A0%81%81%F3%A0%81%82", "422 no-letters", "422 empty"
    ),
    "a billboard that is code": page(
        "/b/BOARD/billboards/draft.svg?words=%23read(%22/etc/passwd%22)&colors=%23read", "200"
    ),
    "a billboard of what there is not": page("/b/BOARD/billboards/..%2f..%2fx.pdf", "404", "404 not-found"),
    "a toolkit of 200 places": page(
        "/b/BOARD/toolkit.zip?" + "&".join(f"place=p{n}" for n in range(200)), "422 too-many", "429 slow-down"
    ),
    "a toolkit of what there is not": page(
        "/b/BOARD/toolkit.zip?headline=x&form=exe", "422 unknown", "422 invalid", "429 slow-down"
    ),
    "a replay of noise": page("/b/BOARD/replay?at=NaN&step=%00", "200"),
    "results of noise": page("/b/BOARD/results?language=%00&step=../x", "200"),
    "places of noise": page("/places?q=%00%ff" + "x" * 5_000, "200"),
    "a page as nobody": page("/b/BOARD?as=root&step[]=1", "200"),
    "a stage that is a path": page("/b/BOARD/stage/..%2f..%2fx/1", "404", "404 not-found"),
    "a page of the stage beyond all": page("/b/BOARD/stage/" + "f" * 32 + "/999999999999", "404 not-found"),
    "the stream, from another site": page("/b/BOARD/live", "403 wrong-origin", headers=("Origin: null",)),
    "the stream, after no event": page("/b/BOARD/live", "200", headers=("Last-Event-ID: " + "9" * 5_000,)),
    "the stream, by POST": page("/b/BOARD/live", "405", method="POST"),
    "the stream of a lost upgrade": page("/b/BOARD/live", "426", headers=("Sec-WebSocket-Key: x",)),
    "languages without end": page("/", "200", headers=("Accept-Language: " + "x-y;q=NaN," * 1_500,)),
    "a language that is a path": page("/", "200", headers=("Cookie: flipchart-language=../../etc",)),
    "the same cookie many times": page(
        "/b/BOARD", "200", who="nobody", headers=("Cookie: " + "; ".join(["flipchart-BOARD=x"] * 500),)
    ),
    "forwarded for everybody": page("/", "200", headers=("X-Forwarded-For: " + "1.2.3.4, " * 500, "Forwarded: for=x")),
    "forwarded from a host of markup": page(
        "/", "200", headers=("X-Forwarded-Host: <script>", "X-Forwarded-Proto: javascript")
    ),
    "if it is none of these": page("/", "200", headers=("If-None-Match: " + '"x", ' * 2_000,)),
    "an upload by a participant": upload(file(PNG), "422 only-facilitators", who="participant"),
    "an upload of nothing": upload(b"", REFUSED_BODY, "422 empty", "429 slow-down"),
    "an upload without an end": upload(file(PNG)[:-20], REFUSED_BODY, "429 slow-down", "422 damaged-file", "422 empty"),
    "an upload of no form": upload(b"x" * 100, REFUSED_BODY, "422 empty", "429 slow-down", kind="multipart/form-data"),
    "an upload of nine files": upload(file(PNG)[:-7] * 9, REFUSED_BODY, "429 slow-down"),
    "an upload that says it is 2^62 points": upload(
        file(PNG), "422 damaged-file", "422 picture-too-large", "422 wrong-file", "429 slow-down"
    ),
    "an upload that is a page": upload(file(b"<html><script>x</script>"), "422 wrong-file", "429 slow-down"),
    "an upload that draws with words": upload(
        file(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "422 wrong-file", "429 slow-down"
    ),
    "an upload whose name is a path": upload(
        file(b"GIF89a", name="../../../etc/passwd"), "422 damaged-file", "422 wrong-file", "429 slow-down"
    ),
}
REQUESTS: dict[str, Kind] = {
    **{f"command: {name}": kind for name, kind in COMMANDS.items()},
    **{f"address: {name}": kind for name, kind in ADDRESSES.items()},
}
