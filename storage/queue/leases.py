"""Leases by name: rows that say who holds what until when, by the database's clock.

A row with an end, rather than a lock of a session: it frees itself within the lease however its
holder went (killed, frozen, cut off, its machine lost), where a session is only known to be dead
once TCP gives it up; and its holder knows without asking until when it may act.
"""

from datetime import timedelta

from sqlalchemy import BigInteger, ColumnElement, bindparam, cast, delete, func, literal_column, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from storage.database.transactions import Transactions
from storage.tables import leaders

_MICROSECOND = timedelta(microseconds=1)

_now: ColumnElement[int] = cast(
    func.extract("epoch", func.clock_timestamp()) * literal_column("1000000"), BigInteger
)
_taking = insert(leaders).values(
    name=bindparam("of"),
    holder=bindparam("by"),
    until=_now + bindparam("microseconds", type_=BigInteger()),
)
_take = _taking.on_conflict_do_update(
    index_elements=["name"],
    set_={"holder": _taking.excluded.holder, "until": _taking.excluded.until},
    where=or_(leaders.c.holder == _taking.excluded.holder, leaders.c.until <= _now),
).returning(leaders.c.name)
_release = delete(leaders).where(
    leaders.c.name == bindparam("of"), leaders.c.holder == bindparam("by")
)


class SqlLeases:
    """Leases of one process. SQLite has a single process, which holds whatever it wants."""

    def __init__(self, transactions: Transactions, holder: str, *, shared: bool) -> None:
        self._transactions = transactions
        self._holder = holder
        self._shared = shared

    async def hold(self, name: str, lease: timedelta) -> bool:
        """Take it, or keep it, for that long from now on; False while another process has it."""
        if not self._shared:
            return True
        wanted = {"of": name, "by": self._holder, "microseconds": lease // _MICROSECOND}

        def take(connection: Connection) -> bool:
            return connection.execute(_take, wanted).first() is not None

        return await self._transactions.write(take)

    async def release(self, name: str) -> None:
        """Let go of it, if it is ours: another process can take it at once."""
        if self._shared:
            mine = {"of": name, "by": self._holder}
            await self._transactions.write(lambda connection: connection.execute(_release, mine))
