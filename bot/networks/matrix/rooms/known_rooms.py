"""Which room each of our conversations is, remembered: every message asks."""

import asyncio
from collections import defaultdict

from bot.domain.conversations import ConversationRef
from bot.ports.remote_rooms import RemoteRooms, RoomPlan

NETWORK = "matrix"
ROOM = "room:"
TEAM = "team:"
SPACE = "space:"
BACKSTAGE = "backstage:"


class Seating:
    """The seats of this network. One process holds the account, so what it knows stays true."""

    def __init__(self, seats: RemoteRooms) -> None:
        self._seats = seats
        self._rooms: dict[str, str] = {}
        self._conversations: dict[str, str] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def load(self) -> None:
        """Learn what is bound today."""
        self._rooms.clear()
        self._conversations.clear()
        for remote, conversation in (await self._seats.all(NETWORK)).items():
            self._remember(conversation, remote)

    def turn(self, conversation: str) -> asyncio.Lock:
        """Held by whoever opens, binds or leaves the room of a conversation."""
        return self._turns[conversation]

    def room(self, conversation: str) -> str | None:
        """The room where a conversation is."""
        return self._rooms.get(conversation)

    def conversation(self, room_id: str) -> str | None:
        """What is held in a room; None if it is nothing of ours."""
        return self._conversations.get(room_id)

    async def bind(self, conversation: str, remote: str) -> None:
        """The conversation is there from now on."""
        await self._seats.bind(ConversationRef(NETWORK, conversation), remote)
        self._forget(conversation)
        self._remember(conversation, remote)

    async def unbind(self, conversation: str) -> None:
        """The conversation has no room any more."""
        await self._seats.unbind(ConversationRef(NETWORK, conversation))
        self._forget(conversation)

    async def plan(self, conversation: str) -> RoomPlan | None:
        """What its room is to be."""
        return await self._seats.plan(conversation)

    def _remember(self, conversation: str, remote: str) -> None:
        self._rooms[conversation] = remote
        self._conversations[remote] = conversation

    def _forget(self, conversation: str) -> None:
        remote = self._rooms.pop(conversation, None)
        if remote is not None:
            self._conversations.pop(remote, None)
