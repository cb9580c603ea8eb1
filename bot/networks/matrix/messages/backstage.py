"""The thread of a project's room that is for its advisors alone."""

from dataclasses import dataclass

from bot.networks.matrix.messages.formatting import content_of
from bot.networks.matrix.messages.posting import Poster
from bot.networks.matrix.rooms.known_rooms import KnownRooms, backstage_of


@dataclass(frozen=True, eq=False)
class Backstage:
    """Knows the first message of each room's backstage thread; a room opened anew gets another."""

    known_rooms: KnownRooms
    poster: Poster
    words: str

    def find_root(self, reference: str | None, room_id: str) -> str | None:
        """The thread's first message; None if it is not written, or the room is no project's."""
        bound = self.known_rooms.room_of(backstage_of(reference)) if reference else None
        prefix = f"{room_id}/"
        return bound.removeprefix(prefix) if bound and bound.startswith(prefix) else None

    async def find_or_write_root(self, reference: str, room_id: str) -> str:
        """The thread's first message, written if there is none."""
        backstage = backstage_of(reference)
        async with self.known_rooms.lock(backstage):
            root = self.find_root(reference, room_id)
            if root is None:
                key = f"{backstage.name}@{room_id}"
                root = await self.poster.post(room_id, key, content_of(self.words))
                await self.known_rooms.bind(backstage, f"{room_id}/{root}")
            return root
