"""The tables go up and down through their versions, on both databases."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from storage import NewerDatabase
from storage.database.engine import migration_engine, parse_url
from storage.database.schema_version import PRESENT, are_present
from storage.migrations import downgrade, revisions, upgrade
from storage.tables import metadata
from tests.support.stores import open_test_store


def tables(url: str) -> set[str]:
    engine = migration_engine(parse_url(url))
    with engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
    engine.dispose()
    return found - {"alembic_version"}


def run(url: str, statement: str) -> None:
    engine = migration_engine(parse_url(url))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_the_versions_lead_to_the_tables_of_the_program(url: str) -> None:
    upgrade(url)

    engine = migration_engine(parse_url(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert [] == compare_metadata(context, metadata)
    engine.dispose()


def test_the_indexes_of_what_waits_are_partial(url: str) -> None:
    upgrade(url)

    engine = migration_engine(parse_url(url))
    query = (
        "SELECT sql FROM sqlite_master WHERE name = :name"
        if url.startswith("sqlite")
        else "SELECT indexdef FROM pg_indexes WHERE indexname = :name"
    )
    with engine.connect() as connection:
        for name in ("ix_inbox_waiting", "ix_outbox_pending", "ix_projects_due"):
            assert " WHERE " in str(connection.scalar(text(query), {"name": name}))
    engine.dispose()


def test_going_down_leaves_nothing_and_up_again_works(url: str) -> None:
    upgrade(url)
    assert set(metadata.tables) == tables(url)

    downgrade(url, "base")
    assert set() == tables(url)

    upgrade(url)
    upgrade(url)
    assert set(metadata.tables) == tables(url)


def test_the_version_that_starts_look_for_is_the_newest() -> None:
    assert PRESENT == revisions()[1]


def test_tables_are_present_at_their_newest_version_alone(url: str) -> None:
    engine = migration_engine(parse_url(url))

    def present() -> bool:
        with engine.connect() as connection:
            return are_present(connection)

    assert not present()
    upgrade(url)
    assert present()
    run(url, "UPDATE alembic_version SET version_num = '0000'")
    assert not present()
    run(url, "DELETE FROM alembic_version")
    assert not present()
    engine.dispose()


def test_a_start_on_present_tables_changes_none(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_test_store(url, tmp_path).close()

    def changed(_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("storage.migrations.upgrade", changed)
    open_test_store(url, tmp_path).close()


def test_a_newer_database_is_left_alone(url: str, tmp_path: Path) -> None:
    upgrade(url)
    run(url, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerDatabase, match="newer Fil Rouge"):
        open_test_store(url, tmp_path)

    assert set(metadata.tables) == tables(url)


def test_two_processes_that_start_together_do_not_both_migrate(url: str) -> None:
    together = threading.Barrier(4, timeout=30)

    def start() -> None:
        together.wait()
        upgrade(url)

    with ThreadPoolExecutor(4) as threads:
        for started in [threads.submit(start) for _ in range(4)]:
            started.result()

    assert set(metadata.tables) == tables(url)


def test_a_version_that_fails_in_the_middle_leaves_the_old_one(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = op.create_table
    made: list[str] = []

    def create_some(name: str, *items: object) -> object:
        if len(made) == 5:
            raise KeyboardInterrupt
        made.append(name)
        return create(name, *items)  # type: ignore[arg-type]

    monkeypatch.setattr(op, "create_table", create_some)
    with pytest.raises(KeyboardInterrupt):
        upgrade(url)
    monkeypatch.undo()

    assert 5 == len(made)
    assert set() == tables(url)
    upgrade(url)
    assert set(metadata.tables) == tables(url)


def test_rows_without_their_owner_stop_a_migration(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/filrouge.sqlite3"
    upgrade(url)
    with sqlite3.connect(tmp_path / "filrouge.sqlite3") as connection:
        connection.execute(
            "INSERT INTO rooms (project_id, network, conversation) VALUES (7, 'web', 'room')"
        )
    connection.close()

    with pytest.raises(Exception, match="rows of rooms"):
        upgrade(url)
