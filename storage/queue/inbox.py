"""Statements on the inbox, and what they give."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from operator import itemgetter

from sqlalchemy import ColumnElement, bindparam, exists, literal_column, select, update
from sqlalchemy.engine import Connection

from bot.domain.conversations import ConversationRef
from bot.ports.message_queue import Waiting
from bot.ports.network import Incoming
from storage.database.engine import insert_into, together
from storage.database.prepared import Prepared
from storage.repositories.messages import INCOMING, columns, incoming_of, incoming_row
from storage.tables import cursors, inbox

# Written out, not bound: else the partial indexes could not be used.
WAITING: ColumnElement[str] = literal_column("'waiting'")
DEAD: ColumnElement[str] = literal_column("'dead'")

_earlier = inbox.alias("earlier")
_later = inbox.alias("later")
_behind_another = exists().where(
    _earlier.c.state == WAITING,
    _earlier.c.network == inbox.c.network,
    _earlier.c.conversation == inbox.c.conversation,
    _earlier.c.id < inbox.c.id,
)
_heads = (
    select(inbox.c.id, inbox.c.attempts, *columns(inbox, INCOMING))
    .where(
        inbox.c.state == WAITING,
        inbox.c.again_at <= bindparam("now"),
        ~_behind_another,
    )
    .order_by(inbox.c.again_at, inbox.c.id)
    .limit(bindparam("limit"))
    .subquery("heads")
)
# Asked of the few that were found, not of all that wait.
_followed = exists().where(
    _later.c.state == WAITING,
    _later.c.network == _heads.c.network,
    _later.c.conversation == _heads.c.conversation,
    _later.c.id > _heads.c.id,
)
_waiting = Prepared(
    select(_heads.c.id, _heads.c.attempts, _followed, *(_heads.c[name] for name in INCOMING))
)
_free = (
    select(inbox.c.id)
    .where(
        inbox.c.id == bindparam("event"),
        inbox.c.state == WAITING,
        inbox.c.attempts == bindparam("tried"),
        ~_behind_another,
    )
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
# Whoever marks it first has it: the mark and what the turn does are one transaction.
_take = Prepared(update(inbox).where(inbox.c.id == _free).values(state="handled"))
_retry = Prepared(
    update(inbox)
    .where(inbox.c.id == _free)
    .values(
        state=bindparam("new_state"),
        attempts=inbox.c.attempts + 1,
        again_at=bindparam("again"),
        error=bindparam("why"),
    )
)
_cursor = Prepared(select(cursors.c.cursor).where(cursors.c.network == bindparam("network")))
_state = Prepared(
    select(inbox.c.state).where(
        inbox.c.network == bindparam("network"), inbox.c.key == bindparam("key")
    )
)


@cache
def _new_event(dialect: str) -> Prepared:
    adding = insert_into(dialect, inbox).on_conflict_do_nothing(index_elements=["network", "key"])
    given = adding.returning(inbox.c.id, *columns(inbox, INCOMING))
    return Prepared(given, (*INCOMING, "received_at"))


@cache
def _move_cursor(dialect: str) -> Prepared:
    moving = insert_into(dialect, cursors)
    moving = moving.on_conflict_do_update(
        index_elements=["network"], set_={"cursor": moving.excluded.cursor}
    )
    return Prepared(moving, ["network", "cursor"])


def receive(
    connection: Connection,
    network: str,
    events: Sequence[Incoming],
    next_cursor: str | None,
    now: datetime,
) -> list[Waiting]:
    """Add events and move the cursor; return those that were new."""
    rows = [{**incoming_row(event), "received_at": now} for event in events]
    adding = _new_event(connection.dialect.name)
    with together(connection):
        added = adding.send(connection, rows)
        if next_cursor is not None:
            moved = {"network": network, "cursor": next_cursor}
            _move_cursor(connection.dialect.name).send(connection, [moved])
    return [
        Waiting(row[0], incoming_of(row[1:]), attempts=0)
        for row in adding.given_by(connection, added)
    ]


def cursor(connection: Connection, network: str) -> str | None:
    """The saved cursor."""
    row = _cursor.row(connection, {"network": network})
    return None if row is None else row[0]


def heads(connection: Connection, now: datetime, limit: int) -> list[Waiting]:
    """The oldest unhandled event of each conversation, where it is due."""
    rows = sorted(_waiting.rows(connection, {"now": now, "limit": limit}), key=itemgetter(0))
    return [Waiting(row[0], incoming_of(row[3:]), row[1], bool(row[2])) for row in rows]


def take(connection: Connection, waiting: Waiting) -> bool:
    """Mark the event handled; False if it waits behind another one of its conversation, or another
    worker has it, or has handled or failed it.
    """
    return 1 == _take.run(connection, [{"event": waiting.id, "tried": waiting.attempts}])


def put_back(
    connection: Connection, waiting: Waiting, error: str, again_at: datetime | None, now: datetime
) -> bool:
    """Keep it for a retry, or park it; False if it is no more as it was read."""
    changed = {
        "event": waiting.id,
        "tried": waiting.attempts,
        "new_state": "dead" if again_at is None else "waiting",
        "again": again_at or now,
        "why": error,
    }
    return 1 == _retry.run(connection, [changed])


def is_handled(connection: Connection, conversation: ConversationRef, key: str) -> bool:
    """Whether the event was handled or parked."""
    row = _state.row(connection, {"network": conversation.network, "key": key})
    return row is not None and row[0] != "waiting"
