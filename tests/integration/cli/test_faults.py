"""Whatever is wrong is said in clear lines on standard error, with exit code 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Filrouge


def test_a_misspelt_setting_is_one_line(
    filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_WEB__PROT", "80")
    ran = filrouge("advisors", "list")
    line = "filrouge: unknown variable FILROUGE_WEB__PROT; did you mean FILROUGE_WEB__PORT?\n"
    assert (2, "", line) == (ran.code, ran.out, ran.err)


def test_a_database_that_cannot_be_used_is_one_line(
    filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_DATABASE_URL", "postgresql://x:s3cret@127.0.0.1:1/none")
    ran = filrouge("dead-letters", "list")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert "filrouge: the database cannot be used" in ran.err
    assert "(database_url: postgresql, none at 127.0.0.1:1 as x)" in ran.err
    assert "s3cret" not in ran.err


def test_an_option_that_a_database_address_cannot_have_is_one_line(
    filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_DATABASE_URL", "postgresql://x@127.0.0.1:1/none?colour=red")
    ran = filrouge("db", "upgrade")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert 'invalid connection option "colour"' in ran.err


def test_a_file_that_is_not_a_database_is_one_line(filrouge: Filrouge, machine: Path) -> None:
    (machine / "var").mkdir()
    (machine / "var" / "demo.sqlite3").write_text("not a database" * 100)
    ran = filrouge("db", "upgrade")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))


@pytest.mark.parametrize(
    "arguments", [["advisor"], ["check-config", "--x"], ["advisors", "import"], ["backup"]]
)
def test_a_misuse_shows_the_usage(filrouge: Filrouge, arguments: list[str]) -> None:
    ran = filrouge(*arguments)
    assert 2 == ran.code
    assert "Usage: filrouge" in ran.err
    assert "Traceback" not in ran.err


def test_the_help_lists_every_command_without_loading_any() -> None:
    program = "import sys, bot.__main__ as m; sys.argv = ['filrouge', '--help']\n"
    program += "try: m.main()\nfinally: print(sorted(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
    )
    for name in ("run", "chat", "check-config", "advisors", "backup", "restore", "understand"):
        assert f"\n  {name} " in ran.stdout
    assert "bot.composition.app" not in ran.stdout
    assert "sqlalchemy" not in ran.stdout


def test_check_config_says_what_there_is(filrouge: Filrouge) -> None:
    ran = filrouge("check-config")
    assert (0, "") == (ran.code, ran.err)
    assert ["portals", "texts", "themes", "territory", "files"] == [
        line.split()[0] for line in ran.out.splitlines()[:5]
    ]


def test_check_config_says_what_would_run_without_its_password(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [
        f"database   sqlite, {machine}/var/demo.sqlite3",
        f"data       {machine}/var",
        "address    http://localhost:8080 (listens on 127.0.0.1:8080)",
        "networks   web",
        "would run  a demonstration: whoever opens the page can play the team",
        "everything is right",
    ] == filrouge("check-config").out.splitlines()[5:]
    monkeypatch.setenv("FILROUGE_DATABASE_URL", "postgresql://claire:s3cret@base.fr:6000/fil")
    ran = filrouge("check-config")
    assert "database   postgresql, fil at base.fr:6000 as claire\n" in ran.out
    assert "would run  a service\n" in ran.out
    assert "s3cret" not in ran.out


def test_check_config_says_every_fault(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = machine / "portals"
    folder.mkdir()
    (folder / "eau.toml").write_text('nam = "Eau"\n', encoding="utf-8")
    (machine / "local.toml").write_text('portals_dir = "portals"\n', encoding="utf-8")
    monkeypatch.setenv("FILROUGE_LOG_LVEL", "debug")
    monkeypatch.setenv("PORT", "abc")
    ran = filrouge("check-config")
    assert 2 == ran.code
    assert "filrouge: portals/eau.toml: unknown key “nam”; did you mean “name”?" in ran.err
    assert "filrouge: unknown variable FILROUGE_LOG_LVEL; did you mean FILROUGE_LOG_LEVEL?" in (
        ran.err
    )
    assert "filrouge: PORT: “abc” is wrong; expected a whole number" in ran.err
    assert 8 == len(ran.err.splitlines())
    assert "portals" not in [line.split()[0] for line in ran.out.splitlines()]
    assert "everything is right" not in ran.out


def test_check_config_looks_at_the_types_of_files(
    filrouge: Filrouge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILROUGE_WEB__UPLOAD_TYPES", "pdf,docs")
    ran = filrouge("check-config")
    line = "filrouge: web.upload_types: unknown type “docs”; did you mean “docx”?\n"
    assert (2, line) == (ran.code, ran.err)


def test_territory_info_says_of_when_the_data_is(filrouge: Filrouge) -> None:
    ran = filrouge("territory", "info")
    assert 0 == ran.code
    assert "INSEE" in ran.out


def test_territory_build_says_what_is_missing(filrouge: Filrouge, machine: Path) -> None:
    ran = filrouge("territory", "build", machine, "--vintage", "2026", "--target", "out")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert not (machine / "out").exists()
