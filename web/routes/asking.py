"""A person asks: one command comes in, one answer goes out; as JSON, as a fragment for the form, or as a page."""

from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.board.asking import Refused
from app.board.deciding import ASKABLE
from app.board.keeping import Answer, OutcomeUnknown, StorageFull
from app.realtime.metering import Meter
from app.realtime.room import Room
from web.gates import in_seconds
from web.house import House, InHouse
from web.pages import board_page, person_of, words_of
from web.parsing import COMMAND_ID, Sent, Unreadable, fields_of, read_command, text_of
from web.places import chosen
from web.refusals import refusal
from web.replies import STATUS, fragment, inside, refused, see_other, wants_json
from web.seats import Seat
from web.starting import scheduled
from web.survey_pages import editor_page
from web.surveying import unfolded
from web.words import Words

routes = APIRouter()
log = structlog.get_logger()


@routes.post("/b/{board}/commands", summary="Ask for one command")
async def ask(board: str, asked: Request, house: InHouse) -> Response:
    """The command's fields as JSON or as a form; see `docs/protocol.md` for each of them."""
    seat = house.seats.read(asked, board)
    # What is decided is decided on the board as it is kept; only who gets a page for an answer needs it before.
    room = await house.room(board, fresh=not (wants_json(asked) or asked.headers.get("hx-request")))
    words = words_of(house, asked, person_of(room, seat) if room and seat else None)
    reply = Reply(house, asked, words, seat, room)
    if room is None:
        return reply.refuse("not-found", {})
    if seat is None:
        return reply.refuse("no-seat", {})
    wait = await house.gates.take(commands=seat.person, board_commands=board)
    try:
        fields = fields_of(await asked.body(), asked.headers.get("content-type", ""))
    except Unreadable:
        return reply.refuse("invalid", {"field": "body"})
    reply.fields = fields
    if wait:
        return reply.refuse("slow-down", {"seconds": in_seconds(wait)})
    return await _decided(room, seat, fields, reply)


async def _decided(room: Room, seat: Seat, fields: dict[str, Any], reply: "Reply") -> Response:
    onward = str(fields.pop("next", ""))
    try:
        sent = _read(fields, reply.house.meter)
        answer = await room.submit(seat.person, sent.command, sent.id)
    except Refused as no:
        log.info("refused", do=_known(fields.get("do")), why=no.code)
        return reply.refuse(no.code, no.facts)
    except StorageFull:
        return reply.refuse("storage-full", {})
    except OutcomeUnknown:
        return reply.refuse("unknown-outcome", {})
    return reply.accept(sent, answer, onward)


def _read(fields: dict[str, Any], meter: Meter) -> Sent:
    """Raises Refused, and counts it: no room hears of it."""
    try:
        return read_command(unfolded(scheduled(_placed(fields))))
    except Refused as no:
        meter.answered(_known(fields.get("do")), no.code)
        raise


def _known(name: object) -> str:
    """The command's name, for the log; what is no command may be anything that somebody wrote."""
    return name if isinstance(name, str) and name in ASKABLE else "unknown"


def _placed(fields: dict[str, Any]) -> dict[str, Any]:
    """The country is what the list of cities says of a place of this name, never what was sent."""
    if fields.get("do") != "person.place":
        return fields
    found = chosen(text_of(fields, "place_id"), text_of(fields, "place"))
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
        if self.by_script:
            return Response(status_code=204, headers=headers)
        home = f"/b/{self.seat.board}" if self.seat else "/"
        response = see_other(inside(onward, home) or home)
        response.headers["Flipchart-Seq"] = str(answer.seq)
        return response

    def refuse(self, code: str, facts: Mapping[str, Any]) -> Response:
        """The code and its sentence: beside the form if a script asked, else as a page with what was typed."""
        status = STATUS.get(code, 422)
        said = refusal(self.words, code, facts)
        headers = {"Cache-Control": "no-store"}
        if code == "slow-down":
            headers["Retry-After"] = str(facts["seconds"])
        if wants_json(self.asked):
            answer = {"id": self._id(), "refused": code, "message": said, "facts": dict(facts)}
            return JSONResponse(answer, status, headers=headers)
        if self.by_script:
            shown = fragment(self.house, self.asked, self.words, code, facts, status)
            shown.headers.update(headers)
            return shown
        if self.room is None or self.seat is None or person_of(self.room, self.seat) is None:
            return refused(self.house, self.asked, self.words, code, **facts)
        wrong = {"code": code, "sentence": said, "facts": dict(facts), "fields": self.fields}
        if (
            edited := editor_page(self.house, self.asked, self.room, self.seat, refused=wrong, status=status)
        ) is not None:
            return edited
        return board_page(self.house, self.asked, self.room, self.seat, refused=wrong, status=status)

    @property
    def by_script(self) -> bool:
        """Did a script send the form, and wait for a fragment?"""
        return bool(self.asked.headers.get("hx-request"))

    def _id(self) -> str | None:
        """The asker's id for it, if it was one."""
        given = self.fields.get("id")
        return given if isinstance(given, str) and COMMAND_ID.fullmatch(given) else None
