"""Rooms that we come into: private chats, our own found again, replacements of ours, and others."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.errors import RequestRefused
from bot.networks.matrix.connection.homeserver import path
from bot.networks.matrix.rooms.invitations import Invitations
from bot.networks.matrix.rooms.known_rooms import ROOM, TEAM, Seating
from bot.networks.matrix.rooms.opening import seat_in
from bot.networks.matrix.settings import MatrixSettings, server_of

_PRESENT = frozenset({"join", "invite"})
_log = logging.getLogger(__name__)

State = Iterable[Mapping[str, Any]]


class Arrivals:
    """Takes invitations, and says what is held in a room."""

    def __init__(
        self,
        settings: MatrixSettings,
        account: Account,
        seating: Seating,
        invitations: Invitations,
    ) -> None:
        self._settings = settings
        self._account = account
        self._seating = seating
        self._invitations = invitations

    async def answer(self, room_id: str, state: State) -> None:
        """Take or refuse an invitation; whether the room is for us is seen from inside."""
        inviter = _inviter(state, self._account.user_id)
        if not self._settings.allows(inviter) or _is_space(state):
            _log.warning("An invitation was refused, from the server %s", server_of(inviter))
            await self._account.leave(room_id)
            return
        try:
            await self.join(room_id, inviter)
        except RequestRefused as error:
            _log.warning("An invitation does not hold any more: %s", error.code)
            await self._account.leave(room_id)

    async def join(self, room_id: str, by: str) -> None:
        """Come into a room, through the server of whoever asked. Raises RequestRefused."""
        through = {"server_name": server_of(by), "via": server_of(by)}
        await self._account.server.call("POST", path("join", room_id, query=through), {})

    async def conversation(self, room_id: str) -> str | None:
        """What is held in a room that we are in. One that is not for us is left, and gives None."""
        known = self._seating.conversation(room_id)
        if known is not None:
            return known
        state = await self._account.whole_state(room_id)
        self._account.learn(room_id, state)
        seat = seat_in(state, self._account.user_id)
        if seat is not None:
            return await self._find_again(seat, room_id)
        if _maker(state) == self._account.user_id:
            return None  # It is being made at this moment, piece by piece.
        return await self._replacement(room_id, state) or await self._private(room_id, state)

    async def _find_again(self, conversation: str, room_id: str) -> str | None:
        """A room of ours that was never bound. Where people are to be invited first, it is bound
        when something is said there.
        """
        async with self._seating.turn(conversation):
            bound = self._seating.room(conversation)
            if bound is None and not conversation.startswith((ROOM, TEAM)):
                await self._seating.bind(conversation, room_id)
            elif bound is None:
                return conversation
            elif bound != room_id:
                await self._account.leave(room_id)
                return None
            return conversation

    async def _replacement(self, room_id: str, state: State) -> str | None:
        """The conversation of the room that this one replaces.

        That is so when the old one's tombstone names it: only who had the power could place that.
        """
        before = _content(state, "m.room.create").get("predecessor", {}).get("room_id")
        conversation = self._seating.conversation(before) if isinstance(before, str) else None
        if before is None or conversation is None:
            return None
        old = await self._account.whole_state(before)
        if _content(old, "m.room.tombstone").get("replacement_room") != room_id:
            return None
        members = await self._account.members(before)
        async with self._seating.turn(conversation):
            await self._seating.bind(conversation, room_id)
        self._invitations.again(room_id, members - await self._account.members(room_id))
        await self._account.leave(before)
        return conversation

    async def _private(self, room_id: str, state: State) -> str | None:
        """A room with one person, welcome here, is their private chat: the latest one counts."""
        people = _present(state) - {self._account.user_id}
        person = next(iter(people)) if len(people) == 1 else ""
        if not self._settings.allows(person) or _is_space(state):
            _log.warning("A room was left that is no private chat.")
            await self._account.leave(room_id, self._settings.words.leaving)
            return None
        async with self._seating.turn(person):
            before = self._seating.room(person)
            await self._seating.bind(person, room_id)
        if before is not None and before != room_id:
            await self._account.leave(before)
        return person


def _present(state: State) -> set[str]:
    return {
        event["state_key"]
        for event in state
        if event["type"] == "m.room.member" and event["content"].get("membership") in _PRESENT
    }


def _inviter(state: State, user_id: str) -> str:
    for event in state:
        if event.get("type") == "m.room.member" and event.get("state_key") == user_id:
            return str(event.get("sender", ""))
    return ""


def _content(state: State, kind: str) -> Mapping[str, Any]:
    return next((event["content"] for event in state if event["type"] == kind), {})


def _maker(state: State) -> str | None:
    return next((event["sender"] for event in state if event["type"] == "m.room.create"), None)


def _is_space(state: State) -> bool:
    return _content(state, "m.room.create").get("type") == "m.space"
