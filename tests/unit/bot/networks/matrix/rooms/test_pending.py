"""Invitations and replaced rooms, answered by stand-ins that the server refuses at first."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.healing import Healing
from bot.networks.matrix.rooms.known_rooms import Seating
from bot.networks.matrix.rooms.pending import Door
from bot.ports.network import RetryLater


class Server:
    """Answers each room; one of them only after that many tries."""

    def __init__(self, stuck: str, tries: int, after: timedelta) -> None:
        self.stuck = stuck
        self.asked: Counter[str] = Counter()
        self.done: asyncio.Queue[str] = asyncio.Queue()
        self._tries = tries
        self._after = after

    async def answer(self, room_id: str, _: Iterable[Mapping[str, Any]]) -> None:
        self._ask(room_id)

    async def follow(self, conversation: str, room_id: str) -> bool:
        self._ask(room_id)
        return True

    def conversation(self, room_id: str) -> str:
        return f"room:{room_id}"

    def _ask(self, room_id: str) -> None:
        self.asked[room_id] += 1
        if room_id == self.stuck and self.asked[room_id] <= self._tries:
            raise RetryLater(self._after)
        self.done.put_nowait(room_id)


@asynccontextmanager
async def opened(server: Server) -> AsyncIterator[Door]:
    door = Door(cast(Seating, server), cast(Arrivals, server), cast(Healing, server))
    running = asyncio.create_task(door.run())
    try:
        async with asyncio.timeout(10):
            yield door
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def invited(*rooms: str) -> dict[str, Any]:
    return {"rooms": {"invite": {room: {"invite_state": {"events": []}} for room in rooms}}}


def replaced(*rooms: str) -> dict[str, Any]:
    tombstone = {"timeline": {"events": [{"type": "m.room.tombstone"}]}}
    return {"rooms": {"join": dict.fromkeys(rooms, tombstone)}}


@pytest.mark.parametrize("told", [invited, replaced])
async def test_a_room_that_has_to_wait_keeps_no_other_waiting(told: Any) -> None:
    server = Server("!stuck", tries=1, after=timedelta(days=1))
    async with opened(server) as door:
        door.note(told("!stuck", "!second"))
        first = await server.done.get()
        door.note(told("!third"))
        second = await server.done.get()

    assert ("!second", "!third") == (first, second)
    assert 1 == server.asked["!stuck"]


@pytest.mark.parametrize("told", [invited, replaced])
async def test_a_room_that_had_to_wait_is_tried_again_until_it_is_answered(told: Any) -> None:
    server = Server("!stuck", tries=3, after=timedelta(milliseconds=1))
    async with opened(server) as door:
        door.note(told("!stuck"))

        assert "!stuck" == await server.done.get()

    assert 4 == server.asked["!stuck"]
