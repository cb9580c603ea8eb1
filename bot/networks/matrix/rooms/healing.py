"""Rooms are lost, closed, upgraded: the conversation goes on in another."""

import logging

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.errors import RequestRefused
from bot.networks.matrix.rooms.arrivals import Arrivals
from bot.networks.matrix.rooms.invitations import Invitations
from bot.networks.matrix.rooms.known_rooms import Seating
from bot.networks.matrix.rooms.opening import Rooms

_TOMBSTONE = "m.room.tombstone"
_log = logging.getLogger(__name__)


class Healing:
    """Finds or makes the room where a conversation goes on."""

    def __init__(
        self,
        account: Account,
        seating: Seating,
        rooms: Rooms,
        invitations: Invitations,
        arrivals: Arrivals,
    ) -> None:
        self._account = account
        self._seating = seating
        self._rooms = rooms
        self._invitations = invitations
        self._arrivals = arrivals

    async def heal(self, conversation: str, room_id: str) -> bool:
        """The conversation has a room in the place of this one; false if this one still stands."""
        if room_id not in await self._account.joined_rooms():
            await self._open_anew(conversation, room_id)
            return True
        return await self.follow(conversation, room_id)

    async def follow(self, conversation: str, room_id: str) -> bool:
        """Where the room was replaced, we are in the other; false if it was not."""
        for event in await self._account.whole_state(room_id):
            if event["type"] == _TOMBSTONE:
                replacement = str(event["content"].get("replacement_room", ""))
                await self._move(conversation, room_id, replacement, event["sender"])
                return True
        return False

    async def _move(self, conversation: str, room_id: str, replacement: str, by: str) -> None:
        try:
            await self._arrivals.join(replacement, by)
            await self._arrivals.conversation(replacement)
        except RequestRefused as error:
            _log.warning("The room that replaces another is closed to us: %s", error.code)
        if self._seating.room(conversation) == room_id:
            await self._open_anew(conversation, room_id)

    async def _open_anew(self, conversation: str, lost: str) -> None:
        """A new room; who was in the other one is invited."""
        _log.warning("A room was lost, and is opened anew.")
        try:
            members = await self._account.members(lost)
        except RequestRefused:
            members = set()
        await self._account.leave(lost)
        if self._seating.room(conversation) == lost:
            await self._seating.unbind(conversation)
        room_id = await self._rooms.of(conversation)
        self._invitations.again(room_id, members - {self._account.user_id, conversation})
