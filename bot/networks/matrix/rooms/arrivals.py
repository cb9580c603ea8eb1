"""Rooms that we come into: private chats, rooms of ours, their replacements, and strangers'."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import PRESENT, RequestRefused, path
from bot.networks.matrix.rooms.invitations import Invitations
from bot.networks.matrix.rooms.known_rooms import KnownRooms
from bot.networks.matrix.rooms.opening import conversation_made_for
from bot.networks.matrix.settings import NETWORK, MatrixSettings, server_of

_log = logging.getLogger(__name__)

State = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Accepts or refuses invitations, and finds out which conversation a room holds."""

    settings: MatrixSettings
    account: Account
    known_rooms: KnownRooms
    invitations: Invitations

    async def answer_invitation(self, room_id: str, state: State) -> None:
        """Join the room or refuse; what the room is can only be seen from inside."""
        inviter = _inviter(state, self.account.user_id)
        if not self.settings.allows(inviter) or _is_space(state):
            _log.warning("An invitation was refused, from the server %s", server_of(inviter))
            await self.account.leave(room_id, self.settings.words.refusing)
            return
        try:
            await self.join(room_id, inviter)
        except RequestRefused as error:
            _log.warning("An invitation does not hold any more: %s", error.code)
            await self.account.leave(room_id)

    async def join(self, room_id: str, by: str) -> None:
        """Join a room through the server of the person who asked us. Raises RequestRefused."""
        through = {"server_name": server_of(by), "via": server_of(by)}
        await self.account.server.call("POST", path("join", room_id, query=through), {})

    async def recognise(self, room_id: str) -> ConversationRef | None:
        """The conversation held in a room that we are in, bound to it if it was not.

        None for a room that is not for us, which is left, and for one that we are creating.
        """
        known = self.known_rooms.conversation_in(room_id)
        if known is not None:
            return known
        state = await self.account.whole_state(room_id)
        self.account.learn(room_id, state)
        conversation = conversation_made_for(state, self.account.user_id)
        if conversation is not None:
            return await self._take_back(conversation, room_id)
        if _creator(state) == self.account.user_id:
            return None  # It is being created at this moment, piece by piece.
        replaced = await self._follow_from_replaced(room_id, state)
        return replaced or await self._take_private_chat(room_id, state)

    async def _take_back(
        self, conversation: ConversationRef, room_id: str
    ) -> ConversationRef | None:
        """Take back a room of ours that is not bound, and leave it if the conversation has another.

        Where people are to be invited first, it is bound when something is said there.
        """
        async with self.known_rooms.lock(conversation):
            bound = self.known_rooms.room_of(conversation)
            if bound is None and not conversation.is_shared:
                await self.known_rooms.bind(conversation, room_id)
            elif bound not in {None, room_id}:
                await self.account.leave(room_id)
                return None
            return conversation

    async def _follow_from_replaced(self, room_id: str, state: State) -> ConversationRef | None:
        """The conversation of the room that this one replaces, which goes on here from now on.

        Only where the old room's tombstone names this one: whoever placed it had the power to.
        """
        before = _content(state, "m.room.create").get("predecessor", {}).get("room_id")
        if not isinstance(before, str):
            return None
        conversation = self.known_rooms.conversation_in(before)
        if conversation is None:
            return None
        old = await self.account.whole_state(before)
        if _content(old, "m.room.tombstone").get("replacement_room") != room_id:
            return None
        members = await self.account.members(before)
        async with self.known_rooms.lock(conversation):
            await self.known_rooms.bind(conversation, room_id)
        there = await self.account.members(room_id)
        self.invitations.invite_again(room_id, members - there)
        await self.account.leave(before)
        return conversation

    async def _take_private_chat(self, room_id: str, state: State) -> ConversationRef | None:
        """A room with one person of a welcome server is their private chat, instead of another."""
        people = _people_in(state) - {self.account.user_id}
        person = next(iter(people)) if len(people) == 1 else ""
        if not self.settings.allows(person) or _is_space(state):
            _log.warning("A room was left that is no private chat.")
            await self.account.leave(room_id, self.settings.words.leaving)
            return None
        conversation = ConversationRef.private(NETWORK, person)
        async with self.known_rooms.lock(conversation):
            before = self.known_rooms.room_of(conversation)
            await self.known_rooms.bind(conversation, room_id)
        if before is not None and before != room_id:
            await self.account.leave(before)
        return conversation


def _people_in(state: State) -> set[str]:
    return {
        event["state_key"]
        for event in state
        if event["type"] == "m.room.member" and event["content"].get("membership") in PRESENT
    }


def _inviter(state: State, user_id: str) -> str:
    ours = (e for e in state if e.get("type") == "m.room.member" and e.get("state_key") == user_id)
    return str(next(ours, {}).get("sender", ""))


def _content(state: State, kind: str) -> Mapping[str, Any]:
    return next((event["content"] for event in state if event["type"] == kind), {})


def _creator(state: State) -> str | None:
    return next((event["sender"] for event in state if event["type"] == "m.room.create"), None)


def _is_space(state: State) -> bool:
    return _content(state, "m.room.create").get("type") == "m.space"
