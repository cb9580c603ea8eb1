"""The thread of a project's room that is for its advisors alone."""

from bot.networks.matrix.messages.formatting import content_of
from bot.networks.matrix.messages.posting import Posting
from bot.networks.matrix.rooms.known_rooms import BACKSTAGE, ROOM, Seating


class Backstage:
    """Knows the message under which each room's thread is, and writes it first."""

    def __init__(self, seating: Seating, posting: Posting, words: str) -> None:
        self._seating = seating
        self._posting = posting
        self._words = words

    def known(self, conversation: str, room_id: str) -> str | None:
        """The thread's first message; None if this room has none yet, as when it is opened anew."""
        seat = self._seating.room(_name(conversation))
        prefix = f"{room_id}/"
        return seat.removeprefix(prefix) if seat is not None and seat.startswith(prefix) else None

    async def root(self, conversation: str, room_id: str) -> str:
        """The thread's first message, written if there is none."""
        async with self._seating.turn(_name(conversation)):
            known = self.known(conversation, room_id)
            if known is not None:
                return known
            key = f"{_name(conversation)}@{room_id}"
            event_id = await self._posting.post(room_id, key, content_of(self._words))
            await self._seating.bind(_name(conversation), f"{room_id}/{event_id}")
            return event_id


def _name(conversation: str) -> str:
    return BACKSTAGE + conversation.removeprefix(ROOM)
