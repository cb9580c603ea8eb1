"""Invites people one by one: servers strictly limit how often that may be done."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.domain.conversations import ConversationKind, ConversationRef
from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import PRESENT, RequestRefused, path
from bot.networks.matrix.rooms.known_rooms import KnownRooms, space_of
from bot.networks.matrix.rooms.opening import RoomOpener
from bot.networks.matrix.settings import MatrixSettings, server_of
from bot.ports.network import RetryLater, Unreachable

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Invitations:
    """Invites people to our rooms and to the Spaces that hold them."""

    settings: MatrixSettings
    account: Account
    known_rooms: KnownRooms
    opener: RoomOpener
    _under_way: set[asyncio.Task[None]] = field(init=False, default_factory=set)
    _in_space: set[tuple[str, str]] = field(init=False, default_factory=set)

    async def invite(self, user_id: str, conversation: ConversationRef) -> str:
        """The person is in the conversation's room, or invited there; returns the room's id.

        Raises RetryLater, Unreachable if their server is not welcome, RequestRefused by ours.
        """
        if not self.settings.allows(user_id):
            raise Unreachable(f"{server_of(user_id)} is not an allowed server.")
        room_id = await self.opener.find_or_open(conversation)
        await self._invite(room_id, user_id)
        if conversation.kind is ConversationKind.ROOM:
            await self._invite_to_space(conversation, user_id)
        return room_id

    async def remove(self, user_id: str, conversation: ConversationRef) -> str:
        """The person is no more in the conversation's room, or in the Space of a portal; returns
        its id, empty where there is none. Raises RetryLater, RequestRefused.
        """
        room_id = self.known_rooms.room_of(_as_bound(conversation))
        if room_id is None or not await self._is_there(room_id, user_id):
            return room_id or ""
        await self.account.server.call("POST", path("rooms", room_id, "kick"), {"user_id": user_id})
        self._in_space.discard((room_id, user_id))
        return room_id

    def invite_again(self, room_id: str, people: Iterable[str]) -> None:
        """Invite those who were in the room before this one, in the background."""
        task = asyncio.create_task(self._invite_all(room_id, sorted(people)))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Stop what is under way in the background."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _invite_all(self, room_id: str, people: Iterable[str]) -> None:
        for user_id in people:
            while user_id != self.account.user_id:
                try:
                    await self._invite(room_id, user_id)
                except RetryLater as error:
                    await asyncio.sleep(error.after.total_seconds())
                    continue
                except RequestRefused as error:
                    _log.warning("Somebody could not be invited again: %s", error.code)
                break

    async def _invite(self, room_id: str, user_id: str) -> None:
        """Invite somebody who is not there yet: another invitation would ring, and be counted."""
        if await self._is_there(room_id, user_id):
            return
        body = {"user_id": user_id}
        try:
            await self.account.server.call("POST", path("rooms", room_id, "invite"), body)
        except RequestRefused:
            if not await self._is_there(room_id, user_id):
                raise

    async def _invite_to_space(self, conversation: ConversationRef, user_id: str) -> None:
        """So that their client shows the rooms together; a convenience: it may fail."""
        space = await self.opener.find_space(conversation)
        if space is None or (space, user_id) in self._in_space:
            return
        try:
            await self._invite(space, user_id)
        except (RequestRefused, RetryLater):
            return
        self._in_space.add((space, user_id))

    async def _is_there(self, room_id: str, user_id: str) -> bool:
        member = await self.account.state(room_id, "m.room.member", user_id)
        return member is not None and member.get("membership") in PRESENT


def _as_bound(conversation: ConversationRef) -> ConversationRef:
    """A portal's rooms are held together by its Space."""
    portal = conversation.grouped
    return space_of(portal) if portal is not None else conversation
