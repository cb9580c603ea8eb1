"""What keeps the service from starting is one clear line and exit code 2, never a traceback."""

import socket
import sqlite3
from pathlib import Path

import pytest

from tests.support.postgres import empty_database, execute
from tests.support.service import Ended, Service, filrouge, free_port, running


def test_a_wrong_setting_is_named(folder: Path) -> None:
    ended = filrouge(folder, "run", FILROUGE_OUTBOX__LAESE="3 s")
    assert_one_line(ended, "FILROUGE_OUTBOX__LAESE", "FILROUGE_OUTBOX__LEASE")


def test_a_misspelt_key_of_a_portal_is_named_with_its_file(folder: Path, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "config" / "portals" / "sosponts.toml"
    portals = tmp_path / "portals"
    portals.mkdir()
    text = shipped.read_text(encoding="utf-8").replace("prefix =", "prefx =")
    (portals / "sosponts.toml").write_text(text, encoding="utf-8")
    ended = filrouge(folder, "run", FILROUGE_PORTALS_DIR=str(portals))
    assert 2 == ended.code
    assert "Traceback" not in ended.err
    assert "sosponts.toml: unknown key “prefx”; did you mean “prefix”?" in ended.err


def test_a_port_already_taken_is_named(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert_one_line(filrouge(folder, "run", port=port), f"127.0.0.1:{port}", "already in use")


def test_a_second_process_on_the_same_sqlite_database_is_refused(folder: Path) -> None:
    with running(Service(folder)):
        assert_one_line(filrouge(folder, "run", port=free_port()), "Another process")


def test_a_database_that_another_program_locks_is_said_to_be_locked(folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / "demo.sqlite3", isolation_level=None) as other:
        other.execute("CREATE TABLE theirs (id)")
        other.execute("BEGIN EXCLUSIVE")
        assert_one_line(filrouge(folder, "run"), "locked by another program")
    other.close()


def test_a_database_server_that_is_gone_is_said_without_its_password(folder: Path) -> None:
    address = f"postgresql://fil:s3cret@127.0.0.1:{free_port()}/rouge"
    ended = filrouge(folder, "run", FILROUGE_DATABASE_URL=address)
    assert_one_line(ended, "the database cannot be used")
    assert "s3cret" not in ended.err


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_of_a_newer_version_is_left_alone(kind: str, folder: Path) -> None:
    newer = "CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"
    row = "INSERT INTO alembic_version VALUES ('9999')"
    if kind == "postgresql":
        with empty_database() as url:
            execute(url, newer)
            execute(url, row)
            ended = filrouge(folder, "run", FILROUGE_DATABASE_URL=url)
    else:
        folder.mkdir()
        with sqlite3.connect(folder / "demo.sqlite3") as database:
            database.execute(newer)
            database.execute(row)
        database.close()
        ended = filrouge(folder, "run")
    assert_one_line(ended, "newer version of Fil Rouge")


def assert_one_line(ended: Ended, *words: str) -> None:
    """It ended with 2 and one line on standard error, which holds these words."""
    assert (2, 1) == (ended.code, len(ended.err.splitlines())), ended.err
    assert ended.err.startswith("filrouge: ")
    for each in words:
        assert each in ended.err
