"""Where handlers leave what is to be sent."""

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, delete

from bot.ports.network import Outgoing
from bot.ports.records import SendingRule
from storage.database.engine import insert_into
from storage.database.prepared import Prepared
from storage.database.session import Work
from storage.repositories.messages import OUTGOING, RULE, outgoing_row
from storage.tables import outbox

_ANY_TIME = SendingRule()
_forget = delete(outbox).where(outbox.c.key == bindparam("of"))


@cache
def queue_statement(dialect: str) -> Prepared:
    """Adds a message unless its key is already there."""
    queueing = insert_into(dialect, outbox).on_conflict_do_nothing(index_elements=["key"])
    return Prepared(queueing, (*OUTGOING, *RULE, "due_at", "source"))


class QueuedMessages:
    """The messages that one transaction queues."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put(
        self,
        outgoing: Outgoing,
        *,
        at: datetime,
        rule: SendingRule = _ANY_TIME,
        source: str | None = None,
    ) -> None:
        """Queue a message, to go not before `at`. A key already queued is not queued again."""
        self._work.queued = True
        self._work.add_row(
            queue_statement(self._work.connection.dialect.name),
            outgoing_row(outgoing, at, rule, source),
        )

    def forget(self, key: str) -> None:
        """No message of that key waits any more, and another may be queued under it."""
        self._work.write_rows()
        self._work.connection.execute(_forget, {"of": key})
