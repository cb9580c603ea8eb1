"""Who asks us in: invitations, and rooms that were replaced. Each is answered until it is done."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from bot.networks.matrix.arrivals import Arrivals
from bot.networks.matrix.healing import Healing
from bot.networks.matrix.seating import Seating
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
            await self._rung.wait()
            self._rung.clear()
            for room_id in list(self._invitations):
                await self._answer(room_id)
            for room_id in list(self._replaced):
                await self._follow(room_id)

    async def _answer(self, room_id: str) -> None:
        while room_id in self._invitations:
            try:
                await self._arrivals.answer(room_id, self._invitations[room_id])
            except RetryLater as error:
                await asyncio.sleep(error.after.total_seconds())
            else:
                self._invitations.pop(room_id, None)

    async def _follow(self, room_id: str) -> None:
        conversation = self._seating.conversation(room_id)
        while conversation is not None and room_id in self._replaced:
            try:
                await self._healing.follow(conversation, room_id)
            except RetryLater as error:
                await asyncio.sleep(error.after.total_seconds())
                continue
            except DeliveryError as error:
                _log.warning("A replaced room could not be followed: %s", error)
            break
        self._replaced.discard(room_id)


def told(room: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """All that a sync tells of a room: its state, then what happened."""
    return (*room.get("state", {}).get("events", ()), *room["timeline"]["events"])
