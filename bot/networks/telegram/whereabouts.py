"""What Telegram does not say of a message: in which topic it stands, which parts go with it."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

from bot.networks.telegram.reading import NETWORK
from bot.networks.telegram.remote_ids import Sent
from bot.ports.seats import Seats

REMEMBERED = 10_000


class Whereabouts(Protocol):
    """Looks for a message among conversations."""

    async def __call__(self, conversations: Sequence[str], message: str) -> str | None:
        """The one of these conversations that shows a message of that remote id (or part of it)."""


class Recent:
    """The messages seen last; in which conversation older ones stand is asked, if it can be."""

    def __init__(
        self, seats: Seats, whereabouts: Whereabouts | None, most: int = REMEMBERED
    ) -> None:
        self._seats = seats
        self._whereabouts = whereabouts
        self._most = most
        self._seen: OrderedDict[tuple[int, int], str] = OrderedDict()
        self._whole: OrderedDict[tuple[int, int], str] = OrderedDict()

    def add(self, chat: int, message: int, conversation: str) -> None:
        """The message stands there."""
        self._remember(self._seen, (chat, message), conversation)

    def add_parts(self, chat: int, sent: Sent) -> None:
        """These messages are one of ours, in parts."""
        if len(sent.all) > 1:
            for message in sent.all:
                self._remember(self._whole, (chat, message), sent.remote_id)

    def whole(self, chat: int, message: str) -> str:
        """The remote id of the message of which this one is a part, or its own."""
        return self._whole.get((chat, int(message)), message)

    async def find(self, chat: int, message: int) -> str | None:
        """The conversation of a group in which the message stands, or None if nobody knows."""
        known = self._seen.get((chat, message))
        if known is not None or self._whereabouts is None:
            return known
        seated = await self._seats.all(NETWORK)
        there = [name for remote, name in seated.items() if remote.startswith(f"{chat}/")]
        return await self._whereabouts(there, str(message)) if there else None

    def _remember(
        self, kept: OrderedDict[tuple[int, int], str], message: tuple[int, int], said: str
    ) -> None:
        kept[message] = said
        while len(kept) > self._most:
            kept.popitem(last=False)
