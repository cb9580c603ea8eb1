"""One transaction's view of everything kept, and the database that gives it."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.engine import Connection

from bot.ports.records import (
    Advisors,
    Codes,
    Copies,
    Dialogues,
    Digests,
    Links,
    OutboxWriter,
    People,
    Projects,
    UnitOfWork,
)
from storage.database.session import Work
from storage.database.transactions import Signals, Transactions
from storage.repositories.advisors import AdvisorRecords
from storage.repositories.codes import CodeRecords
from storage.repositories.copies import CopyRecords
from storage.repositories.dialogues import DialogueRecords
from storage.repositories.digests import DigestRecords
from storage.repositories.links import LinkRecords
from storage.repositories.outbox_writer import QueuedMessages
from storage.repositories.people import PeopleRecords
from storage.repositories.projects import ProjectRecords

T = TypeVar("T")


class Records:
    """The repositories of one transaction."""

    def __init__(self, work: Work) -> None:
        self.people: People = PeopleRecords(work)
        self.advisors: Advisors = AdvisorRecords(work)
        self.projects: Projects = ProjectRecords(work)
        self.dialogues: Dialogues = DialogueRecords(work)
        self.outbox: OutboxWriter = QueuedMessages(work)
        self.copies: Copies = CopyRecords(work)
        self.links: Links = LinkRecords(work)
        self.codes: Codes = CodeRecords(work)
        self.digests: Digests = DigestRecords(work)


def carry_out(connection: Connection, work: Callable[[UnitOfWork], T]) -> tuple[T, bool]:
    """Run `work` and write what it changed, uncommitted; also tell whether it queued messages."""
    shared = Work(connection, keeps=True)
    try:
        result = work(Records(shared))
        shared.flush()
    except BaseException:
        # What the work made is new again, so that it can be run once more with the same values.
        shared.session.rollback()
        raise
    finally:
        shared.session.close()
    return result, shared.queued


class SqlDatabase:
    """Where everything is kept."""

    def __init__(self, transactions: Transactions, signals: Signals) -> None:
        self._transactions = transactions
        self._signals = signals

    async def transact(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in one transaction, committed when it returns. A version conflict reruns it.

        Raises Conflict when reruns do not help, DatabaseUnavailable, or what `work` raises.
        """
        result, _ = await self._transactions.write(
            lambda connection: carry_out(connection, work),
            lambda outcome: self._signals.outbox_grew if outcome[1] else None,
        )
        return result

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` on a consistent view; nothing it changes is kept."""

        def view(connection: Connection) -> T:
            shared = Work(connection, keeps=False)
            try:
                return work(Records(shared))
            finally:
                shared.session.close()

        return await self._transactions.read(view)
