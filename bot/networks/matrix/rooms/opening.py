"""Opens the room of a conversation, once, when something is first said there."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.connection.account import Account
from bot.networks.matrix.connection.homeserver import RequestRefused, path
from bot.networks.matrix.rooms.known_rooms import KnownRooms, is_person, space_of
from bot.networks.matrix.settings import NETWORK, MatrixSettings, server_of
from bot.ports.network import RetryLater, Unreachable
from bot.ports.remote_rooms import RoomPlan

MADE_FOR = "fr.filrouge.seat"
"""State of the rooms we create, {"conversation": NAME}: tells those that were never bound."""

LONGEST_WAIT_S = 360.0
"""How long first encrypted words wait for invitations: Synapse may limit them to one in 333 s."""

MOST_AT_BIRTH = 200
"""So many of the latest rooms a Space holds from its birth: each is an event of its own."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class RoomOpener:
    """Finds or opens the rooms of conversations, and the Spaces of portals."""

    settings: MatrixSettings
    account: Account
    known_rooms: KnownRooms
    _patient_until: dict[str, float] = field(init=False, default_factory=dict)

    async def find_or_open(self, conversation: ConversationRef) -> str:
        """The conversation's room, opened if it has none. Raises Unreachable if it cannot be."""
        room_id = self.known_rooms.room_of(conversation)
        return room_id or await self._open_once(conversation, self._open)

    async def find_space(self, conversation: ConversationRef) -> str | None:
        """The Space of a room's portal, where both exist."""
        plan = await self.known_rooms.plan(conversation)
        return self.known_rooms.room_of(space_of(plan.portal)) if plan else None

    async def refresh(self, conversation: ConversationRef) -> str:
        """Set the room's name and topic as they are planned now; return the room."""
        room_id = await self.find_or_open(conversation)
        plan = await self.known_rooms.plan(conversation)
        if plan is not None:
            await self.account.put_state(room_id, "m.room.name", {"name": plan.name})
            await self.account.put_state(room_id, "m.room.topic", {"topic": plan.topic})
        return room_id

    async def _find_or_open_space(self, plan: RoomPlan) -> str:
        async def create(space: ConversationRef) -> str:
            children = [
                {"type": "m.space.child", "state_key": room, "content": {"via": self._via}}
                for room in await self._rooms_of(plan.portal)
            ]
            kind = {"creation_content": {"type": "m.space"}, "name": plan.portal_name}
            return await self._create(space, kind | {"initial_state": children})

        space = space_of(plan.portal)
        room_id = self.known_rooms.room_of(space)
        if room_id is not None and room_id not in self.account.joined:
            # We were sent away, or it was closed.
            await self.known_rooms.unbind(space)
            room_id = None
        return room_id or await self._open_once(space, create)

    async def _rooms_of(self, portal: str) -> list[str]:
        """The rooms of a portal that are open already: a Space made anew holds them."""
        found = []
        for conversation, room_id in self.known_rooms.shared():
            plan = await self.known_rooms.plan(conversation)
            if plan is not None and plan.portal == portal:
                found.append(room_id)
        return found[-MOST_AT_BIRTH:]

    async def _open_once(
        self, conversation: ConversationRef, create: Callable[[ConversationRef], Awaitable[str]]
    ) -> str:
        async with self.known_rooms.lock(conversation):
            bound = self.known_rooms.room_of(conversation)
            if bound is not None:
                return bound
            room_id = await self._find_unbound(conversation) or await create(conversation)
            if conversation.is_shared:
                await self._invite_expected(conversation, room_id)
                await self._put_in_space(conversation, room_id)
            await self.known_rooms.bind(conversation, room_id)
            return room_id

    async def _find_unbound(self, conversation: ConversationRef) -> str | None:
        """A room that was created for it and never bound: a kill or a time-out came in between."""
        for room_id in await self.account.joined_rooms():
            if self.known_rooms.conversation_in(room_id) is None:
                state = await self.account.whole_state(room_id)
                if conversation_made_for(state, self.account.user_id) == conversation:
                    self.account.learn(room_id, state)
                    return room_id
        return None

    async def _open(self, conversation: ConversationRef) -> str:
        if is_person(conversation):
            return await self._open_private(conversation)
        if conversation.is_shared:
            return await self._open_shared(conversation)
        raise Unreachable(f"No room can be made for {conversation.name}.")

    async def _open_private(self, conversation: ConversationRef) -> str:
        user_id = conversation.name
        if not self.settings.allows(user_id):
            raise Unreachable(f"{server_of(user_id)} is not an allowed server.")
        wanted = {"is_direct": True, "invite": [user_id]}
        return await self._create(conversation, wanted, encrypted=self.settings.encrypted)

    async def _open_shared(self, conversation: ConversationRef) -> str:
        plan = await self._plan(conversation)
        parent = {
            "type": "m.space.parent",
            "state_key": await self._find_or_open_space(plan),
            "content": {"via": self._via, "canonical": True},
        }
        encrypted = self.settings.encrypted and plan.portal not in self.settings.clear_portals
        wanted = {"name": plan.name, "topic": plan.topic, "initial_state": [parent]}
        return await self._create(conversation, wanted, encrypted=encrypted)

    async def _invite_expected(self, conversation: ConversationRef, room_id: str) -> None:
        """Invite whoever the plan names: words encrypted before stay unreadable to them for ever.

        Raises RetryLater while the server limits invitations, at most for LONGEST_WAIT_S: then the
        others have waited enough. Each person is invited again by an operation of their own.
        """
        if room_id not in self.account.encrypted:
            return
        plan = await self._plan(conversation)
        there = await self.account.members(room_id)
        patient_until = self._patient_until.setdefault(room_id, monotonic() + LONGEST_WAIT_S)
        limited: RetryLater | None = None
        for user_id in filter(self.settings.allows, plan.people):
            try:
                if user_id not in there:
                    body = {"user_id": user_id}
                    await self.account.server.call("POST", path("rooms", room_id, "invite"), body)
            except RequestRefused as error:
                _log.warning("Somebody cannot be invited now: %s", error.code)
            except RetryLater as error:
                # Others may be invited meanwhile: limits are those of one person, too.
                limited = error
        if limited is not None:
            if monotonic() < patient_until:
                raise limited
            _log.warning("Somebody is invited after the first words.")
        self._patient_until.pop(room_id)

    async def _put_in_space(self, conversation: ConversationRef, room_id: str) -> None:
        plan = await self._plan(conversation)
        space = await self._find_or_open_space(plan)
        try:
            await self.account.put_state(space, "m.space.child", {"via": self._via}, room_id)
        except RequestRefused:
            _log.warning("We may not add rooms to the Space of %s any more.", plan.portal)

    async def _plan(self, conversation: ConversationRef) -> RoomPlan:
        plan = await self.known_rooms.plan(conversation)
        if plan is None:
            raise Unreachable("Nothing is known of what that room is to be.")
        return plan

    @property
    def _via(self) -> list[str]:
        return [server_of(self.account.user_id)]

    async def _create(
        self, conversation: ConversationRef, wanted: dict[str, Any], *, encrypted: bool = False
    ) -> str:
        """Create a room in which anyone may speak, and only we change what it is."""
        state = [*wanted.pop("initial_state", ())]
        state.append({"type": MADE_FOR, "content": {"conversation": conversation.name}})
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
            made = await self.account.server.call("POST", path("createRoom"), body)
        except RequestRefused as error:
            raise Unreachable(f"The room was refused: {error.code}") from error
        room_id = str(made["room_id"])
        self.account.learn(room_id, state)
        return room_id


def conversation_made_for(
    state: Iterable[Mapping[str, Any]], user_id: str
) -> ConversationRef | None:
    """The conversation for which a room was created, if we created it: others may lie."""
    for event in state:
        if event["type"] == MADE_FOR and event["sender"] == user_id:
            name = event["content"].get("conversation")
            return ConversationRef(NETWORK, name) if isinstance(name, str) else None
    return None
