"""SQLite and PostgreSQL: the one place that knows how they differ.

SQLite has one writer, on one thread, and a few readers beside it (WAL). PostgreSQL has a pool of
connections, each on its thread. Engines are synchronous: the library's asynchronous layer costs
more than the disk.
"""

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import psycopg
from sqlalchemy import Column, ColumnElement, Engine, Table, create_engine, event, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from storage.errors import StorageError

_READERS = 2
_BUSY_TIMEOUT = 5.0
_TRY_AGAIN = 0.01

Insert = sqlite.Insert | postgresql.Insert
P = ParamSpec("P")
T = TypeVar("T")


class AtOnce(Executor):
    """Runs what it is given before it returns: memory is not waited for, a thread would be."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """A future that is over."""
        future = Future[T]()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


@dataclass(slots=True)
class Backend:
    """Engines and the threads that use them. `path` is the file of an SQLite database, if any.

    `looking` is for single statements that read: on PostgreSQL they need no transaction, which
    would cost two more exchanges with the server.
    """

    url: URL
    writing: Engine
    reading: Engine
    looking: Engine
    writers: Executor
    readers: Executor
    path: Path | None = None
    release: Callable[[], None] = field(default=lambda: None)

    @property
    def shared(self) -> bool:
        """Whether other processes may use the database at the same time."""
        return self.url.get_backend_name() == "postgresql"

    def close(self) -> None:
        """Finish what runs, then let go of the database."""
        for threads in (self.writers, self.readers):
            threads.shutdown(wait=True)
        self.writing.dispose()
        self.reading.dispose()
        self.release()


def parse_url(url: str) -> URL:
    """The address of a database. Raises StorageError if it is not one of the two kinds."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StorageError("the database address cannot be understood") from None
    name = parsed.get_backend_name()
    if name == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if name == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    raise StorageError(f"a database of kind {name!r} is not known: use sqlite or postgresql")


def sqlite_path(url: URL) -> Path | None:
    """The file of an SQLite database; None in memory, or for another kind."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def open_backend(url: URL, connections: int) -> Backend:
    """Engines and threads for this database; no connection is made yet."""
    if url.get_backend_name() == "postgresql":
        engine = _postgresql_engine(url, connections)
        threads = ThreadPoolExecutor(connections, "postgresql")
        looking = engine.execution_options(isolation_level="AUTOCOMMIT")
        return Backend(url, engine, engine, looking, threads, threads)
    path = sqlite_path(url)
    if path is None:
        engine = _sqlite_engine(url, "BEGIN IMMEDIATE", poolclass=StaticPool)
        return Backend(url, engine, engine, engine, AtOnce(), AtOnce())
    reading = _sqlite_engine(url, "BEGIN", poolclass=QueuePool, pool_size=_READERS)
    return Backend(
        url,
        writing=_sqlite_engine(url, "BEGIN IMMEDIATE", poolclass=QueuePool, pool_size=1),
        reading=reading,
        looking=reading,
        writers=ThreadPoolExecutor(1, "sqlite-writer"),
        readers=ThreadPoolExecutor(_READERS, "sqlite-reader"),
        path=path,
    )


def migration_engine(url: URL) -> Engine:
    """An engine for changing tables: foreign keys are checked at the end, by who migrates."""
    if url.get_backend_name() == "postgresql":
        return create_engine(url, poolclass=NullPool, hide_parameters=True)
    return _sqlite_engine(url, "BEGIN IMMEDIATE", foreign_keys=False, poolclass=NullPool)


def examining_engine(url: URL) -> Engine:
    """An engine for a look that holds up nobody who writes."""
    if url.get_backend_name() == "postgresql":
        return create_engine(url, poolclass=NullPool, hide_parameters=True)
    return _sqlite_engine(url, "BEGIN", poolclass=NullPool)


def insert_into(dialect: str, table: Table) -> Insert:
    """An INSERT that can say what to do when the row is already there; it gives a count, no id."""
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return insert.inline().execution_options(preserve_rowcount=True)


def unindexed(dialect: str, column: Column[str]) -> ColumnElement[str]:
    """The column, hidden from SQLite's planner, which would rather sort all that an equality finds
    than read another index in order. PostgreSQL counts, and must see the column.
    """
    return column if dialect == "postgresql" else func.coalesce(column, "")


def together(connection: Connection) -> AbstractContextManager[object]:
    """Statements sent within it travel in one round trip; their results are known at its end."""
    if connection.dialect.name == "postgresql":
        driver: psycopg.Connection = cast("Any", connection.connection.driver_connection)
        return driver.pipeline()
    return nullcontext()


def _postgresql_engine(url: URL, connections: int) -> Engine:
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
    )


def _sqlite_engine(url: URL, begin: str, *, foreign_keys: bool = True, **pool: Any) -> Engine:
    engine = create_engine(
        url,
        # The library's own transaction control would commit before each CREATE TABLE.
        connect_args={
            "isolation_level": None,
            "check_same_thread": False,
            "timeout": _BUSY_TIMEOUT,
        },
        hide_parameters=True,
        **pool,
    )

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")

    def begun(connection: Connection) -> None:
        # Straight on the driver: this is said at every turn.
        connection.connection.cursor().execute(begin).close()

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Use the write-ahead log. SQLite does not wait for others here as it does elsewhere: two
    programs that open a new database together have to try again.
    """
    give_up = time.monotonic() + _BUSY_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(_TRY_AGAIN)
        else:
            return
