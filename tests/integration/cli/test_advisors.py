import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import config
from tests.integration.cli.conftest import Filrouge

DEMO = Path(config.__file__).parent / "demo" / "advisors.csv"
HEADING = "nom;organisation;role;portails;themes;departements\n"


def write(path: Path, *lines: str) -> Path:
    path.write_text(HEADING + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_register_is_imported_once_however_often_the_file_is(filrouge: Filrouge) -> None:
    first, second = filrouge("advisors", "import", DEMO), filrouge("advisors", "import", DEMO)
    assert (0, 0) == (first.code, second.code)
    assert first.out.endswith("19 added, 0 updated, 0 unchanged, 0 out of service\n")
    assert second.out.endswith("0 added, 0 updated, 19 unchanged, 0 out of service\n")
    assert 20 == len(filrouge("advisors", "list").out.splitlines())


def test_a_file_with_a_broken_line_changes_nothing(filrouge: Filrouge, machine: Path) -> None:
    file = write(machine / "a.csv", "Ana;DDT;equipe;sosponts;;", "Bo;DDT;chef;sosponts;;")
    ran = filrouge("advisors", "import", file)
    assert 2 == ran.code
    assert f"filrouge: {file}: line 3: role “chef”" in ran.err
    assert 1 == len(filrouge("advisors", "list").out.splitlines())


def test_replacing_puts_the_others_out_of_service(filrouge: Filrouge, machine: Path) -> None:
    both = ("Ana;DDT;equipe;sosponts;;", "Bo;DDT;conseiller;sosponts;pont;85 2A")
    filrouge("advisors", "import", write(machine / "a.csv", *both))
    filrouge("advisors", "import", write(machine / "b.csv", both[0]), "--replace")
    _, ana, bo = filrouge("advisors", "list").out.splitlines()
    assert ana.endswith("active")
    assert bo.endswith("85 2A         out of service")
    assert "nobody active" in filrouge("advisors", "link", "bo").err


def test_a_personal_link_is_made_for_the_one_person_of_that_name(
    filrouge: Filrouge, machine: Path
) -> None:
    people = ("Ana Roy;DDT;equipe;sosponts;;", "Ana Roy;CAUE;conseiller;sosponts;;85")
    filrouge("advisors", "import", write(machine / "a.csv", *people))
    ran = filrouge("advisors", "link", "ana roy", "--organisation", "caue")
    address, _, token = ran.out.strip().rpartition("/")
    assert (0, "http://localhost:8080/acces") == (ran.code, address)
    assert len(token) > 30
    assert "add --organisation: “DDT”, “CAUE”" in filrouge("advisors", "link", "Ana Roy").err
    assert "did you mean “Ana Roy”?" in filrouge("advisors", "link", "Anna Roi").err


def test_what_excel_writes_is_accepted_with_a_notice(filrouge: Filrouge, machine: Path) -> None:
    file = machine / "excel.csv"
    file.write_bytes((HEADING + "Zoé;DDT;equipe;sosponts;;\n").encode("cp1252"))
    ran = filrouge("advisors", "import", file)
    assert 0 == ran.code
    assert "Windows-1252" in ran.err
    assert "Zoé" in filrouge("advisors", "list").out


def test_addresses_on_servers_that_are_not_allowed_are_refused_with_their_lines(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [
        f"{name};DDT;equipe;sosponts;;;@{name}:{server}"
        for name, server in (("ana", "ici.test"), ("bo", "ami.test"), ("cy", "loin.test"))
    ]
    file = machine / "a.csv"
    heading = HEADING.replace("\n", ";matrix\n")
    file.write_text(heading + "\n".join(people) + "\n", encoding="utf-8")
    monkeypatch.setenv("FILROUGE_DEMO", "true")
    for name, value in (
        ("HOMESERVER", "https://matrix.ici.test"),
        ("USER", "@fil:ici.test"),
        ("PASSWORD", "p" * 12),
        ("ALLOWED_SERVERS", "ami.test"),
    ):
        monkeypatch.setenv(f"FILROUGE_MATRIX__{name}", value)
    ran = filrouge("advisors", "import", file)
    said = "line 4: matrix “@cy:loin.test”: the server “loin.test” is not allowed"
    assert (2, f"filrouge: {file}: {said}") == (ran.code, ran.err.splitlines()[-1])
    assert 1 == sum("line " in line for line in ran.err.splitlines())
    monkeypatch.delenv("FILROUGE_MATRIX__HOMESERVER")
    assert 0 == filrouge("advisors", "import", file).code


def test_who_is_put_out_of_service_is_to_be_removed_everywhere(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("DEMO", "true"),
        ("ROOMS__NETWORK", "matrix"),
        ("MATRIX__HOMESERVER", "https://matrix.ici.test"),
        ("MATRIX__USER", "@fil:ici.test"),
        ("MATRIX__PASSWORD", "p" * 12),
    ):
        monkeypatch.setenv(f"FILROUGE_{name}", value)
    file = machine / "a.csv"
    for people in (["ana", "bo"], ["ana"]):
        lines = [f"{name};DDT;equipe;sosponts;;;@{name}:ici.test" for name in people]
        file.write_text(HEADING.replace("\n", ";matrix\n") + "\n".join(lines), encoding="utf-8")
        assert 0 == filrouge("advisors", "import", file, "--replace").code
    with closing(sqlite3.connect(next(machine.rglob("*.sqlite3")))) as database:
        orders = database.execute(
            "SELECT operation, conversation, text FROM outbox WHERE conversation LIKE '%bo:%'"
        ).fetchall()
    assert [
        ("remove", "invite:@bo:ici.test", "group:sosponts"),
        ("remove", "invite:@bo:ici.test", "team:sosponts"),
    ] == sorted(orders)


def test_the_portals_without_a_team_are_named(filrouge: Filrouge, machine: Path) -> None:
    ran = filrouge("advisors", "import", write(machine / "a.csv", "Ana;DDT;equipe;sosponts;;"))
    assert "portal urbanvitaliz has no team" in ran.err
    assert "its projects go to mon-espace-collectivite" in ran.err
    assert "portal sosponts" not in ran.err
    assert "portal urbanvitaliz: has no team" in filrouge("doctor").out
