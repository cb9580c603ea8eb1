"""What Telegram does not say of a message: in which topic it stands, which parts go with it."""

from collections import OrderedDict

from bot.networks.telegram.receiving.update_reader import NETWORK
from bot.networks.telegram.rooms.remote_ids import Sent
from bot.ports.remote_rooms import RemoteRooms

REMEMBERED = 10_000


class Whereabouts:
    """Where messages stand: those seen last are remembered, others are looked for."""

    def __init__(self, seats: RemoteRooms, most: int = REMEMBERED) -> None:
        self._seats = seats
        self._most = most
        self._seen: OrderedDict[tuple[int, int], str] = OrderedDict()
        self._whole: OrderedDict[tuple[int, int], str] = OrderedDict()

    def add(self, chat: int, message: int, conversation: str) -> None:
        """The message stands there."""
        self._remember(self._seen, (chat, message), conversation)

    def add_sent(self, chat: int, sent: Sent) -> None:
        """These messages are one of ours, perhaps in parts."""
        for message in sent.all:
            self._remember(self._whole, (chat, message), sent.remote_id)

    async def whole(self, chat: int, message: str, conversation: str) -> str:
        """The remote id of the message of which this one is a part, or its own."""
        known = self._whole.get((chat, int(message)))
        if known is not None:
            return known
        found = await self._seats.standing(NETWORK, [conversation], message)
        return found.remote_id if found is not None else message

    async def find(self, chat: int, message: int) -> str | None:
        """The conversation of a group in which the message stands, or None if nobody knows."""
        known = self._seen.get((chat, message))
        if known is not None:
            return known
        seated = await self._seats.all(NETWORK)
        there = [name for remote, name in seated.items() if remote.startswith(f"{chat}/")]
        found = await self._seats.standing(NETWORK, there, str(message)) if there else None
        return found.conversation if found is not None else None

    def _remember(
        self, kept: OrderedDict[tuple[int, int], str], message: tuple[int, int], said: str
    ) -> None:
        kept[message] = said
        while len(kept) > self._most:
            kept.popitem(last=False)
