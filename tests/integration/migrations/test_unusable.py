"""Databases that cannot be used: one clear line, and nothing harmed."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from storage import AlreadyRunning, DatabaseUnavailable, StorageError
from tests.support.postgres import address_of, postgres_server
from tests.support.stores import NOW, chat, event, open_test_store

HOLD = """
import sys
from pathlib import Path
from tests.support.stores import open_test_store
store = open_test_store(sys.argv[1], Path(sys.argv[2]))
print("open", flush=True)
sys.stdin.read()
"""


def file_url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_sqlite_database_serves_one_process(tmp_path: Path) -> None:
    url = file_url(tmp_path / "filrouge.sqlite3")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, url, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        text=True,
    ) as other:
        assert other.stdout is not None
        assert "open\n" == other.stdout.readline()
        with pytest.raises(AlreadyRunning, match="Another process"):
            open_test_store(url, tmp_path)
        other.kill()

    open_test_store(url, tmp_path).close()


def test_a_store_that_was_closed_can_be_opened_again(tmp_path: Path) -> None:
    url = file_url(tmp_path / "new" / "folder" / "filrouge.sqlite3")

    open_test_store(url, tmp_path).close()
    open_test_store(url, tmp_path).close()

    assert (tmp_path / "new" / "folder" / "filrouge.sqlite3").exists()


def test_a_damaged_file_is_said_to_be_unusable(tmp_path: Path) -> None:
    path = tmp_path / "filrouge.sqlite3"
    path.write_bytes(b"this is no database, whatever its name says" * 100)
    before = path.read_bytes()

    with pytest.raises(DatabaseUnavailable, match="not a database"):
        open_test_store(file_url(path), tmp_path)

    assert before == path.read_bytes()


def test_a_folder_that_cannot_be_is_said_to_be_unusable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(DatabaseUnavailable):
        open_test_store(file_url(tmp_path / "file" / "filrouge.sqlite3"), tmp_path)


async def test_a_file_that_another_program_locks_is_said_to_be_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.engine._BUSY_TIMEOUT", 0.01)
    path = tmp_path / "filrouge.sqlite3"
    store = open_test_store(file_url(path), tmp_path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(DatabaseUnavailable, match="locked by another program"):
        await store.queue.receive("web", [event(chat("a"), "1")], None, NOW)
    other.execute("ROLLBACK")
    other.close()

    assert 1 == len(await store.queue.receive("web", [event(chat("a"), "1")], None, NOW))
    store.close()


def test_a_server_that_is_gone_is_said_to_be_unusable(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        open_test_store(f"postgresql://nobody@/nowhere?host={tmp_path}", tmp_path)


def test_a_database_that_does_not_exist_is_said_to_be_unusable(tmp_path: Path) -> None:
    assert postgres_server()

    with pytest.raises(DatabaseUnavailable, match="nowhere"):
        open_test_store(address_of("nowhere"), tmp_path)


@pytest.mark.parametrize("url", ["", "filrouge.sqlite3", "mysql://localhost/filrouge"])
def test_another_kind_of_database_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="database"):
        open_test_store(url, tmp_path)
