"""Tries the database as messages do, for whoever asks whether the service can work."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select

from storage.database.transactions import Transactions
from storage.queue.outbox import PENDING
from storage.tables import leaders, outbox

_NAME = "probe:"
_SIZE = 8_192
"""More than the room that is left in a page: a full disk refuses it."""


class SqlProbe:
    """Writes rows of its own, which lead nothing; one for each process."""

    def __init__(self, transactions: Transactions, worker_id: str) -> None:
        self._transactions = transactions
        self._name = _NAME + worker_id

    async def write(self, now: datetime) -> None:
        """Commit a row that is gone again: nothing grows. Raises DatabaseUnavailable, Conflict."""
        row = {"name": self._name, "holder": "-" * _SIZE, "until": int(now.timestamp())}
        gone = delete(leaders).where(leaders.c.name == self._name)
        await self._transactions.write(
            lambda connection: (
                connection.execute(insert(leaders), row),
                connection.execute(gone),
            )
        )

    async def oldest_waiting(self, networks: Collection[str], now: datetime) -> datetime | None:
        """Since when the message that waits longest for these networks is due, or fails."""
        since = func.min(func.coalesce(outbox.c.waits_since, outbox.c.due_at))
        waiting = select(since).where(
            outbox.c.state == PENDING,
            outbox.c.network.in_(networks),
            or_(outbox.c.due_at <= now, outbox.c.waits_since.is_not(None)),
        )
        return await self._transactions.read(lambda connection: connection.scalar(waiting))
