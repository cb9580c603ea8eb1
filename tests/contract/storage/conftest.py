"""Every test of this folder runs on each of the databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from storage import Store
from storage.migrations import upgrade
from storage.tables import metadata
from tests.support.postgres import address_of, execute, postgres_server
from tests.support.stores import open_test_store

_EMPTY = ";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))


@cache
def _migrated() -> str:
    """A PostgreSQL database with its tables: emptying them is faster than making them again."""
    execute(postgres_server(), "CREATE DATABASE contract")
    upgrade(address_of("contract"))
    return address_of("contract")


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "postgresql":
        yield _migrated()
        execute(_migrated(), _EMPTY)
    else:
        yield "sqlite://" if kind == "memory" else f"sqlite:///{folder}/filrouge.sqlite3"


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An open store on an empty database."""
    with _database(request.param, tmp_path) as url:
        opened = open_test_store(url, tmp_path)
        yield opened
        opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def lasting_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database that is still there after a store of it is closed."""
    with _database(request.param, tmp_path) as url:
        yield url
