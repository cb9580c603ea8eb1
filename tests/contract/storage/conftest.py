"""Every test of this folder runs on each of the databases."""

import shutil
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


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with its tables: copying it is faster than making them again."""
    path = tmp_path_factory.mktemp("contract") / "filrouge.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@contextmanager
def _database(kind: str, file: Path, folder: Path) -> Iterator[str]:
    if kind == "postgresql":
        yield _migrated()
        execute(_migrated(), _EMPTY)
    elif kind == "sqlite":
        yield f"sqlite:///{shutil.copy(file, folder)}"
    else:
        yield "sqlite://"


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """What a test runs on."""
    return str(request.param)


@pytest.fixture
def store(kind: str, migrated_file: Path, tmp_path: Path) -> Iterator[Store]:
    """An open store on an empty database."""
    with _database(kind, migrated_file, tmp_path) as url:
        opened = open_test_store(url, tmp_path)
        yield opened
        opened.close()


@pytest.fixture
def lasting_url(kind: str, migrated_file: Path, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database that is still there after a store of it is closed."""
    with _database(kind, migrated_file, tmp_path) as url:
        yield url


@pytest.fixture
def shared_url(migrated_file: Path, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database that several processes may use: PostgreSQL."""
    with _database("postgresql", migrated_file, tmp_path) as url:
        yield url


@pytest.fixture
def workers(shared_url: str, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two processes on one database."""
    one = open_test_store(shared_url, tmp_path, "one")
    two = open_test_store(shared_url, tmp_path, "two")
    yield one, two
    one.close()
    two.close()
