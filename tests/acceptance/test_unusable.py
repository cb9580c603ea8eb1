"""What keeps the service from starting is one clear line and exit code 2, never a traceback."""

import socket
import sqlite3
from pathlib import Path

from tests.acceptance.conftest import House
from tests.support.service import Ended, filrouge


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
        ended = filrouge(folder, "run", port=port)
    assert_one_line(ended, f"127.0.0.1:{port}", "already in use", "Choose another address")
    assert "" == ended.out


def test_a_data_folder_that_cannot_be_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = filrouge(folder, "run", FILROUGE_DATA_DIR=str(tmp_path / "file"))
    assert_one_line(ended, f"data_dir: {tmp_path}/file cannot be made", "name a folder")


def test_a_second_process_on_the_same_sqlite_database_is_refused(house: House) -> None:
    assert_one_line(filrouge(house.service.folder, "run"), "Another process")


def test_a_database_of_a_newer_version_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / "demo.sqlite3") as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.close()
    assert_one_line(filrouge(folder, "run"), "a newer Fil Rouge")


def assert_one_line(ended: Ended, *words: str) -> None:
    """It ended with 2 and one line on standard error, which holds these words."""
    assert (2, 1) == (ended.code, len(ended.err.splitlines())), ended.err
    assert ended.err.startswith("filrouge: ")
    for each in words:
        assert each in ended.err
