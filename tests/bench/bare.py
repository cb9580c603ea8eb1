"""The limit: recorded statements said again, with their values, to the bare driver of the database.

They are said to a copy of the database on which they were recorded, made just before: the same rows
get the same ids, and each statement finds what it found. On PostgreSQL each of eight connections
has a copy of its own on the one server. SQLite has one writer, whatever is at once.
"""

import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo, sql

from tests.bench.recording import Statement, Transaction
from tests.support.postgres import empty_database

CONNECTIONS = 8
_COUNT = "SELECT count(*) FROM outbox WHERE state = :state"


@dataclass(frozen=True, slots=True)
class Limit:
    """Turns a second, and the processor time of this process for each, in ms."""

    rate: float
    processor_ms: float


@dataclass(frozen=True, slots=True)
class SqliteDatabase:
    """A file, which nobody has open."""

    path: Path

    @property
    def url(self) -> str:
        """Its address for the program."""
        return f"sqlite:///{self.path}"

    def copy(self, path: Path) -> "SqliteDatabase":
        """The same rows in another file."""
        shutil.copy(self.path, path)
        return SqliteDatabase(path)

    def messages(self, state: str) -> int:
        """How many messages of the outbox are in that state."""
        with closing(sqlite3.connect(self.path)) as connection:
            return int(connection.execute(_COUNT, {"state": state}).fetchone()[0])

    def replay(self, transactions: Sequence[Transaction], turns: int) -> Limit:
        """Say all of it on one connection, as durable as the program has it."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")
            with _measured(turns) as measured:
                for transaction in transactions:
                    for group in transaction.groups:
                        _fetch(_say(connection, group))
                    _end(connection, transaction)
        assert turns == self.messages("sent"), "what was said did not do what it did first"
        return measured[0]


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """A database to which nobody is connected."""

    url: str

    @contextmanager
    def copies(self, count: int) -> Iterator[list["PostgresDatabase"]]:
        """The same rows in other databases of the server, dropped at the end."""
        with ExitStack() as stack:
            urls = [stack.enter_context(empty_database()) for _ in range(count)]
            for url in urls:
                self._copy_to(url)
            yield [PostgresDatabase(url) for url in urls]

    def messages(self, state: str) -> int:
        """How many messages of the outbox are in that state."""
        with psycopg.connect(self.url) as connection:
            counting = _COUNT.replace(":state", "%(state)s").encode()
            row = connection.execute(counting, {"state": state}).fetchone()
        assert row is not None
        return int(row[0])

    def replay(self, transactions: Sequence[Transaction]) -> None:
        """Say all of it on one connection."""
        with psycopg.connect(self.url) as connection:
            for transaction in transactions:
                connection.autocommit = transaction.alone
                for group in transaction.groups:
                    if len(group) == 1:
                        cursors = _say(connection, group)
                    else:
                        with connection.pipeline():
                            cursors = _say(connection, group)
                    _fetch(cursors)
                _end(connection, transaction)

    def _copy_to(self, url: str) -> None:
        name, own = _name(url), _name(self.url)
        server = conninfo.make_conninfo(url, dbname="postgres")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {}").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, own))


def _name(url: str) -> sql.Identifier:
    return sql.Identifier(str(conninfo.conninfo_to_dict(url)["dbname"]))


def replay_at_once(
    databases: Sequence[PostgresDatabase], transactions: Sequence[Transaction], turns: int
) -> Limit:
    """Say all of it to each of these databases, on a connection and a thread for each."""
    threads = [
        threading.Thread(target=database.replay, args=(transactions,)) for database in databases
    ]
    with _measured(turns * len(databases)) as measured:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for database in databases:
        assert turns == database.messages("sent"), "what was said did not do what it did first"
    return measured[0]


@contextmanager
def _measured(turns: int) -> Iterator[list[Limit]]:
    """The figure of what is done within, once it is done."""
    measured: list[Limit] = []
    start, worked = time.perf_counter(), time.process_time()
    yield measured
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    measured.append(Limit(turns / seconds, worked / turns * 1000))


def _say(connection: Any, group: Sequence[Statement]) -> list[Any]:
    cursors = []
    for statement in group:
        cursor = connection.cursor()
        run = cursor.executemany if statement.many else cursor.execute
        run(statement.text, statement.values)
        cursors.append(cursor)
    return cursors


def _fetch(cursors: Sequence[Any]) -> None:
    for cursor in cursors:
        if cursor.description is not None:
            cursor.fetchall()
        cursor.close()


def _end(connection: Any, transaction: Transaction) -> None:
    if transaction.committed:
        connection.commit()
    elif not transaction.alone:
        connection.rollback()
