import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientTimeout
from aiohttp.test_utils import unused_port

from bot.commands.checks import database as database_check
from bot.commands.checks.machine import check_data_folder, check_disk, compare_clocks
from bot.ports.checkup import Level
from storage.migrations import upgrade
from tests.integration.cli.conftest import Filrouge
from tests.support.botapi import remote_telegram
from tests.support.postgres import empty_database, execute
from tests.support.synapse import synapse

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def free_port(machine: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The pages' port is one that nobody has."""
    number = unused_port()
    monkeypatch.setenv("FILROUGE_WEB__PORT", str(number))
    return number


def test_a_bare_machine_has_no_fault_and_looking_makes_nothing(
    filrouge: Filrouge, machine: Path
) -> None:
    ran = filrouge("doctor")
    assert (0, "") == (ran.code, ran.err)
    assert ran.out.endswith("5 checks, 2 warnings, 0 faults\n")
    assert [] == list(machine.iterdir())


def test_postgresql_is_looked_at_before_and_after_its_tables_are_made(
    filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    with empty_database() as url:
        monkeypatch.setenv("FILROUGE_DATABASE_URL", url)
        assert "no tables yet" in filrouge("doctor").out
        upgrade(url)
        ran = filrouge("doctor")
        assert 0 == ran.code
        assert "ok       database: postgresql" in ran.out
        assert "ok       clock (database): both clocks agree" in ran.out
        execute(url, "UPDATE alembic_version SET version_num = '9999'")
        ran = filrouge("doctor")
        assert 1 == ran.code
        assert "a newer Fil Rouge made its tables" in ran.out


def test_a_database_that_is_not_there_is_a_fault_told_without_its_password(
    filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_DATABASE_URL", "postgresql://fil:motsecret@127.0.0.1:9/fil")
    ran = filrouge("doctor")
    assert 1 == ran.code
    assert "fault    database:" in ran.out
    assert "motsecret" not in ran.out + ran.err


def test_a_port_that_another_program_has_is_a_fault(
    filrouge: Filrouge, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It listens, and never answers: that is not waited for long here.
    monkeypatch.setattr("bot.commands.checks.web._WITHIN", ClientTimeout(total=0.2))
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        ran = filrouge("doctor")
    assert 1 == ran.code
    assert f"fault    port: 127.0.0.1:{free_port} cannot be used" in ran.out


def test_an_address_in_clear_and_one_that_does_not_answer_are_warnings(
    filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_WEB__PUBLIC_URL", "http://conseil.exemple.test")
    assert "warning  public address: http://conseil.exemple.test is not https" in (
        filrouge("doctor").out
    )
    monkeypatch.setenv("FILROUGE_WEB__PUBLIC_URL", "https://127.0.0.1:9")
    assert "warning  public address: Fil Rouge does not answer" in filrouge("doctor").out


def test_the_networks_that_are_configured_are_looked_at_and_no_secret_is_shown(
    filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = synapse()
    account = server.register()
    with remote_telegram() as telegram:
        secrets = (telegram.token, account.access_token, "chemin-secret")
        for name, value in (
            ("TELEGRAM__TOKEN", telegram.token),
            ("TELEGRAM__BASE_URL", telegram.url),
            ("TELEGRAM__WEBHOOK_SECRET", "chemin-secret"),
            ("MATRIX__HOMESERVER", server.base),
            ("MATRIX__USER", account.user_id),
            ("MATRIX__ACCESS_TOKEN", account.access_token),
        ):
            monkeypatch.setenv(f"FILROUGE_{name}", value)
        ran = filrouge("doctor")
    assert (0, "") == (ran.code, ran.err)
    for said in ("telegram: the token is that of @", "clock (telegram): both", "clock (matrix): "):
        assert f"ok       {said}" in ran.out
    assert f"ok       matrix account: {account.user_id}, device {account.device_id}" in ran.out
    assert [] == [secret for secret in secrets if secret in ran.out]


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_clock_wrong_by_an_hour_is_a_warning(off: timedelta) -> None:
    finding = compare_clocks("database", NOON + off, NOON)
    assert Level.WARNING is finding.level
    assert f"3600 s {'behind' if off > timedelta() else 'ahead'}" in finding.said


def test_clocks_a_minute_apart_agree() -> None:
    assert Level.OK is compare_clocks("database", NOON + timedelta(minutes=1), NOON).level


def test_a_data_folder_is_to_be_closed_to_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert Level.WARNING is check_data_folder(tmp_path).level
    tmp_path.chmod(0o700)
    assert Level.OK is check_data_folder(tmp_path).level
    (tmp_path / "file").touch()
    assert Level.FAULT is check_data_folder(tmp_path / "file").level


@pytest.mark.parametrize(
    ("free", "level"), [(50 << 20, Level.FAULT), (500 << 20, Level.WARNING), (5 << 30, Level.OK)]
)
def test_a_disk_that_fills_up_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": free}))
    assert level is check_disk(tmp_path / "not" / "made").level


def test_an_sqlite_file_is_not_made_by_looking(tmp_path: Path) -> None:
    finding, looked = database_check.check_database(f"sqlite:///{tmp_path}/none.sqlite3")
    assert (Level.WARNING, None) == (finding.level, looked)
    assert [] == list(tmp_path.iterdir())


def test_a_mail_server_that_is_down_is_a_fault(
    filrouge: Filrouge, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_EMAIL__HOST", "127.0.0.1")
    monkeypatch.setenv("FILROUGE_EMAIL__PORT", str(free_port))
    monkeypatch.setenv("FILROUGE_EMAIL__SENDER", "fil@exemple.fr")
    ran = filrouge("doctor")
    assert (1, "") == (ran.code, ran.err)
    assert f"fault    email: 127.0.0.1:{free_port} cannot be used with starttls" in ran.out
