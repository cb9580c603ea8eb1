"""What shows people that we read them: a receipt in each room, and that we are writing."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import RequestRefused, path
from bot.networks.matrix.rooms.known_rooms import KnownRooms, is_person
from bot.ports.network import RetryLater

_WRITING_MS = 4_000
_MOST_AT_ONCE = 20
"""Rooms whose receipts wait: those after get theirs with the next words."""


@dataclass(frozen=True, eq=False)
class Receipts:
    """Puts them beside the way of the messages: that one is lost does no harm."""

    account: Account
    known_rooms: KnownRooms
    _under_way: set[asyncio.Task[None]] = field(init=False, default_factory=set)

    def put(self, answer: Mapping[str, Any]) -> None:
        """Begin to say that what a sync told, which was handed over, is read."""
        for room_id, room in answer.get("rooms", {}).get("join", {}).items():
            said = [e for e in room["timeline"]["events"] if e.get("sender") != self._us]
            if said and len(self._under_way) < _MOST_AT_ONCE:
                task = asyncio.create_task(self._put(room_id, str(said[-1]["event_id"])))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Stop what is under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    @property
    def _us(self) -> str:
        return self.account.user_id

    async def _put(self, room_id: str, event_id: str) -> None:
        server = self.account.server
        conversation = self.known_rooms.conversation_in(room_id)
        if conversation is None or server.limits_messages:
            return
        with suppress(RequestRefused, RetryLater):
            if is_person(conversation):
                writing = {"typing": True, "timeout": _WRITING_MS}
                await server.call("PUT", path("rooms", room_id, "typing", self._us), writing)
            await server.call("POST", path("rooms", room_id, "receipt", "m.read", event_id), {})
