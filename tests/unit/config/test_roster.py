import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import config
from bot.domain.people import Role
from config.errors import ConfigError
from config.portals import load_portals
from config.roster import Known, RosterLine, decode, read_roster
from config.territory import load_territories
from config.themes import load_themes

KNOWN = Known(("urbanvitaliz", "sosponts"), ("friche", "pont"), ("01", "2A", "85", "974"))
HEADING = "nom;organisation;role;portails;themes;departements\n"


def read(*lines: str) -> list[RosterLine]:
    return read_roster(HEADING + "\n".join(lines), KNOWN)


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        read_roster(text, KNOWN)
    return caught.value.faults


def test_a_line_is_an_advisor_with_lists_separated_by_bars_or_spaces() -> None:
    expected = RosterLine(
        2, "Ana Roy", "DDT", Role.ADVISOR, ("urbanvitaliz", "sosponts"), ("friche",), ("85", "974")
    )
    assert [expected] == read("Ana Roy;DDT;conseiller;urbanvitaliz|sosponts;friche;85 974")


def test_empty_themes_and_departements_mean_all_of_them() -> None:
    (line,) = read("Ana Roy;DDT;equipe;sosponts;;")
    assert ((), (), Role.COORDINATOR) == (line.themes, line.departements, line.role)


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("conseiller", Role.ADVISOR),
        ("Conseillère", Role.ADVISOR),
        ("observateur", Role.OBSERVER),
        ("observatrice", Role.OBSERVER),
        ("Équipe", Role.COORDINATOR),
    ],
)
def test_a_role_is_read_with_or_without_accents(written: str, role: Role) -> None:
    assert role == read(f"Ana Roy;DDT;{written};sosponts;;")[0].role


def test_codes_that_a_spreadsheet_or_a_person_misspells_are_put_right() -> None:
    assert ("01", "2A") == read("Ana Roy;DDT;equipe;sosponts;;1 2a")[0].departements


def test_commas_quotes_other_orders_and_blank_lines_are_accepted() -> None:
    heading = "organisation,Nom,role,portails,themes,Départements\n\n"
    text = heading + '"DDT, Vendée",Ana  Roy,equipe,sosponts,,\n,,,,,\n'
    (line,) = read_roster(text, KNOWN)
    assert ("Ana Roy", "DDT, Vendée", 3) == (line.name, line.organisation, line.line)


def test_every_broken_line_is_told_with_its_number_and_nothing_is_taken() -> None:
    told = faults(
        HEADING
        + "Ana Roy;DDT;equipe;sosponts;;\n"
        + "Bo Roy;DDT;conseiler;sospont;fich pont;999\n"
        + ";;equipe;;;1\n"
        + f"{'x' * 121};DDT;equipe;sosponts;;;more\n"
        + "ana roy;ddt;equipe;sosponts;;\n"
    )
    assert (
        "line 3: role “conseiler” is none of conseiller, observateur, equipe",
        "line 3: unknown portal “sospont”; did you mean “sosponts”?",
        "line 3: unknown theme “fich”; did you mean “friche”?",
        "line 3: unknown département “999”; did you mean “974”?",
        "line 4: nom is empty",
        "line 4: organisation is empty",
        "line 4: portails is empty",
        "line 5: more cells than columns",
        "line 5: nom is longer than 120 characters",
        "line 6: “ana roy” of “ddt” is on line 2 too",
    ) == told


def test_the_same_name_in_two_organisations_is_two_people() -> None:
    assert 2 == len(read("Ana Roy;DDT;equipe;sosponts;;", "Ana Roy;CAUE;equipe;sosponts;;"))


def test_a_wrong_heading_is_told_with_the_nearest_column() -> None:
    told = faults("nom;organisation;role;portail;themes;departements;nom\n")
    assert (
        "line 1: unknown column “portail”; did you mean “portails”?",
        "line 1: no column “portails”",
        "line 1: two columns “nom”",
    ) == told


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        (HEADING, "no line below the heading"),
        (HEADING + '"Ana Roy;DDT', "line 2: not CSV"),
    ],
)
def test_a_file_without_people_is_refused(text: str, fault: str) -> None:
    (told,) = faults(text)
    assert told.startswith(fault)


