"""What Telegram does not tell of a message: the topic it stands in, the parts it was sent in."""

from collections import OrderedDict

from bot.domain.conversations import ConversationRef
from bot.networks.telegram.rooms.remote_ids import SentMessage
from bot.networks.telegram.settings import NETWORK
from bot.ports.remote_rooms import RemoteRooms

REMEMBERED = 10_000
"""How many messages are remembered; older ones are looked for in the database."""

Message = tuple[int, int]
"""The id of a chat, and of a message there."""


class KnownMessages:
    """The conversations and parts of messages; the latest are remembered, others looked for."""

    def __init__(self, remote_rooms: RemoteRooms, most: int = REMEMBERED) -> None:
        self._remote_rooms = remote_rooms
        self._most = most
        self._conversations: OrderedDict[Message, ConversationRef] = OrderedDict()
        self._whole_ids: OrderedDict[Message, str] = OrderedDict()

    def add_seen(self, chat: int, message: int, conversation: ConversationRef) -> None:
        """Remember the conversation that a message of a group stands in."""
        self._conversations[chat, message] = conversation
        if len(self._conversations) > self._most:
            self._conversations.popitem(last=False)

    def add_sent(self, chat: int, sent: SentMessage) -> None:
        """Remember which parts a message of ours was sent in."""
        for message in sent.all:
            self._whole_ids[chat, message] = sent.remote_id
        while len(self._whole_ids) > self._most:
            self._whole_ids.popitem(last=False)

    async def whole_id(self, chat: int, message: str, conversation: ConversationRef) -> str:
        """The remote id of the message that this one is a part of, which may be its own id."""
        known = self._whole_ids.get((chat, int(message)))
        if known is not None:
            return known
        found = await self._remote_rooms.find_message([conversation], message)
        return found.remote_id if found is not None else message

    async def find_conversation(self, chat: int, message: int) -> ConversationRef | None:
        """The conversation that a message of a group stands in; None if it is not known."""
        known = self._conversations.get((chat, message))
        if known is not None:
            return known
        bound = await self._remote_rooms.all(NETWORK)
        there = [c for remote, c in bound.items() if remote.startswith(f"{chat}/")]
        found = await self._remote_rooms.find_message(there, str(message)) if there else None
        return found.conversation if found is not None else None
