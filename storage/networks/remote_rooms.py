"""Which remote room or topic each of our conversations is."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.conversations import ConversationRef
from bot.ports.records import UnitOfWork
from bot.ports.remote_rooms import RoomPlan, Standing
from storage.database.engine import Insert, insert_into
from storage.database.transactions import Transactions
from storage.repositories import copies
from storage.repositories.unit_of_work import SqlDatabase
from storage.tables import remote_rooms

Planner = Callable[[UnitOfWork, str], RoomPlan | None]
"""What the room of a conversation is to be; its sentences are not the storage's."""

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
_moved = (
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
    """Where our conversations are. Each call is one transaction.

    `planner` is set by the application.
    """

    def __init__(
        self, transactions: Transactions, database: SqlDatabase, now: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self._database = database
        self._now = now
        self.planner: Planner = lambda _uow, _conversation: None

    async def remote(self, conversation: ConversationRef) -> str | None:
        """Where the conversation is, or None while it has no place of its own yet."""
        return await self._transactions.read(
            lambda connection: connection.scalar(_remote, _key(conversation))
        )

    async def conversation(self, network: str, remote: str) -> str | None:
        """Our name for what is there, or None if it is nothing of ours."""
        there = {"of_network": network, "of_remote": remote}
        return await self._transactions.read(
            lambda connection: connection.scalar(_conversation, there)
        )

    async def bind(self, conversation: ConversationRef, remote: str) -> None:
        """The conversation is there from now on; what either was before is forgotten."""
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
        """The conversation has no place any more."""
        await self._transactions.write(
            lambda connection: connection.execute(_leave, _key(conversation))
        )

    async def moved(self, network: str, before: str, after: str) -> None:
        """Every remote id that is `before`, or begins with `before/`, begins with `after` now."""
        move = {
            "of_network": network,
            "before": before,
            "before_slash": f"{before}/",
            "after": after,
        }
        await self._transactions.write(lambda connection: connection.execute(_moved, move))

    async def all(self, network: str) -> dict[str, str]:
        """Every remote id of the network with our name for it."""

        def find(connection: Connection) -> dict[str, str]:
            rows = connection.execute(_all, {"of_network": network})
            return {row.remote: row.conversation for row in rows}

        return await self._transactions.read(find)

    async def standing(
        self, network: str, conversations: Sequence[str], message: str
    ) -> Standing | None:
        """The message of that remote id, or of which it is a part."""
        return await self._transactions.read(
            lambda connection: copies.standing(connection, network, conversations, message)
        )

    async def plan(self, conversation: str) -> RoomPlan | None:
        """What the room of that conversation is to be; None if there is no such project or team."""
        return await self._database.read(lambda uow: self.planner(uow, conversation))


def _key(conversation: ConversationRef) -> dict[str, Any]:
    return {"of_network": conversation.network, "of_conversation": conversation.name}
