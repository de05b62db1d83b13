"""A person asks: one command comes in, one answer goes out; as JSON, as a fragment for the form, or as a page."""

from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.asking import Refused
from app.board.keeping import Answer, OutcomeUnknown, StorageFull
from app.realtime.room import Room
from web.house import House, InHouse
from web.pages import board_page, person_of, words_of
from web.parsing import Sent, Unreadable, fields_of, read_command
from web.places import lookup
from web.replies import STATUS, page, see_other, sentence, wants_json
from web.seats import Seat
from web.words import Words

routes = APIRouter()
log = structlog.get_logger()


@routes.post("/b/{board}/commands", summary="Ask for one command")
async def ask(board: str, asked: Request, house: InHouse) -> Response:
    """The command's fields as JSON or as a form; see `docs/protocol.md` for each of them."""
    seat = house.seats.read(asked, board)
    room = await house.rooms.find(board)
    words = words_of(house, asked, person_of(room, seat) if room and seat else None)
    reply = Reply(house, asked, words, seat, room)
    if room is None:
        return await reply.refuse("not-found", {})
    if seat is None:
        return await reply.refuse("no-seat", {})
    wait = house.gates.commands.take(seat.person) or house.gates.board_commands.take(board)
    if wait:
        return await reply.refuse("slow-down", {"seconds": max(1, round(wait))})
    try:
        fields = fields_of(await asked.body(), asked.headers.get("content-type", ""))
    except Unreadable:
        return await reply.refuse("invalid", {"field": "body"})
    reply.fields = fields
    return await _decided(room, seat, fields, reply)


async def _decided(room: Room, seat: Seat, fields: dict[str, Any], reply: "Reply") -> Response:
    onward = fields.pop("next", "")
    try:
        sent = read_command(_placed(fields))
        answer = await room.submit(seat.person, sent.command, sent.id)
    except Refused as refused:
        log.info("refused", do=str(fields.get("do"))[:40], code=refused.code)
        return await reply.refuse(refused.code, refused.facts)
    except StorageFull:
        return await reply.refuse("storage-full", {})
    except OutcomeUnknown:
        return await reply.refuse("unknown-outcome", {})
    return reply.accept(sent, answer, onward)


def _placed(fields: dict[str, Any]) -> dict[str, Any]:
    """The country is what the list of cities says of the place, never what was sent."""
    if not str(fields.get("do", "")).startswith("person.place"):
        return fields
    found = lookup(str(fields.get("place_id", "")))
    return {**fields, "place_id": found.id if found else "", "country": found.code if found else ""}


class Reply:
    """Answers in the way that was asked in."""

    def __init__(self, house: House, asked: Request, words: Words, seat: Seat | None, room: Room | None) -> None:
        self.house, self.asked, self.words, self.seat, self.room = house, asked, words, seat, room
        self.fields: dict[str, Any] = {}

    def accept(self, sent: Sent, answer: Answer, onward: str) -> Response:
        """200 with JSON, 204 for a form sent by a script, 303 for a plain one; always with the seq."""
        headers = {"Flipchart-Seq": str(answer.seq), "Cache-Control": "no-store"}
        if wants_json(self.asked):
            made = {"made": dict(answer.made)} if answer.made else {}
            return JSONResponse({"id": sent.id, "seq": answer.seq, **made}, headers=headers)
        if self.asked.headers.get("hx-request"):
            return Response(status_code=204, headers=headers)
        board = self.seat.board if self.seat else ""
        inside = onward.startswith(f"/b/{board}/") or onward.startswith((f"/b/{board}?", f"/b/{board}#"))
        response = see_other(onward if inside and "\\" not in onward else f"/b/{board}")
        response.headers["Flipchart-Seq"] = str(answer.seq)
        return response

    async def refuse(self, code: str, facts: Mapping[str, Any]) -> Response:
        """The code and its sentence: beside the form if a script asked, else as a page with what was typed."""
        status = STATUS.get(code, 422)
        said = sentence(self.words, code, facts)
        headers = {"Cache-Control": "no-store"}
        if code == "slow-down":
            headers["Retry-After"] = str(facts["seconds"])
        if wants_json(self.asked):
            answer = {"id": self.fields.get("id"), "refused": code, "message": said, "facts": dict(facts)}
            return JSONResponse(answer, status, headers=headers)
        if self.asked.headers.get("hx-request"):
            return self._fragment(code, said, facts, status, headers)
        if self.room is None or self.seat is None:
            return page(self.house, self.asked, self.words, "refused.html", {"code": code, "facts": facts}, status)
        wrong = {"code": code, "sentence": said, "facts": dict(facts), "fields": self.fields}
        return board_page(self.house, self.asked, self.room, self.seat, refused=wrong, status=status)

    def _fragment(
        self, code: str, said: str, facts: Mapping[str, Any], status: int, headers: dict[str, str]
    ) -> Response:
        shown = page(
            self.house,
            self.asked,
            self.words,
            "refusals/_refusal.html",
            {"code": code, "sentence": said, "facts": dict(facts)},
            status,
        )
        shown.headers.update(headers)
        return shown
