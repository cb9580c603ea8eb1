"""Who asks us in: invitations, and rooms that were replaced. Each is answered until it is done."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.healing import Healing
from bot.networks.matrix.rooms.known_rooms import Seating
from bot.ports.network import DeliveryError, RetryLater

_log = logging.getLogger(__name__)


class Door:
    """One after the other: servers limit how often rooms are joined."""

    def __init__(self, seating: Seating, arrivals: Arrivals, healing: Healing) -> None:
        self._seating = seating
        self._arrivals = arrivals
        self._healing = healing
        self._invitations: dict[str, list[dict[str, Any]]] = {}
        self._replaced: set[str] = set()
        self._again_at: dict[str, float] = {}
        self._rung = asyncio.Event()

    def note(self, answer: Mapping[str, Any]) -> None:
        """Remember what a sync tells; the next start is told again of what is not done."""
        rooms = answer.get("rooms", {})
        for room_id, invited in rooms.get("invite", {}).items():
            self._invitations[room_id] = invited["invite_state"]["events"]
        for room_id, room in rooms.get("join", {}).items():
            self._invitations.pop(room_id, None)
            if any(event["type"] == "m.room.tombstone" for event in told(room)):
                self._replaced.add(room_id)
        self._rung.set()

    async def run(self) -> None:
        """Answer, until cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._soonest()):
                    await self._rung.wait()
            self._rung.clear()
            for room_id in list(self._invitations):
                await self._try(room_id, self._answer)
            for room_id in list(self._replaced):
                await self._try(room_id, self._follow)

    def _soonest(self) -> float | None:
        """When a room is to be tried again, in the loop's time; None if none is."""
        waiting = self._invitations.keys() | self._replaced
        return min((at for room, at in self._again_at.items() if room in waiting), default=None)

    async def _try(self, room_id: str, do: Callable[[str], Awaitable[None]]) -> None:
        """Once: a room that has to wait keeps no other one waiting."""
        now = asyncio.get_running_loop().time()
        if self._again_at.get(room_id, now) > now:
            return
        self._again_at.pop(room_id, None)
        try:
            await do(room_id)
        except RetryLater as error:
            self._again_at[room_id] = now + error.after.total_seconds()

    async def _answer(self, room_id: str) -> None:
        if room_id in self._invitations:
            await self._arrivals.answer(room_id, self._invitations[room_id])
            self._invitations.pop(room_id, None)

    async def _follow(self, room_id: str) -> None:
        conversation = self._seating.conversation(room_id)
        if conversation is not None:
            try:
                await self._healing.follow(conversation, room_id)
            except RetryLater:
                raise
            except DeliveryError as error:
                _log.warning("A replaced room could not be followed: %s", error)
        self._replaced.discard(room_id)


def told(room: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """All that a sync tells of a room: its state, then what happened."""
    return (*room.get("state", {}).get("events", ()), *room["timeline"]["events"])
