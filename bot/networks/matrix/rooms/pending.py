"""Rooms that wait for us: invitations to answer, replaced rooms to follow. Tried until done."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from bot.networks.matrix.connection.homeserver import room_events
from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.healing import Healing
from bot.networks.matrix.rooms.known_rooms import KnownRooms
from bot.ports.network import DeliveryError, RetryLater

_log = logging.getLogger(__name__)


class PendingRooms:
    """Joins rooms one after the other: servers limit how often that may be done."""

    def __init__(self, known_rooms: KnownRooms, arrivals: Arrivals, healing: Healing) -> None:
        self._known_rooms = known_rooms
        self._arrivals = arrivals
        self._healing = healing
        self._invitations: dict[str, list[dict[str, Any]]] = {}
        self._replaced: set[str] = set()
        self._again_at: dict[str, float] = {}
        self._changed = asyncio.Event()

    def note(self, answer: Mapping[str, Any]) -> None:
        """Remember what a sync tells, in memory: the next start's first sync tells it again."""
        rooms = answer.get("rooms", {})
        for room_id, invited in rooms.get("invite", {}).items():
            self._invitations[room_id] = invited["invite_state"]["events"]
        for room_id, room in rooms.get("join", {}).items():
            self._invitations.pop(room_id, None)
            if any(event["type"] == "m.room.tombstone" for event in room_events(room)):
                self._replaced.add(room_id)
        self._changed.set()

    async def run(self) -> None:
        """Answer and follow, until cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._next_try()):
                    await self._changed.wait()
            self._changed.clear()
            for room_id in list(self._invitations):
                await self._try(room_id, self._answer)
            for room_id in list(self._replaced):
                await self._try(room_id, self._follow)

    def _next_try(self) -> float | None:
        """When a room is to be tried again, in the event loop's time; None if none is."""
        waiting = self._invitations.keys() | self._replaced
        return min((at for room, at in self._again_at.items() if room in waiting), default=None)

    async def _try(self, room_id: str, act: Callable[[str], Awaitable[None]]) -> None:
        """Do it, unless the room has to wait: it keeps no other one waiting."""
        now = asyncio.get_running_loop().time()
        if self._again_at.get(room_id, now) > now:
            return
        self._again_at.pop(room_id, None)
        try:
            await act(room_id)
        except RetryLater as error:
            self._again_at[room_id] = now + error.after.total_seconds()

    async def _answer(self, room_id: str) -> None:
        if room_id in self._invitations:
            await self._arrivals.answer_invitation(room_id, self._invitations[room_id])
            self._invitations.pop(room_id, None)

    async def _follow(self, room_id: str) -> None:
        conversation = self._known_rooms.conversation_in(room_id)
        if conversation is not None:
            try:
                await self._healing.follow_replacement(conversation, room_id)
            except RetryLater:
                raise
            except DeliveryError as error:
                _log.warning("A replaced room could not be followed: %s", error)
        self._replaced.discard(room_id)
