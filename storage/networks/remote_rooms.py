"""Which remote room or topic each of our conversations is."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.conversations import ConversationRef
from bot.ports.records import UnitOfWork
from bot.ports.remote_rooms import FoundMessage, RoomPlan
from storage.database.engine import Insert, insert_into
from storage.database.transactions import Transactions
from storage.repositories import copies
from storage.repositories.unit_of_work import SqlDatabase
from storage.tables import remote_rooms

Planner = Callable[[UnitOfWork, ConversationRef], RoomPlan | None]
"""What the room of a conversation is opened with; its sentences are not the storage's."""

_in_network = remote_rooms.c.network == bindparam("of_network")
_of = (_in_network, remote_rooms.c.conversation == bindparam("of_conversation"))
_there = (_in_network, remote_rooms.c.remote == bindparam("of_remote"))
_remote = select(remote_rooms.c.remote).where(*_of)
_conversation = select(remote_rooms.c.conversation).where(*_there)
_all = select(remote_rooms.c.remote, remote_rooms.c.conversation).where(_in_network)
_leave = delete(remote_rooms).where(*_of)
_clear = delete(remote_rooms).where(
    *_there, remote_rooms.c.conversation != bindparam("of_conversation")
)
_length = func.length(bindparam("before"))
_move = (
    update(remote_rooms)
    .where(
        _in_network,
        or_(
            remote_rooms.c.remote == bindparam("before"),
            func.substr(remote_rooms.c.remote, 1, _length + 1) == bindparam("before_slash"),
        ),
    )
    .values(remote=bindparam("after").concat(func.substr(remote_rooms.c.remote, _length + 1)))
)


@cache
def _bind(dialect: str) -> Insert:
    binding = insert_into(dialect, remote_rooms)
    return binding.on_conflict_do_update(
        index_elements=["network", "conversation"],
        set_={"remote": binding.excluded.remote, "since": binding.excluded.since},
    )


class SqlRemoteRooms:
    """`RemoteRooms` in SQL. `planner` is set by the application."""

    def __init__(
        self, transactions: Transactions, database: SqlDatabase, now: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self._database = database
        self._now = now
        self.planner: Planner = lambda _uow, _conversation: None

    async def remote(self, conversation: ConversationRef) -> str | None:
        """The id of the room where the conversation is held; None while it has none."""
        return await self._transactions.read(
            lambda connection: connection.scalar(_remote, _key(conversation))
        )

    async def conversation(self, network: str, remote: str) -> ConversationRef | None:
        """The conversation held in that room; None if the room is not one of ours."""
        there = {"of_network": network, "of_remote": remote}
        name = await self._transactions.read(
            lambda connection: connection.scalar(_conversation, there)
        )
        return None if name is None else ConversationRef(network, name)

    async def bind(self, conversation: ConversationRef, remote: str) -> None:
        """From now on the conversation is held in that room, and nothing else is."""
        row = {
            "network": conversation.network,
            "conversation": conversation.name,
            "remote": remote,
            "since": self._now(),
        }

        def take(connection: Connection) -> None:
            connection.execute(_clear, _key(conversation) | {"of_remote": remote})
            connection.execute(_bind(connection.dialect.name), row)

        await self._transactions.write(take)

    async def unbind(self, conversation: ConversationRef) -> None:
        """The conversation has no room any more."""
        await self._transactions.write(
            lambda connection: connection.execute(_leave, _key(conversation))
        )

    async def move(self, network: str, before: str, after: str) -> None:
        """Replace `before` by `after`, where it is a whole remote id or stands before its `/`."""
        values = {
            "of_network": network,
            "before": before,
            "before_slash": f"{before}/",
            "after": after,
        }
        await self._transactions.write(lambda connection: connection.execute(_move, values))

    async def all(self, network: str) -> dict[str, ConversationRef]:
        """The conversations of a network that have a room, by the room's id."""

        def find(connection: Connection) -> dict[str, ConversationRef]:
            rows = connection.execute(_all, {"of_network": network})
            return {row.remote: ConversationRef(network, row.conversation) for row in rows}

        return await self._transactions.read(find)

    async def find_message(
        self, conversations: Sequence[ConversationRef], message: str
    ) -> FoundMessage | None:
        """The message of that id, or of which it is a part, in one of these conversations."""
        return await self._transactions.read(
            lambda connection: copies.find_message(connection, conversations, message)
        )

    async def plan(self, conversation: ConversationRef) -> RoomPlan | None:
        """What the room is to be opened with; None if there is no such project or team."""
        return await self._database.read(lambda uow: self.planner(uow, conversation))


def _key(conversation: ConversationRef) -> dict[str, Any]:
    return {"of_network": conversation.network, "of_conversation": conversation.name}
