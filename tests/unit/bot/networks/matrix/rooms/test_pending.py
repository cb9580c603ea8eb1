"""Invitations and replaced rooms, answered by stand-ins that the server refuses at first."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.healing import Healing
from bot.networks.matrix.rooms.known_rooms import KnownRooms
from bot.networks.matrix.rooms.pending import PendingRooms
from bot.ports.network import RetryLater


class Server:
    """Answers each room; one of them only after that many tries."""

    def __init__(self, stuck: str, tries: int, after: timedelta) -> None:
        self.stuck = stuck
        self.asked: Counter[str] = Counter()
        self.done: asyncio.Queue[str] = asyncio.Queue()
        self._tries = tries
        self._after = after

    async def answer_invitation(self, room_id: str, _: Iterable[Mapping[str, Any]]) -> None:
        self._ask(room_id)

    async def follow_replacement(self, conversation: ConversationRef, room_id: str) -> None:
        self._ask(room_id)

    def conversation_in(self, room_id: str) -> ConversationRef:
        return ConversationRef.room("matrix", room_id)

    def _ask(self, room_id: str) -> None:
        self.asked[room_id] += 1
        if room_id == self.stuck and self.asked[room_id] <= self._tries:
            raise RetryLater(self._after)
        self.done.put_nowait(room_id)


@asynccontextmanager
async def running(server: Server) -> AsyncIterator[PendingRooms]:
    pending = PendingRooms(cast(KnownRooms, server), cast(Arrivals, server), cast(Healing, server))
    task = asyncio.create_task(pending.run())
    try:
        async with asyncio.timeout(10):
            yield pending
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def invited(*rooms: str) -> dict[str, Any]:
    return {"rooms": {"invite": {room: {"invite_state": {"events": []}} for room in rooms}}}


def replaced(*rooms: str) -> dict[str, Any]:
    tombstone = {"timeline": {"events": [{"type": "m.room.tombstone"}]}}
    return {"rooms": {"join": dict.fromkeys(rooms, tombstone)}}


@pytest.mark.parametrize("told", [invited, replaced])
async def test_a_room_that_has_to_wait_keeps_no_other_waiting(told: Any) -> None:
    server = Server("!stuck", tries=1, after=timedelta(days=1))
    async with running(server) as pending:
        pending.note(told("!stuck", "!second"))
        first = await server.done.get()
        pending.note(told("!third"))
        second = await server.done.get()

    assert ("!second", "!third") == (first, second)
    assert 1 == server.asked["!stuck"]


@pytest.mark.parametrize("told", [invited, replaced])
async def test_a_room_that_had_to_wait_is_tried_again_until_it_is_answered(told: Any) -> None:
    server = Server("!stuck", tries=3, after=timedelta(milliseconds=1))
    async with running(server) as pending:
        pending.note(told("!stuck"))

        assert "!stuck" == await server.done.get()

    assert 4 == server.asked["!stuck"]
