"""Which room each of our conversations is held in, in memory: every message asks.

Bound to a remote id, too, are the Space of a portal, and, to `ROOM_ID/EVENT_ID`, the first message
of a room's backstage thread.
"""

import asyncio
from collections import defaultdict

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.settings import NETWORK
from bot.ports.remote_rooms import RemoteRooms, RoomPlan

_SPACE = "space:"


class KnownRooms:
    """The remote rooms of this network. One process holds the account: what it read stays true."""

    def __init__(self, remote_rooms: RemoteRooms) -> None:
        self._remote_rooms = remote_rooms
        self._rooms: dict[ConversationRef, str] = {}
        self._conversations: dict[str, ConversationRef] = {}
        self._locks: defaultdict[ConversationRef, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def load(self) -> None:
        """Read what is bound today."""
        self._conversations = await self._remote_rooms.all(NETWORK)
        self._rooms = {c: remote for remote, c in self._conversations.items()}

    def lock(self, conversation: ConversationRef) -> asyncio.Lock:
        """To be held by whoever opens, binds or leaves the room of a conversation."""
        return self._locks[conversation]

    def room_of(self, conversation: ConversationRef) -> str | None:
        """The room where a conversation is held."""
        return self._rooms.get(conversation)

    def conversation_in(self, room_id: str) -> ConversationRef | None:
        """The conversation held in a room; None if the room is not one of ours."""
        return self._conversations.get(room_id)

    def shared(self) -> list[tuple[ConversationRef, str]]:
        """The conversations of projects and teams, with their rooms."""
        return [(each, room) for each, room in self._rooms.items() if each.is_shared]

    async def bind(self, conversation: ConversationRef, remote: str) -> None:
        """From now on the conversation is held there."""
        await self._remote_rooms.bind(conversation, remote)
        self._forget(conversation)
        self._rooms[conversation] = remote
        self._conversations[remote] = conversation

    async def unbind(self, conversation: ConversationRef) -> None:
        """The conversation has no room any more."""
        await self._remote_rooms.unbind(conversation)
        self._forget(conversation)

    async def plan(self, conversation: ConversationRef) -> RoomPlan | None:
        """What its room is to be opened with."""
        return await self._remote_rooms.plan(conversation)

    def _forget(self, conversation: ConversationRef) -> None:
        remote = self._rooms.pop(conversation, None)
        if remote is not None:
            self._conversations.pop(remote, None)


def space_of(portal: str) -> ConversationRef:
    """The name to which the Space of a portal is bound."""
    return ConversationRef(NETWORK, f"{_SPACE}{portal}")


def portal_of_space(name: ConversationRef) -> str | None:
    """The portal whose Space is bound to that name; None if it is not a Space's."""
    is_space = name.network == NETWORK and name.name.startswith(_SPACE)
    return name.name.removeprefix(_SPACE) if is_space else None


def backstage_of(reference: str) -> ConversationRef:
    """The name to which the backstage thread of a project's room is bound."""
    return ConversationRef(NETWORK, f"backstage:{reference}")


def is_person(conversation: ConversationRef) -> bool:
    """Whether it is the private chat of somebody who has a Matrix account."""
    return conversation.name.startswith("@")
