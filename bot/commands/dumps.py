"""Writes a database to one file, and back: SQLite by its online backup, PostgreSQL by its tools.

Both give one consistent state while the service runs.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL

from bot.commands.archive import sqlite_copy
from bot.commands.faults import CommandError
from storage.database.engine import parse_url, sqlite_path
from storage.database.lock_file import hold

_VERSION = "SELECT version_num FROM alembic_version"
_ANY_TABLE = (
    "SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE relkind IN ('r', 'p') AND nspname NOT LIKE 'pg_%' AND nspname <> 'information_schema'"
    " LIMIT 1"
)
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_SIDECARS = ("-wal", "-shm")
# The machine where it is restored may have other users.
_NOBODY_S = ("--no-owner", "--no-privileges")


def kind_of(url: str) -> str:
    """The kind of database: sqlite or postgresql."""
    return parse_url(url).get_backend_name()


def dump(url: str, target: Path) -> str:
    """Write the database to `target`; return the version of its tables. Raises CommandError."""
    address = parse_url(url)
    path = sqlite_path(address)
    if path is None:
        program = _find_program("pg_dump")
        version = _postgresql_version(address)
        if version is None:
            raise CommandError("there is nothing of Fil Rouge in the database yet")
        _run(program, address, "--format=custom", *_NOBODY_S, f"--file={target}")
        return version
    if not path.is_file():
        raise CommandError(f"there is no database at {path}")
    try:
        return sqlite_version(sqlite_copy(path, target))
    except sqlite3.Error as error:
        raise CommandError(f"{path}: {error}") from error


def sqlite_version(path: Path) -> str:
    """The version of the tables in a database file, checked to be whole. Raises sqlite3.Error,
    CommandError.
    """
    with closing(sqlite3.connect(path)) as database:
        if ("ok",) != database.execute("PRAGMA integrity_check").fetchone():
            raise CommandError(f"{path}: the database is damaged")
        try:
            row = database.execute(_VERSION).fetchone()
        except sqlite3.OperationalError as error:
            raise CommandError(f"{path}: not a database of Fil Rouge") from error
    return str(row[0]) if row else ""


def holds_data(url: str) -> bool:
    """Whether there is a database already: a file, or any table. Raises CommandError."""
    address = parse_url(url)
    path = sqlite_path(address)
    return path.exists() if path is not None else _query(address, _ANY_TABLE) is not None


def files_of(url: str) -> tuple[Path, ...]:
    """The files that a database consists of; a backup has the dump instead of them."""
    path = sqlite_path(parse_url(url))
    if path is None:
        return ()
    return path, *(path.with_name(path.name + ending) for ending in (*_SIDECARS, ".lock"))


def load_dump(url: str, source: Path) -> None:
    """Replace the database by the dump. Raises CommandError, AlreadyRunning."""
    address = parse_url(url)
    path = sqlite_path(address)
    if path is None:
        program = _find_program("pg_restore")
        if _query(address, _OTHERS) != (0,):
            raise CommandError(
                "somebody is connected to the database: stop the service, and what else uses it"
            )
        options = ("--clean", "--if-exists", *_NOBODY_S, "--single-transaction", "--exit-on-error")
        _run(program, address, *options, str(source))
        return
    try:
        sqlite_version(source)
    except sqlite3.Error as error:
        raise CommandError(f"the backup's database is damaged: {error}") from error
    release = hold(path)
    try:
        beside = path.with_name(path.name + ".restored")
        shutil.copyfile(source, beside)
        for sidecar in _SIDECARS:
            path.with_name(path.name + sidecar).unlink(missing_ok=True)
        beside.replace(path)
    finally:
        release()


def _postgresql_version(address: URL) -> str | None:
    """The version of the tables, or None where there are none of ours."""
    row = _query(address, _VERSION)
    return str(row[0]) if row else None


def _query(address: URL, question: str) -> tuple[Any, ...] | None:
    """The first row of the answer; None if there is none, or no such table. Raises CommandError."""
    try:
        with psycopg.connect(_plain_url(address)) as connection:
            return connection.execute(question.encode()).fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    except psycopg.Error as error:
        raise CommandError(f"the database cannot be used: {str(error).splitlines()[0]}") from error


def _find_program(tool: str) -> str:
    program = shutil.which(tool)
    if program is None:
        raise CommandError(
            f"{tool} was not found: install PostgreSQL's client programs, of the server's version"
            " or newer"
        )
    return program


def _run(program: str, address: URL, *options: str) -> None:
    # The password goes by the environment: everybody on the machine sees the arguments.
    database = _plain_url(address.set(password=None))
    ended = subprocess.run(  # noqa: S603 - the program is PostgreSQL's, the options are ours
        [program, f"--dbname={database}", *options],
        env=os.environ | ({"PGPASSWORD": str(address.password)} if address.password else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        lines = ended.stderr.strip().splitlines() or [f"{program} ended with {ended.returncode}"]
        raise CommandError("; ".join(lines[:2]))


def _plain_url(address: URL) -> str:
    plain = address.set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)
