"""The web network's own conversations."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, cast, delete, false, select, true, update
from sqlalchemy.engine import Connection

from bot.domain.wording.markup import plain
from bot.ports.network import Incoming, Operation, Outgoing
from bot.ports.web import Line
from storage.database.engine import Insert, insert_into
from storage.database.transactions import Transactions
from storage.database.types import Id
from storage.repositories.messages import (
    INCOMING,
    OUTGOING,
    columns,
    incoming_of,
    incoming_row,
    outgoing_fields,
)
from storage.tables import web_lines

# A page only says words: what was done, and to which message, is not kept with its lines.
_POSTED = INCOMING[: INCOMING.index("kind")]
_LINE = tuple(field.name for field in fields(Line) if field.name != "quoted")
_SHOWN = tuple(name for name in OUTGOING if name in web_lines.c and name != "target")

_untaken = (
    select(web_lines.c.id, *columns(web_lines, _POSTED))
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
# What was sent in answer to a message shows it; a choice answers one, and does not.
_answered = web_lines.alias("answered")
_shown = web_lines.outerjoin(
    _answered,
    and_(
        web_lines.c.own == false(),
        _answered.c.id == cast(web_lines.c.target, Id),
        _answered.c.conversation == web_lines.c.conversation,
    ),
)
_lines = (
    select(*columns(web_lines, _LINE), _answered.c.text, _answered.c.own)
    .select_from(_shown)
    .where(web_lines.c.conversation == bindparam("of"))
    .order_by(web_lines.c.id.desc())
    .limit(bindparam("limit"))
)
_line = select(web_lines.c.conversation, *columns(web_lines, _LINE)).where(
    web_lines.c.id == bindparam("of")
)
_sent = (
    web_lines.c.own == false(),
    web_lines.c.conversation == bindparam("there"),
    web_lines.c.id == bindparam("of"),
)
_edit = update(web_lines).where(*_sent).values(text=bindparam("words"))
_delete = delete(web_lines).where(*_sent)


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

    async def waiting_posts(self, limit: int) -> list[Incoming]:
        """What was posted and not yet handed over, oldest first; its remote id is its line's."""

        def find(connection: Connection) -> list[Incoming]:
            rows = connection.execute(_untaken, {"limit": limit})
            return [replace(incoming_of(row[1:]), message=str(row[0])) for row in rows]

        return await self._transactions.read(find)

    async def mark_taken(self, keys: Sequence[str]) -> None:
        """These were handed over."""
        if keys:
            await self._transactions.write(
                lambda connection: connection.execute(_taken, {"keys": list(keys)})
            )

    async def deliver(self, outgoing: Outgoing, at: datetime) -> str:
        """Show a message once for its key, or edit or delete its target; return its remote id."""
        row = _outgoing_line(outgoing, at)

        def show(connection: Connection) -> str:
            if outgoing.operation is not Operation.SAY and row["target"] is not None:
                changed = _change(connection, outgoing, int(row["target"]))
                if changed or outgoing.operation is Operation.DELETE:
                    return str(row["target"])
            _add(connection, row)
            return str(connection.execute(_delivered, {"of": outgoing.key}).scalar_one())

        return await self._transactions.write(show)

    async def lines(self, conversation: str, limit: int) -> list[Line]:
        """The latest messages of a conversation, oldest first."""

        def find(connection: Connection) -> list[Line]:
            rows = connection.execute(_lines, {"of": conversation, "limit": limit})
            return [_line_of(*row) for row in rows][::-1]

        return await self._transactions.read(find)

    async def line(self, id: int) -> tuple[str, Line] | None:
        """One message and the conversation that shows it, or None."""

        def find(connection: Connection) -> tuple[str, Line] | None:
            row = connection.execute(_line, {"of": id}).one_or_none()
            return None if row is None else (row[0], Line(*row[1:]))

        return await self._transactions.read(find)


def _add(connection: Connection, row: dict[str, Any]) -> bool:
    return connection.execute(_new_line(connection.dialect.name), row).rowcount == 1


def _line_of(*row: Any) -> Line:
    *line, quoted, own = row
    words = quoted if own or quoted is None else plain(quoted)
    return Line(*[*line, words])


def _change(connection: Connection, outgoing: Outgoing, line: int) -> bool:
    """Edit or delete a line that was shown; whether it was there."""
    there = {"of": line, "there": outgoing.conversation.name}
    if outgoing.operation is Operation.DELETE:
        return connection.execute(_delete, there).rowcount == 1
    return connection.execute(_edit, there | {"words": outgoing.text}).rowcount == 1


def _outgoing_line(outgoing: Outgoing, at: datetime) -> dict[str, Any]:
    remote_id = outgoing.target.remote_id if outgoing.target is not None else None
    said = outgoing_fields(outgoing)
    return {name: said[name] for name in _SHOWN} | {
        "own": False,
        "at": at,
        "sender": "",
        "target": remote_id if remote_id is not None and remote_id.isdecimal() else None,
        "untaken": False,
    }
