"""Transactions on worker threads, awaited by the event loop."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

from psycopg import Connection as PostgresConnection
from psycopg import Error as PostgresError
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from bot.ports.message_queue import Waiting
from storage.database.engine import Backend
from storage.database.error_mapping import Fault, as_storage_error, fault_of

T = TypeVar("T")

_ATTEMPTS = 5
_LONGEST_PAUSE = 0.05
_ONE_VIEW: Any = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class Signals:
    """Says that a box grew, once what was added is committed; of the inbox also by which events, as
    far as they are new ones.

    The application sets both callbacks; they are called in its event loop.
    `storage.queue.notifications` tells other processes.
    """

    def __init__(self) -> None:
        self.inbox_grew: Callable[[Sequence[Waiting]], None] = lambda _: None
        self.outbox_grew: Callable[[], None] = lambda: None


class Transactions:
    """Runs synchronous work in transactions. The work may run several times: it must only read and
    write through its connection.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def write(
        self,
        work: Callable[[Connection], T],
        grew: Callable[[T], Callable[[], None] | None] = lambda _: None,
    ) -> T:
        """Run and commit. `grew` says from the result which callback is due after the commit.

        Raises Conflict, DatabaseUnavailable, or what `work` raises, rolled back.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._backend.writers, self._write, work, grew, loop)

    async def look(self, work: Callable[[Connection], T]) -> T:
        """Run a single reading statement: it sees one moment without a transaction around it."""
        return await self._beside(partial(self._glance, work))

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run on one consistent view; nothing is kept."""
        return await self._beside(partial(self._view, work))

    async def _beside(self, reading: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._backend.readers, _attempt, reading)

    def _write(
        self,
        work: Callable[[Connection], T],
        grew: Callable[[T], Callable[[], None] | None],
        loop: asyncio.AbstractEventLoop,
    ) -> T:
        result = _attempt(partial(self._commit, work))
        callback = grew(result)
        if callback is not None:
            # The loop may have closed while this was being committed: what is kept is kept.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(callback)
        return result

    def _commit(self, work: Callable[[Connection], T]) -> T:
        with self._backend.writing.begin() as connection, _letting_go(connection):
            return work(connection)

    def _glance(self, work: Callable[[Connection], T]) -> T:
        with self._backend.looking.connect() as connection, _letting_go(connection):
            return work(connection)

    def _view(self, work: Callable[[Connection], T]) -> T:
        with self._backend.reading.connect() as connection, _letting_go(connection):
            if self._backend.shared:
                connection.execution_options(**_ONE_VIEW)
            return work(connection)


@contextmanager
def _letting_go(connection: Connection) -> Iterator[None]:
    """When a server is lost, so are all connections to it: the next transaction makes new ones."""
    try:
        yield
    except (DBAPIError, PostgresError) as error:
        # What the library ran, it has looked after itself.
        driver = None if connection.invalidated else connection.connection.driver_connection
        if isinstance(driver, PostgresConnection) and driver.closed:
            connection.invalidate(error)
            connection.engine.dispose(close=False)
        raise


def _attempt(transaction: Callable[[], T]) -> T:
    """Run a transaction again while it conflicts with others, a bounded number of times."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return transaction()
        except Exception as error:
            fault = fault_of(error)
            if fault is None:
                raise
            # A locked SQLite file was already waited for.
            last = attempt == _ATTEMPTS or (fault is Fault.BUSY and attempt > 1)
            if last or fault in {Fault.UNAVAILABLE, Fault.REFUSED}:
                raise as_storage_error(fault, error) from None
        time.sleep(random.uniform(0, _LONGEST_PAUSE))  # noqa: S311 - spreads workers out, no secret
    raise AssertionError
