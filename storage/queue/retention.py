"""What the boxes forget: words soon, since the projects' stories hold them; in the end everything.

For a long time a row without words is still of use: its key tells what a network sends again, its
remote id finds the message that somebody answers, edits or takes back; its choices are what
« fait » says in answer to an old question. What waits and what was given up is never touched: it
may yet be handled, sent or tried again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Column, ColumnElement, Table, and_, delete, func, or_, select, update
from sqlalchemy.engine import Connection

from storage.database.transactions import Transactions
from storage.tables import inbox, outbox

WINDOW = 1000
"""Rows looked at, and at most changed, in one transaction: others never wait long."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A box: the states that are done with, since when, and its words as they are once emptied."""

    table: Table
    done: tuple[str, ...]
    since: Column[datetime]
    empty: dict[str, str | None]


_BOXES = (
    _Box(
        inbox,
        ("handled",),
        inbox.c.received_at,
        {
            "text": "",
            "markup": None,
            "choice": None,
            "attachment": None,
            "command": None,
            "quoted": None,
        },
    ),
    _Box(
        outbox,
        ("sent", "dropped", "failed"),
        outbox.c.settled_at,
        {"text": "", "author": None, "attachment": None},
    ),
)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many messages lost their words, and how many went altogether."""

    emptied: int = 0
    deleted: int = 0

    def __add__(self, other: "Purged") -> "Purged":
        return Purged(self.emptied + other.emptied, self.deleted + other.deleted)


class Purging:
    """Forgets, a few rows at a time: what to forget is found beside the path of the messages."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def purge(self, now: datetime, words: timedelta, copies: timedelta) -> Purged:
        """No message done with `words` ago has words any more, none done with `copies` ago is
        there.

        `words` is never longer than `copies`, and longer than a network may send a message again.
        """
        purged = Purged()
        for box in _BOXES:
            after, last = await self._transactions.read(partial(_ends, box))
            while after < last:
                purged += await self._window(box, after, now - words, now - copies)
                after += WINDOW
        return purged

    async def _window(
        self, box: _Box, after: int, emptied_by: datetime, deleted_by: datetime
    ) -> Purged:
        here = and_(box.table.c.id > after, box.table.c.id <= after + WINDOW)
        done = and_(here, box.table.c.state.in_(box.done))
        old = and_(done, box.since <= deleted_by)
        full = and_(done, box.since <= emptied_by, box.since > deleted_by, _has_words(box))

        def found(connection: Connection) -> bool:
            some = select(box.table.c.id).where(or_(old, full)).limit(1)
            return connection.execute(some).first() is not None

        def forget(connection: Connection) -> Purged:
            emptied = connection.execute(update(box.table).where(full).values(box.empty)).rowcount
            deleted = connection.execute(delete(box.table).where(old)).rowcount
            return Purged(emptied, deleted)

        if await self._transactions.read(found):
            return await self._transactions.write(forget)
        return Purged()


def _ends(box: _Box, connection: Connection) -> tuple[int, int]:
    """The id before the first, and the last."""
    ends = select(func.min(box.table.c.id), func.max(box.table.c.id))
    first, last = connection.execute(ends).one()
    return (0, 0) if first is None else (first - 1, last)


def _has_words(box: _Box) -> ColumnElement[bool]:
    columns = {name: box.table.c[name] for name in box.empty}
    return or_(
        *(
            columns[name].is_not(None) if value is None else columns[name] != value
            for name, value in box.empty.items()
        )
    )
