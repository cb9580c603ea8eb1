"""Rooms are opened when something is first said there."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from time import monotonic
from typing import Any

from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.errors import RequestRefused
from bot.networks.matrix.connection.homeserver import path
from bot.networks.matrix.rooms.known_rooms import ROOM, SPACE, TEAM, Seating
from bot.networks.matrix.settings import MatrixSettings, server_of
from bot.ports.network import RetryLater, Unreachable
from bot.ports.remote_rooms import RoomPlan

SEAT = "fr.filrouge.seat"
"""State that our rooms are born with, {"conversation": …}: a kill between the making of a room and
its binding leaves one that is recognised.
"""

LONGEST_WAIT_S = 360.0
"""How long the first words of an encrypted room wait until everybody is invited: a server with
Synapse's limits takes an invitation of one person every 333 s.
"""

_log = logging.getLogger(__name__)


class Rooms:
    """The rooms of our conversations."""

    def __init__(self, settings: MatrixSettings, account: Account, seating: Seating) -> None:
        self._settings = settings
        self._account = account
        self._seating = seating
        self._patient_until: dict[str, float] = {}

    async def of(self, conversation: str) -> str:
        """The conversation's room, opened if it has none. Raises Unreachable if it cannot be."""
        room_id = self._seating.room(conversation)
        if room_id is not None:
            return room_id
        return await self._once(conversation, self._open)

    async def space(self, portal: str, name: str) -> str:
        """The portal's Space."""

        async def make(conversation: str) -> str:
            kind = {"creation_content": {"type": "m.space"}, "name": name}
            return await self._create(conversation, kind)

        room_id = self._seating.room(SPACE + portal)
        if room_id is not None and room_id not in self._account.joined:
            # We were sent away, or it was closed.
            await self._seating.unbind(SPACE + portal)
            room_id = None
        return room_id or await self._once(SPACE + portal, make)

    async def space_of(self, conversation: str) -> str | None:
        """The Space of a room's portal, where both exist."""
        plan = await self._seating.plan(conversation)
        return self._seating.room(SPACE + plan.portal) if plan else None

    async def refresh(self, conversation: str) -> None:
        """The room's name and topic are as planned."""
        room_id, plan = await self.of(conversation), await self._seating.plan(conversation)
        if plan is not None:
            await self._account.put_state(room_id, "m.room.name", {"name": plan.name})
            await self._account.put_state(room_id, "m.room.topic", {"topic": plan.topic})

    async def _once(self, conversation: str, make: Callable[[str], Awaitable[str]]) -> str:
        async with self._seating.turn(conversation):
            bound = self._seating.room(conversation)
            if bound is not None:
                return bound
            room_id = await self._found(conversation) or await make(conversation)
            if conversation.startswith((ROOM, TEAM)):
                await self._expect(conversation, room_id)
                await self._put_in_space(conversation, room_id)
            await self._seating.bind(conversation, room_id)
            return room_id

    async def _found(self, conversation: str) -> str | None:
        """A room that was made for it, and never bound: a kill or a time-out came in between."""
        for room_id in await self._account.joined_rooms():
            if self._seating.conversation(room_id) is None:
                state = await self._account.whole_state(room_id)
                if seat_in(state, self._account.user_id) == conversation:
                    self._account.learn(room_id, state)
                    return room_id
        return None

    async def _open(self, conversation: str) -> str:
        if conversation.startswith("@"):
            return await self._open_private(conversation)
        if conversation.startswith((ROOM, TEAM)):
            return await self._open_shared(conversation)
        raise Unreachable(f"No room can be made for {conversation}.")

    async def _open_private(self, user_id: str) -> str:
        if not self._settings.allows(user_id):
            raise Unreachable(f"{server_of(user_id)} is not an allowed server.")
        wanted = {"is_direct": True, "invite": [user_id]}
        return await self._create(user_id, wanted, encrypted=self._settings.encrypted)

    async def _open_shared(self, conversation: str) -> str:
        plan = await self._plan(conversation)
        parent = {
            "type": "m.space.parent",
            "state_key": await self.space(plan.portal, plan.portal_name),
            "content": {"via": self._via, "canonical": True},
        }
        clear = plan.portal in self._settings.clear_portals
        encrypted = self._settings.encrypted and not clear
        wanted = {"name": plan.name, "topic": plan.topic, "initial_state": [parent]}
        return await self._create(conversation, wanted, encrypted=encrypted)

    async def _expect(self, conversation: str, room_id: str) -> None:
        """Whoever is to be there is invited before anything is said: words that were encrypted
        before stay sealed to them for ever.

        Raises RetryLater while the server limits invitations, for a while: then the others have
        waited enough. Each is invited again by an act of their own.
        """
        if room_id not in self._account.encrypted:
            return
        plan = await self._plan(conversation)
        there = await self._account.members(room_id)
        patient_until = self._patient_until.setdefault(room_id, monotonic() + LONGEST_WAIT_S)
        for user_id in filter(self._settings.allows, plan.people):
            try:
                if user_id not in there:
                    body = {"user_id": user_id}
                    await self._account.server.call("POST", path("rooms", room_id, "invite"), body)
            except RequestRefused as error:
                _log.warning("Somebody cannot be invited now: %s", error.code)
            except RetryLater:
                if monotonic() < patient_until:
                    raise
                _log.warning("Somebody is invited after the first words.")
        self._patient_until.pop(room_id)

    async def _put_in_space(self, conversation: str, room_id: str) -> None:
        plan = await self._plan(conversation)
        space = await self.space(plan.portal, plan.portal_name)
        try:
            await self._account.put_state(space, "m.space.child", {"via": self._via}, room_id)
        except RequestRefused:
            _log.warning("We may not add rooms to the Space of %s any more.", plan.portal)

    async def _plan(self, conversation: str) -> RoomPlan:
        plan = await self._seating.plan(conversation)
        if plan is None:
            raise Unreachable("Nothing is known of what that room is to be.")
        return plan

    @property
    def _via(self) -> list[str]:
        return [server_of(self._account.user_id)]

    async def _create(
        self, conversation: str, wanted: dict[str, Any], *, encrypted: bool = False
    ) -> str:
        """Anyone in the room may speak; only we change what it is."""
        state = [*wanted.pop("initial_state", ())]
        state.append({"type": SEAT, "content": {"conversation": conversation}})
        if encrypted:
            algorithm = {"algorithm": "m.megolm.v1.aes-sha2"}
            state.append({"type": "m.room.encryption", "content": algorithm})
        body = {
            "preset": "private_chat",
            "power_level_content_override": {"invite": 50, "events_default": 0},
            "initial_state": state,
            **wanted,
        }
        try:
            made = await self._account.server.call("POST", path("createRoom"), body)
        except RequestRefused as error:
            raise Unreachable(f"The room was refused: {error.code}") from error
        room_id = str(made["room_id"])
        self._account.joined.add(room_id)
        if encrypted:
            self._account.encrypted.add(room_id)
        return room_id


def seat_in(state: Iterable[Mapping[str, Any]], user_id: str) -> str | None:
    """The conversation for which a room was made, if it was made by us: others may lie."""
    for event in state:
        if event["type"] == SEAT and event["sender"] == user_id:
            conversation = event["content"].get("conversation")
            return conversation if isinstance(conversation, str) else None
    return None
