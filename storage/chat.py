"""The web network's own conversations."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, false, select, true, update
from sqlalchemy.engine import Connection

from bot.ports.network import Incoming, Outgoing
from bot.ports.web import Line
from storage.engine import Insert, insert_into
from storage.messages import INCOMING, columns, incoming_of, incoming_row
from storage.tables import web_lines
from storage.transactions import Transactions

# A page only says words: what was done, and to which message, is not kept with its lines.
_POSTED = INCOMING[: INCOMING.index("did")]
_LINE = (
    "id",
    "at",
    "own",
    "sender",
    "author",
    "text",
    "kind",
    "choices",
    "attachment",
    "backstage",
)

_untaken = (
    select(*columns(web_lines, _POSTED))
    .where(web_lines.c.untaken)
    .order_by(web_lines.c.id)
    .limit(bindparam("limit"))
)
_taken = (
    update(web_lines)
    .where(web_lines.c.own == true(), web_lines.c.key.in_(bindparam("keys", expanding=True)))
    .values(untaken=false())
)
_delivered = select(web_lines.c.id).where(
    web_lines.c.own == false(), web_lines.c.key == bindparam("of")
)
_lines = (
    select(*columns(web_lines, _LINE))
    .where(web_lines.c.conversation == bindparam("of"))
    .order_by(web_lines.c.id.desc())
    .limit(bindparam("limit"))
)

_line = select(web_lines.c.conversation, *columns(web_lines, _LINE)).where(
    web_lines.c.id == bindparam("of")
)


@cache
def _new_line(dialect: str) -> Insert:
    return insert_into(dialect, web_lines).on_conflict_do_nothing(index_elements=["own", "key"])


class SqlChat:
    """The web network's conversations. Each call is one transaction."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def post(self, incoming: Incoming, author: str) -> bool:
        """Keep what a person posted, until it is taken; False if its key was already posted."""
        posted = incoming_row(incoming)
        row = {name: posted[name] for name in _POSTED} | {
            "own": True,
            "author": author,
            "kind": "",
            "backstage": False,
            "untaken": True,
        }
        return await self._transactions.write(lambda connection: _add(connection, row))

    async def untaken(self, limit: int) -> list[Incoming]:
        """What was posted and not yet handed over, oldest first."""

        def find(connection: Connection) -> list[Incoming]:
            return [incoming_of(row) for row in connection.execute(_untaken, {"limit": limit})]

        return await self._transactions.read(find)

    async def taken(self, keys: Sequence[str]) -> None:
        """These were handed over."""
        if keys:
            await self._transactions.write(
                lambda connection: connection.execute(_taken, {"keys": list(keys)})
            )

    async def deliver(self, outgoing: Outgoing, at: datetime) -> str:
        """Show a message in its conversation, once for each key; return its remote id."""
        row = _outgoing_line(outgoing, at)

        def show(connection: Connection) -> str:
            _add(connection, row)
            return str(connection.execute(_delivered, {"of": outgoing.key}).scalar_one())

        return await self._transactions.write(show)

    async def lines(self, conversation: str, limit: int) -> list[Line]:
        """The latest messages of a conversation, oldest first."""

        def find(connection: Connection) -> list[Line]:
            rows = connection.execute(_lines, {"of": conversation, "limit": limit})
            return [Line(*row) for row in rows][::-1]

        return await self._transactions.read(find)

    async def line(self, id: int) -> tuple[str, Line] | None:
        """One message and the conversation that shows it, or None."""

        def find(connection: Connection) -> tuple[str, Line] | None:
            row = connection.execute(_line, {"of": id}).one_or_none()
            return None if row is None else (row[0], Line(*row[1:]))

        return await self._transactions.read(find)


def _add(connection: Connection, row: dict[str, Any]) -> bool:
    return connection.execute(_new_line(connection.dialect.name), row).rowcount == 1


def _outgoing_line(outgoing: Outgoing, at: datetime) -> dict[str, Any]:
    return {
        "network": outgoing.place.network,
        "conversation": outgoing.place.conversation,
        "key": outgoing.key,
        "own": False,
        "at": at,
        "sender": "",
        "author": outgoing.author,
        "text": outgoing.text,
        "kind": outgoing.kind,
        "choices": outgoing.choices,
        "attachment": outgoing.attachment,
        "backstage": outgoing.backstage,
        "untaken": False,
    }
