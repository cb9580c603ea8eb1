"""In which remote room each conversation is held: rooms are lost and replaced, its name stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.conversations import ConversationRef


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """What a room is opened with, in plain words; and whom to invite before anything is said.

    `anew` is what is said first in a room that takes the place of a lost one, in our markup.
    """

    name: str
    topic: str
    portal: str
    portal_name: str
    people: tuple[str, ...] = ()
    anew: str = ""


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message of a conversation. `remote_id` names all its parts, if it was sent in several."""

    conversation: ConversationRef
    remote_id: str


class RemoteRooms(Protocol):
    """Which remote room or topic each of our conversations is. Each call is one transaction.

    A remote id is opaque: `!abc:server` on Matrix, `CHAT/TOPIC` on Telegram, or `12,13;14` for a
    message sent in parts.
    """

    async def remote(self, conversation: ConversationRef) -> str | None:
        """The id of the room where the conversation is held; None while it has none."""

    async def conversation(self, network: str, remote: str) -> ConversationRef | None:
        """The conversation held in that room; None if the room is not one of ours."""

    async def bind(self, conversation: ConversationRef, remote: str) -> None:
        """From now on the conversation is held in that room, and nothing else is."""

    async def unbind(self, conversation: ConversationRef) -> None:
        """The conversation has no room any more."""

    async def move(self, network: str, before: str, after: str) -> None:
        """Replace `before` in every remote id that is it, or that begins with it and a slash."""

    async def all(self, network: str) -> dict[str, ConversationRef]:
        """The conversations of a network that have a room, by the room's id."""

    async def find_message(
        self, conversations: Sequence[ConversationRef], message: str
    ) -> FoundMessage | None:
        """The message of that id, or that it is part of, in one of these, all of one network."""

    async def plan(self, conversation: ConversationRef) -> RoomPlan | None:
        """What the room is to be opened with; None if there is no such project or team."""
