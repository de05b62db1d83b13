"""One simulated participant's device: comes through the door, asks, looks and follows, by the public contract alone."""

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

from app.rehearsal.company import Simulated
from app.rehearsal.figures import Figures, Sitting
from app.rehearsal.ways import LineClosed, Way

TRIES = 3
FOR_GOOD = (4401, 4403, 4404)
SEEN_TO_CHANGE = ('"#now"', "ballot-")


class TurnedAway(Exception):
    """The door stays closed to them, by a refusal's code and sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Visit:
    """`stirred` is set when a step changed or a ballot opened; `over` once there is no seat any more."""

    def __init__(self, way: Way, who: Simulated, figures: Figures) -> None:
        self._way, self._who, self._figures = way, who, figures
        self._device = way.device()
        self._board = ""
        self._seq, self._epoch = 0, ""
        self.stirred = asyncio.Event()
        self.over = False

    async def join(self, door: str) -> None:
        """Come in by the address of the door. Raises TurnedAway, and httpx.TransportError."""
        home = self._who.home
        typed = {
            "id": str(uuid4()),
            "name": self._who.role,
            "place": home.name,
            "place_id": home.id,
            "language": home.language,
            "simulated": True,
        }
        answer = await self._device.post(door, json=typed)
        said = _said(answer)
        if answer.status_code not in (201, 202):
            code = str(said.get("refused", answer.status_code))
            self._figures.refused[code] += 1
            raise TurnedAway(code, str(said.get("message", "There is no door at this address.")))
        self._board = str(said["board"])
        self._figures.came += 1

    async def look(self) -> Mapping[str, Any] | None:
        """The board as it is now; None when it could not be read, or there is no seat any more."""
        try:
            answer = await self._device.get(f"/api/boards/{self._board}")
        except httpx.TransportError:
            self._figures.refused["unreachable"] += 1
            return None
        if answer.status_code in (401, 403, 404):
            self.over = True
        return _said(answer) if answer.status_code == 200 else None

    async def ask(self, do: str, *, counted: bool = True, **fields: Any) -> Mapping[str, Any] | None:
        """Ask for one command: what was answered, or None when it was refused. A lost answer is asked for again.

        What changes nothing is not `counted` among what they did.
        """
        asking = {"do": do, "id": str(uuid4()), **fields}
        sent = time.monotonic()
        for _ in range(TRIES):
            try:
                answer = await self._device.post(f"/b/{self._board}/commands", json=asking)
            except httpx.TransportError:
                continue
            if answer.status_code != 503:
                return self._answered(do if counted else "", answer, sent)
        self._figures.refused["unreachable"] += 1
        return None

    def _answered(self, do: str, answer: httpx.Response, sent: float) -> Mapping[str, Any] | None:
        said = _said(answer)
        if answer.status_code != 200:
            code = str(said.get("refused", answer.status_code))
            self._figures.refused[code] += 1
            self.over = self.over or code in ("no-seat", "removed")
            return None
        if do:
            self._figures.did[do] += 1
        if do == "note.add":
            self._figures.posted.append((int(said["seq"]), sent))
        return said

    async def follow(self) -> None:
        """Hold the line until cancelled or sent away; whoever loses it comes back as a page does."""
        while not self.over:
            try:
                await self._sit()
            except LineClosed as closed:
                if closed.code in FOR_GOOD:
                    self.over = True
                    return
            await asyncio.sleep(1.0)

    async def _sit(self) -> None:
        page = await self.look()
        if page is None:
            return
        self._seq, self._epoch = self._seq or int(page["seq"]), str(page["epoch"])
        path = f"/b/{self._board}/live?since={self._seq}&epoch={self._epoch}&language={self._who.language}"
        cookies = "; ".join(f"{each.name}={each.value}" for each in self._device.cookies.jar)
        async with self._way.live(path, cookies) as texts:
            sitting = Sitting(opened=time.monotonic())
            self._figures.sittings.append(sitting)
            self._figures.here += 1
            try:
                async for text in texts:
                    self._hear(text, sitting)
            finally:
                self._figures.here -= 1

    def _hear(self, text: str, sitting: Sitting) -> None:
        frame = json.loads(text)
        if frame.get("refresh"):
            self.stirred.set()
        if "seq" in frame:
            self._seq = max(self._seq, int(frame["seq"]))
            sitting.hears(self._seq, time.monotonic())
            if any(mark in frame["content"] for mark in SEEN_TO_CHANGE):
                self.stirred.set()

    async def leave(self) -> None:
        """Give up the seat on this device."""
        try:
            await self._device.post(f"/b/{self._board}/leave")
        except httpx.TransportError:
            self._figures.refused["unreachable"] += 1
        self.over = True


def _said(answer: httpx.Response) -> dict[str, Any]:
    """The JSON of an answer; nothing when it is none."""
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
