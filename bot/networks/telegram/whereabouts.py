"""In which topic of a group a message stands: Telegram does not say it of reactions."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

from bot.networks.telegram.reading import NETWORK
from bot.ports.seats import Seats

REMEMBERED = 10_000


class Whereabouts(Protocol):
    """Looks for a message among conversations."""

    async def __call__(self, conversations: Sequence[str], message: str) -> str | None:
        """The one of these conversations that shows a message of that remote id (or part of it)."""


class Recent:
    """The conversations of the messages seen last; older ones are looked for, if that is given."""

    def __init__(
        self, seats: Seats, whereabouts: Whereabouts | None, most: int = REMEMBERED
    ) -> None:
        self._seats = seats
        self._whereabouts = whereabouts
        self._most = most
        self._seen: OrderedDict[tuple[int, int], str] = OrderedDict()

    def add(self, chat: int, message: int, conversation: str) -> None:
        """The message stands there."""
        self._seen[chat, message] = conversation
        while len(self._seen) > self._most:
            self._seen.popitem(last=False)

    async def find(self, chat: int, message: int) -> str | None:
        """The conversation of a group in which the message stands, or None if nobody knows."""
        known = self._seen.get((chat, message))
        if known is not None or self._whereabouts is None:
            return known
        seated = await self._seats.all(NETWORK)
        there = [name for remote, name in seated.items() if remote.startswith(f"{chat}/")]
        return await self._whereabouts(there, str(message)) if there else None
