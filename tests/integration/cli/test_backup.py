import json
import os
import sqlite3
import stat
import tarfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import psycopg
import pytest

import config
from bot.commands.stores import command_store
from config.settings import load
from tests.integration.cli.conftest import Filrouge
from tests.support.postgres import empty_database, execute

DEMO = Path(config.__file__).parent / "demo" / "advisors.csv"
ATTACHMENT = "files/ab/" + "ab" * 32


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(
    request: pytest.FixtureRequest,
    filrouge: Filrouge,
    machine: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """A database with a register, and a data folder with an attachment and a secret."""
    monkeypatch.setenv("FILROUGE_DATA_DIR", str(machine / "data"))
    (machine / "data" / "files" / "ab").mkdir(parents=True)
    (machine / "data" / ATTACHMENT).write_text("plan")
    (machine / "data" / "secret_key").write_text("s" * 40)
    if request.param == "sqlite":
        assert 0 == filrouge("advisors", "import", DEMO).code
        yield f"sqlite:///{machine}/data/demo.sqlite3"
        return
    with empty_database() as url:
        # The tools must be of the server's version or newer.
        with psycopg.connect(url) as server:
            row = server.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'").fetchone()
        assert row is not None
        monkeypatch.setenv("PATH", f"{row[0]}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setenv("FILROUGE_DATABASE_URL", url)
        assert 0 == filrouge("advisors", "import", DEMO).code
        yield url


def names(archive: Path) -> list[str]:
    with tarfile.open(archive) as tar:
        return tar.getnames()


def test_a_backup_brings_back_the_register_and_the_files(
    filled: str, filrouge: Filrouge, machine: Path
) -> None:
    listed = filrouge("advisors", "list").out
    assert 0 == filrouge("backup", "b.tar.gz").code
    expected = ["manifest.json", "database", f"data/{ATTACHMENT}", "data/secret_key"]
    assert expected == names(machine / "b.tar.gz")
    assert 0o600 == stat.S_IMODE((machine / "b.tar.gz").stat().st_mode)
    filrouge("advisors", "import", alone(machine), "--replace")
    (machine / "data" / ATTACHMENT).write_text("changed")
    (machine / "data" / "files" / "later").write_text("kept since")
    assert listed != filrouge("advisors", "list").out
    restored = filrouge("restore", "b.tar.gz", "--force")
    assert (0, "") == (restored.code, restored.err)
    assert listed == filrouge("advisors", "list").out
    assert "plan" == (machine / "data" / ATTACHMENT).read_text()
    assert not (machine / "data" / "files" / "later").exists()
    assert [] == list((machine / "data").glob(".restore-*"))


def test_a_backup_holds_the_device_and_keys_of_the_matrix_account(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_DATA_DIR", str(machine / "data"))
    filrouge("db", "upgrade")
    kept = ["crypto.db", "cross_signing.json", "secret_key", "session.json"]
    (machine / "data" / "matrix").mkdir(parents=True, exist_ok=True)
    for name in kept:
        (machine / "data" / "matrix" / name).write_text("k" * 40)
    assert 0 == filrouge("backup", "b.tar.gz").code
    assert {f"data/matrix/{name}" for name in kept} <= set(names(machine / "b.tar.gz"))


def test_another_database_of_the_data_folder_is_saved_whole_while_it_is_written(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_DATA_DIR", str(machine / "data"))
    filrouge("db", "upgrade")
    kept = machine / "data" / "matrix" / "crypto.db"
    kept.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(kept)) as keys:
        keys.executescript("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0")
        keys.execute("CREATE TABLE sessions (key text)")
        keys.execute("INSERT INTO sessions VALUES ('committed')")
        keys.commit()
        keys.execute("INSERT INTO sessions VALUES ('under way')")
        assert 0 == filrouge("backup", "b.tar.gz").code
        keys.rollback()
    saved = [name for name in names(machine / "b.tar.gz") if "crypto" in name]
    assert ["data/matrix/crypto.db"] == saved
    kept.unlink()
    assert 0 == filrouge("restore", "b.tar.gz", "--force").code
    with closing(sqlite3.connect(kept)) as keys:
        assert [("committed",)] == keys.execute("SELECT key FROM sessions").fetchall()


def test_a_damaged_database_of_the_data_folder_is_named(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_DATA_DIR", str(machine / "data"))
    filrouge("db", "upgrade")
    (machine / "data" / "matrix").mkdir(exist_ok=True)
    (machine / "data" / "matrix" / "crypto.db").write_bytes(b"SQLite format 3\0" + b"?" * 200)
    ran = filrouge("backup", "b.tar.gz")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert "data/matrix/crypto.db: file is not a database" in ran.err
    assert not (machine / "b.tar.gz").exists()


def test_restoring_over_a_database_must_be_asked_for(
    filled: str, filrouge: Filrouge, machine: Path
) -> None:
    filrouge("backup", "b.tar.gz")
    (machine / "data" / ATTACHMENT).write_text("changed")
    ran = filrouge("restore", "b.tar.gz")
    line = "filrouge: there is a database already; --force replaces it and the files\n"
    assert (2, line) == (ran.code, ran.err)
    assert "changed" == (machine / "data" / ATTACHMENT).read_text()


def test_files_without_their_database_are_not_overwritten_either(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filrouge("db", "upgrade")
    filrouge("backup", "b.tar.gz")
    monkeypatch.setenv("FILROUGE_DATA_DIR", str(machine / "data"))
    (machine / "data" / "files").mkdir(parents=True)
    (machine / "data" / "files" / "plan").write_text("plan")
    ran = filrouge("restore", "b.tar.gz")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert f"there are files already in {machine}/data/files; --force replaces them" in ran.err
    assert "plan" == (machine / "data" / "files" / "plan").read_text()


def test_a_database_of_any_name_in_the_data_folder_is_saved_once(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_DATABASE_URL", "sqlite:///var/fil.db")
    filrouge("advisors", "import", DEMO)
    with command_store(load()):
        saved = filrouge("backup", "b.tar.gz")
    assert saved.out.endswith(f"(sqlite, {machine}/var/fil.db) and 0 of the data folder's files\n")
    assert ["manifest.json", "database"] == names(machine / "b.tar.gz")
    filrouge("advisors", "import", alone(machine), "--replace")
    assert 0 == filrouge("restore", "b.tar.gz", "--force").code
    assert 19 == filrouge("advisors", "list").out.count("active")


def test_a_fresh_machine_needs_no_force(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filrouge("advisors", "import", DEMO)
    filrouge("backup", "b.tar.gz")
    monkeypatch.setenv("FILROUGE_DATA_DIR", str(machine / "elsewhere"))
    assert 0 == filrouge("restore", "b.tar.gz").code
    assert 20 == len(filrouge("advisors", "list").out.splitlines())


def test_a_backup_is_taken_while_the_service_runs_and_not_restored_then(
    filrouge: Filrouge,
) -> None:
    filrouge("advisors", "import", DEMO)
    with command_store(load()):
        assert 0 == filrouge("backup", "b.tar.gz").code
        ran = filrouge("restore", "b.tar.gz", "--force")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert "Another process uses this SQLite database" in ran.err


@pytest.mark.parametrize("filled", ["postgresql"], indirect=True)
def test_nothing_is_restored_on_a_server_s_database_while_somebody_uses_it(
    filled: str, filrouge: Filrouge
) -> None:
    filrouge("backup", "b.tar.gz")
    with psycopg.connect(filled):
        ran = filrouge("restore", "b.tar.gz", "--force")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert "somebody is connected to the database: stop the service" in ran.err
    assert 0 == filrouge("restore", "b.tar.gz", "--force").code


@pytest.mark.parametrize("filled", ["postgresql"], indirect=True)
def test_a_server_s_database_that_holds_other_tables_is_not_overwritten(
    filled: str, filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    filrouge("backup", "b.tar.gz")
    with empty_database() as another:
        monkeypatch.setenv("FILROUGE_DATABASE_URL", another)
        assert "nothing of Fil Rouge in the database yet" in filrouge("backup", "c.tar.gz").err
        execute(another, "CREATE TABLE projects (name text)")
        assert "there is a database already" in filrouge("restore", "b.tar.gz").err
        execute(another, "DROP TABLE projects")
        monkeypatch.setenv("FILROUGE_DATA_DIR", "elsewhere")
        assert 0 == filrouge("restore", "b.tar.gz").code
        assert 20 == len(filrouge("advisors", "list").out.splitlines())


def test_a_database_of_another_program_is_not_saved(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(machine / "other.db")) as database:
        database.execute("CREATE TABLE projects (name text)")
    monkeypatch.setenv("FILROUGE_DATABASE_URL", "sqlite:///other.db")
    ran = filrouge("backup", "b.tar.gz")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert "not a database of Fil Rouge" in ran.err


def test_a_backup_in_the_data_folder_does_not_hold_itself(
    filrouge: Filrouge, machine: Path
) -> None:
    filrouge("db", "upgrade")
    filrouge("backup", "var/b.tar.gz")
    assert ["manifest.json", "database"] == names(machine / "var" / "b.tar.gz")


def test_a_backup_never_overwrites_and_needs_a_database(filrouge: Filrouge, machine: Path) -> None:
    assert "there is no database at var/demo.sqlite3" in filrouge("backup", "b.tar.gz").err
    assert not (machine / "b.tar.gz").exists()
    (machine / "b.tar.gz").touch()
    assert "b.tar.gz exists already" in filrouge("backup", "b.tar.gz").err
    assert "there is no folder nowhere" in filrouge("backup", "nowhere/b.tar.gz").err


def test_a_backup_of_a_newer_version_is_refused(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filrouge("db", "upgrade")
    with closing(sqlite3.connect(machine / "var" / "demo.sqlite3")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    filrouge("backup", "b.tar.gz")
    monkeypatch.setenv("FILROUGE_DATA_DIR", "elsewhere")
    ran = filrouge("restore", "b.tar.gz")
    assert 2 == ran.code
    assert "made by a newer version of Fil Rouge" in ran.err
    assert [] == list((machine / "elsewhere").iterdir())


def test_a_backup_of_another_kind_of_database_is_refused(
    filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    filrouge("db", "upgrade")
    filrouge("backup", "b.tar.gz")
    monkeypatch.setenv("FILROUGE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert "the backup is of a sqlite database, this one is postgresql" in (
        filrouge("restore", "b.tar.gz").err
    )


def test_without_postgresql_tools_it_says_what_to_install(
    filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("PATH", "/nowhere")
    ran = filrouge("backup", "b.tar.gz")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert "pg_dump was not found: install PostgreSQL's client programs" in ran.err


def test_a_file_that_is_no_backup_is_refused(filrouge: Filrouge, machine: Path) -> None:
    (machine / "text").write_text("not a backup")
    assert "text: not a backup of Fil Rouge" in filrouge("restore", "text").err
    filrouge("db", "upgrade")
    filrouge("backup", "b.tar.gz")
    whole = (machine / "b.tar.gz").read_bytes()
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    for broken in (whole[:-2000], whole[:-4], whole[:600], whole[:1], b"", bytes(damaged)):
        (machine / "cut").write_bytes(broken)
        ran = filrouge("restore", "cut", "--force")
        assert (2, 1) == (ran.code, len(ran.err.splitlines())), len(broken)
        assert "cut: not a backup of Fil Rouge, or damaged" in ran.err
    assert [] == list((machine / "var").glob(".restore-*"))


@pytest.mark.parametrize("name", ["../outside", "data/../../outside", "/tmp/outside", "other"])
def test_a_backup_writes_nothing_outside_its_place(
    filrouge: Filrouge, machine: Path, name: str
) -> None:
    with tarfile.open(machine / "b.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = 3
        archive.addfile(member, BytesIO(b"bad"))
    assert 2 == filrouge("restore", "b.tar.gz").code
    assert [] == [path for path in machine.rglob("*outside*") if path.name == "outside"]


def test_a_manifest_that_is_not_ours_is_refused(filrouge: Filrouge, machine: Path) -> None:
    content = json.dumps({"format": 1}).encode()
    with tarfile.open(machine / "b.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("manifest.json")
        member.size = len(content)
        archive.addfile(member, BytesIO(content))
    assert "not a backup of Fil Rouge" in filrouge("restore", "b.tar.gz").err


def alone(machine: Path) -> Path:
    """A register of one."""
    lines = DEMO.read_text(encoding="utf-8").splitlines(keepends=True)[:2]
    (machine / "alone.csv").write_text("".join(lines), encoding="utf-8")
    return machine / "alone.csv"
