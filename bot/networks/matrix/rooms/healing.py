"""When a room is lost, closed or upgraded, the conversation goes on in another."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import RequestRefused
from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.invitations import Invitations
from bot.networks.matrix.rooms.known_rooms import KnownRooms
from bot.networks.matrix.rooms.opening import RoomOpener

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Healing:
    """Finds or opens the room where a conversation goes on.

    `say` puts words into a room under a key: where the project stands begins one made anew.
    """

    account: Account
    known_rooms: KnownRooms
    opener: RoomOpener
    invitations: Invitations
    arrivals: Arrivals
    say: Callable[[str, str, str], Awaitable[str]]

    async def heal(self, conversation: ConversationRef, room_id: str) -> str | None:
        """The room that takes the place of this one; None if this one still stands."""
        if room_id not in await self.account.joined_rooms():
            await self._open_anew(conversation, room_id)
        else:
            tombstone = await self._find_tombstone(room_id)
            if tombstone is None:
                return None
            await self._move(conversation, room_id, tombstone)
        return await self.opener.find_or_open(conversation)

    async def follow_replacement(self, conversation: ConversationRef, room_id: str) -> None:
        """If the room was replaced, join the other one; open one of ours if we may not join it."""
        tombstone = await self._find_tombstone(room_id)
        if tombstone is not None:
            await self._move(conversation, room_id, tombstone)

    async def _find_tombstone(self, room_id: str) -> Mapping[str, Any] | None:
        state = await self.account.whole_state(room_id)
        return next((event for event in state if event["type"] == "m.room.tombstone"), None)

    async def _move(
        self, conversation: ConversationRef, room_id: str, tombstone: Mapping[str, Any]
    ) -> None:
        replacement = str(tombstone["content"].get("replacement_room", ""))
        try:
            await self.arrivals.join(replacement, tombstone["sender"])
            await self.arrivals.recognise(replacement)
        except RequestRefused as error:
            _log.warning("The room that replaces another is closed to us: %s", error.code)
        if self.known_rooms.room_of(conversation) == room_id:
            await self._open_anew(conversation, room_id)

    async def _open_anew(self, conversation: ConversationRef, lost: str) -> None:
        _log.warning("A room was lost, and is opened anew.")
        try:
            members = await self.account.members(lost)
        except RequestRefused:
            members = set()
        await self.account.leave(lost)
        if self.known_rooms.room_of(conversation) == lost:
            await self.known_rooms.unbind(conversation)
        room_id = await self.opener.find_or_open(conversation)
        people = members - {self.account.user_id, conversation.name}
        self.invitations.invite_again(room_id, people)
        plan = await self.known_rooms.plan(conversation)
        if plan is not None and plan.anew:
            await self.say(room_id, f"anew:{room_id}", plan.anew)