def test_a_file_is_utf8_with_or_without_a_mark_or_what_excel_writes() -> None:
    assert ("équipe", None) == decode("équipe".encode())
    assert ("équipe", None) == decode("équipe".encode("utf-8-sig"))
    text, notice = decode("équipe – « œuvre »".encode("cp1252"))
    assert "équipe – « œuvre »" == text
    assert notice is not None


@cache
def demonstration() -> list[RosterLine]:
    portals = load_portals()
    departements = load_territories().departements
    content = (Path(config.__file__).parent / "demo" / "advisors.csv").read_bytes()
    text, notice = decode(content)
    assert notice is None
    return read_roster(text, Known(portals, load_themes().slugs, departements))


def test_the_demonstration_has_a_team_national_advisors_and_all_four_portals() -> None:
    lines = demonstration()
    assert set(load_portals()) == {slug for line in lines for slug in line.portals}
    teams = {slug for line in lines if line.role is Role.COORDINATOR for slug in line.portals}
    assert set(load_portals()) == teams
    national = [li for li in lines if li.role is Role.ADVISOR and not li.departements]
    assert 2 == len(national)
    assert len(lines) == len({line.name for line in lines})


@pytest.mark.parametrize("departement", ["85", "59", "12", "974", "21", "63"])
def test_in_each_departement_of_the_demonstration_every_theme_finds_an_advisor(
    departement: str,
) -> None:
    advisors = [
        line
        for line in demonstration()
        if line.role is Role.ADVISOR and (not line.departements or departement in line.departements)
    ]
    for portal in load_portals().values():
        for theme in portal.themes:
            fits = [
                a
                for a in advisors
                if portal.slug in a.portals and (not a.themes or theme in a.themes)
            ]
            assert fits, theme


def test_the_demonstration_file_opens_in_a_spreadsheet() -> None:
    path = Path(config.__file__).parent / "demo" / "advisors.csv"
    with path.open(encoding="utf-8", newline="") as file:
        assert {6} == {len(row) for row in csv.reader(file, delimiter=";")}


WITH_ADDRESSES = "nom;organisation;role;portails;themes;departements;matrix;telegram\n"
ANA = "Ana Roy;DDT;equipe;sosponts;;;"


def addresses(cells: str, servers: tuple[str, ...] | None = None) -> tuple[tuple[str, str], ...]:
    known = replace(KNOWN, servers=servers)
    return read_roster(f"{WITH_ADDRESSES}{ANA}{cells}", known)[0].addresses


def test_columns_may_say_where_people_are_written_to() -> None:
    both = (("matrix", "@ana.roy:agent.exemple.fr"), ("telegram", "123456"))
    assert both == addresses("@ana.roy:agent.exemple.fr;123456")
    assert both[1:] == addresses(";123456")
    assert () == addresses(";")
    assert both == addresses("@ana.roy:agent.exemple.fr;123456", ("agent.exemple.fr",))


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("ana:exemple.fr;", "matrix “ana:exemple.fr” is wrong; expected @name:server"),
        ("@ana;", "matrix “@ana” is wrong; expected @name:server"),
        (";@ana", "telegram “@ana” is wrong; expected a number"),
        (";-100123", "telegram “-100123” is wrong"),
        ("@ana:ailleurs.fr;", "matrix “@ana:ailleurs.fr”: the server “ailleurs.fr” is not allowed"),
    ],
)
def test_an_address_is_checked(cells: str, fault: str) -> None:
    with pytest.raises(ConfigError) as caught:
        addresses(cells, ("exemple.fr",))
    assert fault in str(caught.value)


def test_an_address_is_one_persons() -> None:
    bo = ANA.replace("Ana", "Bo")
    two = f"{WITH_ADDRESSES}{ANA}@a:b;7\n{bo}@a:b;7"
    assert ("line 3: matrix “@a:b” is on line 2 too", "line 3: telegram “7” is on line 2 too") == (
        faults(two)
    )
