"""Every test of this folder runs on each of the databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from storage import Store, upgrade
from tests.support.postgres import address_of, empty_database, execute, postgres_server
from tests.support.stores import open_test_store


@cache
def _migrated() -> str:
    """A PostgreSQL database with its tables, to be copied: that is faster than making them."""
    execute(postgres_server(), "CREATE DATABASE migrated")
    upgrade(address_of("migrated"))
    return "migrated"


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "postgresql":
        with empty_database(_migrated()) as url:
            yield url
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
