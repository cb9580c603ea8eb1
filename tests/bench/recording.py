"""What the program says to its database, heard at the driver.

Connections that SQLAlchemy opens within `heard` are of the driver's own classes, which also keep
each statement with its values, so that the same can be said again without the program.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import pq
from sqlalchemy import Engine, event


@dataclass(frozen=True, slots=True)
class Statement:
    """One call of the driver; `many` where `values` are those of several rows."""

    text: Any
    values: Any
    many: bool = False


@dataclass(slots=True)
class Transaction:
    """Statements, in the groups that travelled together, and how it ended.

    One that is `alone` had no transaction around it.
    """

    groups: list[list[Statement]] = field(default_factory=list)
    committed: bool = False
    alone: bool = False


@dataclass(slots=True)
class Recording:
    """The transactions, in the order in which they ended, while `listening`."""

    listening: bool = False
    transactions: list[Transaction] = field(default_factory=list)

    def ended(self, transaction: Transaction, *, committed: bool) -> None:
        """Keep it, unless nothing was said in it."""
        if self.listening and transaction.groups:
            transaction.committed = committed
            self.transactions.append(transaction)


class Hearing:
    """The transaction under way on one connection."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._transaction = Transaction()
        self._group: list[Statement] | None = None

    def said(self, statement: Statement, *, alone: bool = False) -> None:
        """The driver was given a statement."""
        if alone:
            self._recording.ended(Transaction([[statement]], alone=True), committed=False)
        elif self._group is not None:
            self._group.append(statement)
        else:
            self._transaction.groups.append([statement])

    def ended(self, *, committed: bool) -> None:
        """The transaction is over."""
        transaction, self._transaction = self._transaction, Transaction()
        self._recording.ended(transaction, committed=committed)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Statements within it travel together."""
        group = self._group = []
        self._transaction.groups.append(group)
        try:
            yield
        finally:
            self._group = None


class _SqliteCursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = (), /) -> "_SqliteCursor":
        _hearing(self.connection).said(Statement(sql, parameters))
        super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, seq_of_parameters: Any, /) -> "_SqliteCursor":
        rows = list(seq_of_parameters)
        _hearing(self.connection).said(Statement(sql, rows, many=True))
        super().executemany(sql, rows)
        return self


class _SqliteConnection(sqlite3.Connection):
    hearing: Hearing

    def cursor(self, factory: Any = _SqliteCursor) -> Any:
        return super().cursor(factory)

    def commit(self) -> None:
        super().commit()
        self.hearing.ended(committed=True)

    def rollback(self) -> None:
        super().rollback()
        self.hearing.ended(committed=False)


class _PostgresCursor(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **options: Any) -> "_PostgresCursor":
        connection: Any = self.connection
        alone = connection.autocommit
        _hearing(connection).said(Statement(query, params), alone=alone)
        super().execute(query, params, **options)
        return self

    def executemany(self, query: Any, params_seq: Any, *, returning: bool = False) -> None:
        rows = list(params_seq)
        _hearing(self.connection).said(Statement(query, rows, many=True))
        super().executemany(query, rows, returning=returning)


class _PostgresConnection(psycopg.Connection[Any]):
    hearing: Hearing

    def commit(self) -> None:
        super().commit()
        self.hearing.ended(committed=True)

    def rollback(self) -> None:
        under_way = self.info.transaction_status is not pq.TransactionStatus.IDLE
        super().rollback()
        if under_way:
            self.hearing.ended(committed=False)

    @contextmanager
    def pipeline(self) -> Iterator[psycopg.Pipeline]:
        with self.hearing.together(), super().pipeline() as pipeline:
            yield pipeline


def _hearing(connection: Any) -> Hearing:
    hearing: Hearing = connection.hearing
    return hearing


@contextmanager
def heard(recording: Recording) -> Iterator[None]:
    """Connections opened from now on, by any engine, are heard."""

    def connect(dialect: Any, _record: object, arguments: Any, options: dict[str, Any]) -> Any:
        connection: Any
        if dialect.name == "postgresql":
            options["cursor_factory"] = _PostgresCursor
            connection = _PostgresConnection.connect(*arguments, **options)
        else:
            options["factory"] = _SqliteConnection
            connection = sqlite3.connect(*arguments, **options)
        connection.hearing = Hearing(recording)
        return connection

    event.listen(Engine, "do_connect", connect)
    try:
        yield
    finally:
        event.remove(Engine, "do_connect", connect)
