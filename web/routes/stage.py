"""The file on a step's stage: it comes in by a form, and is given out page by page, only ever as it was drawn anew."""

import asyncio
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import structlog
from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.responses import Response

from app.board.asking import Refused
from app.board.audience import FACILITATORS, SCREEN, Base, base_of, sees_page
from app.board.keeping import Answer, OutcomeUnknown, Page, RuleBroken, StorageFull
from app.board.records import Stage, Step
from app.board.staging import StageFile
from app.pictures.apart import MOST_OF_A_FILE, TYPE
from app.realtime.room import Room
from web.gates import address_of, in_seconds
from web.house import House, InHouse
from web.pages import person_of, words_of
from web.parsing import COMMAND_ID, Sent
from web.replies import refused
from web.routes.asking import Reply
from web.seats import Seat

routes = APIRouter()
log = structlog.get_logger()
# What the pages of all files of one board may weigh: some ten presentations of sixty pages.
MOST_OF_A_BOARD: Final = 200 * 1024 * 1024
# No script, no frame, no plugin: even opened by itself it is a picture and nothing else.
PICTURE_ONLY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"


class InMemory(MultiPartParser):
    """A form whose file lies in memory only: what was sent is on no disk, not for a moment."""

    spool_max_size = MOST_OF_A_FILE + 1


@routes.post("/b/{board}/stage/{step}", summary="Put a picture or a PDF on the stage of a step")
async def put_on_stage(board: str, step: str, asked: Request, house: InHouse) -> Response:
    """A form (`multipart/form-data`) with `file`, `id` and, if wanted, `next`; for facilitators."""
    seat, room = house.seats.read(asked, board), await house.room(board)
    person = person_of(room, seat) if room and seat else None
    reply = Reply(house, asked, words_of(house, asked, person), seat, room)
    reply.fields = {"do": "stage.file", "step": step}
    if room is None:
        return reply.refuse("not-found", {})
    if seat is None or person is None:
        return reply.refuse("no-seat", {})
    try:
        if base_of(person) is not FACILITATORS:
            raise Refused("only-facilitators")
        room.board.need(Step, step)
        if wait := await house.gates.take(uploads=board):
            raise Refused("slow-down", seconds=in_seconds(wait))
        return await _received(house, room, seat, step, asked, reply)
    except Refused as no:
        log.info("refused", do="stage.file", why=no.code)
        return reply.refuse(no.code, no.facts)
    except StorageFull:
        return reply.refuse("storage-full", {})
    except OutcomeUnknown:
        return reply.refuse("unknown-outcome", {})


async def _received(house: House, room: Room, seat: Seat, step: str, asked: Request, reply: Reply) -> Response:
    with house.gates.receiving.place(address_of(asked)) as free:
        if not free:
            raise Refused("slow-down", seconds=10)
        sent = await received(asked)
        reply.fields["id"] = sent.id
        if not COMMAND_ID.fullmatch(sent.id):
            raise Refused("invalid", field="id")
        if len(sent.source) > MOST_OF_A_FILE:
            raise Refused("file-too-big", max=MOST_OF_A_FILE // 2**20)
        if not sent.source:
            raise Refused("empty", field="file")
        kept, pages = await _kept(house, room.board.id, sent.source)
    command = StageFile(step=step, file=kept, file_name=sent.name, pages=pages)
    answer: Answer = await room.submit(seat.person, command, sent.id)
    return reply.accept(Sent(command, sent.id, reply.fields), answer, sent.onward)


@dataclass(frozen=True, slots=True)
class Upload:
    """A form with a file: the file's bytes and its name, the command's id, and where to go on to."""

    source: bytes
    name: str
    id: str
    onward: str


async def received(asked: Request) -> Upload:
    """What a form with one file holds. Raises Refused: invalid {field} for what is no such form."""
    try:
        form = await InMemory(asked.headers, asked.stream(), max_files=1, max_fields=8, max_part_size=4096).parse()
    except (MultiPartException, KeyError, ValueError):
        raise Refused("invalid", field="body") from None
    try:
        file = form.get("file")
        source, name = (await file.read(), file.filename or "") if isinstance(file, UploadFile) else (b"", "")
        return Upload(source, name, str(form.get("id", "")), str(form.get("next", "")))
    finally:
        await form.close()


async def _kept(house: House, board: str, source: bytes) -> tuple[str, int]:
    """Keep every page as it is drawn; under which name, and how many there are. The same file has the same name."""
    loop, keeper = asyncio.get_running_loop(), house.keeper
    if await loop.run_in_executor(keeper.reader, keeper.weight, board) > MOST_OF_A_BOARD:
        raise Refused("files-full", max=MOST_OF_A_BOARD // 2**20)
    file, pages = blake2b(source, digest_size=16).hexdigest(), 0
    async for drawn in house.redrawer.redraw(source):
        pages = drawn.pages
        page = Page(file=file, number=drawn.page, size=drawn.size, type=TYPE, content=drawn.content)
        try:
            await loop.run_in_executor(keeper.writer, keeper.keep_page, board, page)
        except RuleBroken:
            raise Refused("not-found") from None
    return file, pages


@routes.get("/b/{board}/stage/{file}/{page}", summary="A page of the file that a stage shows, as a picture")
async def large(board: str, file: str, page: str, asked: Request, house: InHouse) -> Response:
    """1,920 pixels at most. For who may see it now; 404 for everybody else, and once no stage shows it."""
    return await _given(house, board, file, page, "large", asked)


@routes.get("/b/{board}/stage/{file}/{page}/small", summary="The same page, half as large")
async def small(board: str, file: str, page: str, asked: Request, house: InHouse) -> Response:
    """960 pixels at most, for phones and for lists of pages."""
    return await _given(house, board, file, page, "small", asked)


async def _given(house: House, board: str, file: str, page: str, size: str, asked: Request) -> Response:
    room = await house.room(board)
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 0
    if room is None or not _shown(room, file, number, _audiences(house, room, asked)):
        return refused(house, asked, house.words(asked), "not-found")
    tag = f'"{file}-{number}-{size}"'
    headers = {
        # Kept by the browser, and never shown again without asking whether it still may be.
        "Cache-Control": "private, no-cache",
        "ETag": tag,
        "Content-Security-Policy": PICTURE_ONLY,
        "Content-Disposition": f'inline; filename="page-{number}.webp"',
    }
    if tag in asked.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    keeper = house.keeper
    found = await asyncio.get_running_loop().run_in_executor(keeper.reader, keeper.page, board, file, number, size)
    if found is None:
        return refused(house, asked, house.words(asked), "not-found")
    return Response(found.content, media_type=found.type, headers=headers)


def _audiences(house: House, room: Room, asked: Request) -> set[Base]:
    """One browser may hold a person's seat and a screen's."""
    board = room.board
    seat, screen = house.seats.read(asked, board.id), house.seats.read(asked, board.id, screen=True)
    person = person_of(room, seat) if seat else None
    found = {base_of(person)} if person else set()
    if screen is not None and board.door.generations.get("screen") == screen.generation:
        found.add(SCREEN)
    return found


def _shown(room: Room, file: str, page: int, audiences: set[Base]) -> bool:
    stages = [stage for stage in room.board.all(Stage) if stage.file == file]
    return any(sees_page(room.board, stage, page, audience) for stage in stages for audience in audiences)
