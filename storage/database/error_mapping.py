"""What a database's error means: run again, give up, or a fault of the program.

Messages name the kind of error only: a database quotes the values of the row it refuses.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from psycopg import Error as PostgresError
from psycopg import IntegrityError as PostgresIntegrityError
from psycopg import OperationalError as PostgresOperationalError
from sqlalchemy import exc
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from storage.errors import Conflict, DatabaseRefused, DatabaseUnavailable, StorageError

_SERIALIZATION = {"40001", "40P01", "55P03"}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class Fault(Enum):
    """What can be done about an error of the database."""

    CONFLICT = "conflict"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"
    REFUSED = "refused"


def fault_of(error: BaseException) -> Fault | None:
    """What kind of fault it is; None if it does not come from the database."""
    if isinstance(error, StaleDataError):
        return Fault.CONFLICT
    if isinstance(error, exc.TimeoutError):
        return Fault.UNAVAILABLE
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _sqlite_fault(cause)
    if isinstance(cause, PostgresError):
        return _postgres_fault(cause)
    return Fault.REFUSED if isinstance(error, DBAPIError) else None


def as_storage_error(fault: Fault, error: BaseException) -> StorageError:
    """The error that callers see."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if fault is Fault.CONFLICT:
        return Conflict()
    if fault is Fault.BUSY:
        return DatabaseUnavailable("the database is locked by another program")
    if fault is Fault.UNAVAILABLE:
        return DatabaseUnavailable(f"the database cannot be used: {_first_line(cause)}")
    state = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", "")
    return DatabaseRefused(f"the database refused the statement ({type(cause).__name__} {state})")


def _first_line(cause: BaseException | None) -> str:
    return (str(cause).splitlines() or [type(cause).__name__])[0]


def _sqlite_fault(cause: sqlite3.Error) -> Fault:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return Fault.BUSY
    # Two workers made the same row: the one who reruns will find it.
    if isinstance(cause, sqlite3.IntegrityError):
        return Fault.CONFLICT
    if code in {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE, 0} or isinstance(
        cause, sqlite3.ProgrammingError | sqlite3.InterfaceError
    ):
        return Fault.REFUSED
    return Fault.UNAVAILABLE


def _postgres_fault(cause: PostgresError) -> Fault:
    # Two workers made the same row: the one who reruns will find it.
    if cause.sqlstate in _SERIALIZATION or isinstance(cause, PostgresIntegrityError):
        return Fault.CONFLICT
    if isinstance(cause, PostgresOperationalError) and cause.sqlstate is None:
        return Fault.UNAVAILABLE
    # An address with an option that the library does not know: nothing was ever connected.
    if str(cause).startswith("invalid connection option"):
        return Fault.UNAVAILABLE
    state = cause.sqlstate or ""
    # Connection, resources, intervention (shutdown), system errors.
    if state[:2] in {"08", "53", "57", "58"} or state in {"3D000", "28P01", "28000"}:
        return Fault.UNAVAILABLE
    return Fault.REFUSED


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the database come out as errors of the storage."""
    try:
        yield
    except Exception as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise as_storage_error(fault, error) from None
