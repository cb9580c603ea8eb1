"""Where our conversations are on a network today: rooms are opened, lost, upgraded, opened anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.conversations import ConversationRef


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """What a room is to be when it is opened: its name and topic, the portal it belongs to, and the
    addresses of those who are to be there before anything is said.
    """

    name: str
    topic: str
    portal: str
    portal_name: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that stands in a conversation, under its whole remote id."""

    conversation: str
    remote_id: str


class RemoteRooms(Protocol):
    """Which remote room or topic each of our conversations is. Each call is one transaction.

    A remote id is opaque: `!abc:server` on Matrix, `CHAT/TOPIC` on Telegram. Only that of a message
    sent in parts is not quite: it joins theirs by commas and semicolons, as in `12,13;14`.
    """

    async def remote(self, conversation: ConversationRef) -> str | None:
        """Where the conversation is, or None while it has no place of its own yet."""

    async def conversation(self, network: str, remote: str) -> str | None:
        """Our name for what is there, or None if it is nothing of ours."""

    async def bind(self, conversation: ConversationRef, remote: str) -> None:
        """The conversation is there from now on; what it was before is forgotten."""

    async def unbind(self, conversation: ConversationRef) -> None:
        """The conversation has no place any more."""

    async def moved(self, network: str, before: str, after: str) -> None:
        """Every remote id that is `before`, or begins with `before/`, begins with `after` now."""

    async def all(self, network: str) -> dict[str, str]:
        """Every remote id of the network with our name for it."""

    async def standing(
        self, network: str, conversations: Sequence[str], message: str
    ) -> Standing | None:
        """The message of that remote id, or of which it is a part, in one of these conversations;
        None if none of them is known to have it.
        """

    async def plan(self, conversation: str) -> RoomPlan | None:
        """What the room of that conversation is to be; None if there is no such project or team."""
