"""A database as one file, and back: SQLite by its online backup, PostgreSQL by its own tools.

Both give one consistent state while the service runs.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL

from bot.commands.faults import CommandError
from storage.engine import parse_url, sqlite_path
from storage.lockfile import hold

_VERSION = "SELECT version_num FROM alembic_version"
_SIDECARS = ("-wal", "-shm")


def kind_of(url: str) -> str:
    """ "sqlite" or "postgresql"."""
    return parse_url(url).get_backend_name()


def dump(url: str, target: Path) -> str:
    """Write the database to `target`; return the version of its tables. Raises CommandError."""
    address = parse_url(url)
    path = sqlite_path(address)
    if path is None:
        _run("pg_dump", address, "--format=custom", "--no-owner", f"--file={target}")
        return _postgresql_version(address) or ""
    if not path.is_file():
        raise CommandError(f"there is no database at {path}")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            # As one file: the copy must not need a log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
        return sqlite_version(target)
    except sqlite3.Error as error:
        raise CommandError(f"{path}: {error}") from error


def sqlite_version(path: Path) -> str:
    """The version of the tables in a file that is whole. Raises sqlite3.Error, CommandError."""
    with closing(sqlite3.connect(path)) as database:
        if ("ok",) != database.execute("PRAGMA integrity_check").fetchone():
            raise CommandError(f"{path}: the database is damaged")
        row = database.execute(_VERSION).fetchone()
    return str(row[0]) if row else ""


def holds_data(url: str) -> bool:
    """Whether a database is already there."""
    address = parse_url(url)
    path = sqlite_path(address)
    return path.exists() if path is not None else _postgresql_version(address) is not None


def load_dump(url: str, source: Path) -> None:
    """Put the dump in the place of the database. Raises CommandError, AlreadyRunning."""
    address = parse_url(url)
    path = sqlite_path(address)
    if path is None:
        options = (
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            "--exit-on-error",
        )
        _run("pg_restore", address, *options, str(source))
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
    """The version of the tables, or None where there are none."""
    try:
        with psycopg.connect(_plain(address)) as connection:
            row = connection.execute(_VERSION.encode()).fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    except psycopg.Error as error:
        raise CommandError(f"the database cannot be used: {str(error).splitlines()[0]}") from error
    return str(row[0]) if row else ""


def _run(tool: str, address: URL, *options: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise CommandError(
            f"{tool} was not found: install PostgreSQL's client programs, of the server's version"
            " or newer"
        )
    # The password goes by the environment: everybody on the machine sees the arguments.
    database = _plain(address.set(password=None))
    done = subprocess.run(  # noqa: S603 - the program is PostgreSQL's, the options are ours
        [program, f"--dbname={database}", *options],
        env=os.environ | ({"PGPASSWORD": str(address.password)} if address.password else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"{tool} ended with {done.returncode}"]
        raise CommandError("; ".join(lines[:2]))


def _plain(address: URL) -> str:
    plain = address.set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)
