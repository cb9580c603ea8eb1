from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.followup import FollowUpPolicy
from config.errors import ConfigError
from config.policy import read_policy
from config.portals import (
    SHIPPED,
    load_portals,
    portal_of,
    stand_in_of,
    theme_faults,
    unattended,
)
from config.strict_toml import read_toml
from config.themes import load_themes

OWN = """
name = "Conseil Eau"
prefix = "EA"
presentation = "Conseil Eau aide les communes."
reads = "l’équipe de Conseil Eau"
themes = ["eau_assainissement"]
"""


def faults(folder: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_portals(folder)
    return str(caught.value)


def test_four_portals_ship_with_the_prefixes_of_their_references() -> None:
    assert {
        "urbanvitaliz": "UV",
        "sosponts": "SP",
        "ecoquartiers": "EQ",
        "mon-espace-collectivite": "MC",
    } == {slug: portal.prefix for slug, portal in load_portals().items()}


def test_every_theme_belongs_to_exactly_one_portal_and_every_portal_is_moderated() -> None:
    portals = load_portals()
    claimed = [theme for portal in portals.values() for theme in portal.themes]
    assert sorted(load_themes().slugs) == sorted(claimed)
    assert [] == theme_faults(portals, load_themes().slugs)
    assert all(portal.moderated for portal in portals.values())


@pytest.mark.parametrize(
    ("theme", "slug"),
    [
        ("friche", "urbanvitaliz"),
        ("pont", "sosponts"),
        ("ecoquartier", "ecoquartiers"),
        ("logement", "mon-espace-collectivite"),
        ("something new", "mon-espace-collectivite"),
        (None, "mon-espace-collectivite"),
    ],
)
def test_a_theme_leads_to_its_portal_and_anything_else_to_the_fallback(
    theme: str | None, slug: str
) -> None:
    assert slug == portal_of(load_portals(), theme).slug


def test_the_documented_portal_gives_every_figure_of_the_default_policy() -> None:
    table = read_toml(SHIPPED / "urbanvitaliz.toml")["followup"]
    assert FollowUpPolicy() == read_policy(table, "here")
    assert set(FollowUpPolicy.__dataclass_fields__) == set(table)


def test_a_portal_of_the_operator_takes_its_themes_from_the_fallback(tmp_path: Path) -> None:
    (tmp_path / "eau.toml").write_text(OWN, encoding="utf-8")
    portals = load_portals(tmp_path)
    assert "eau" == portal_of(portals, "eau_assainissement").slug
    assert "eau_assainissement" not in portals["mon-espace-collectivite"].themes
    assert [] == theme_faults(portals, load_themes().slugs)


def test_a_file_of_the_same_name_replaces_the_one_that_ships(tmp_path: Path) -> None:
    own = OWN.replace("eau_assainissement", "pont") + '[followup]\nperson_cap = "3 weeks"\n'
    (tmp_path / "sosponts.toml").write_text(own, encoding="utf-8")
    portal = load_portals(tmp_path)["sosponts"]
    assert ("Conseil Eau", timedelta(weeks=3)) == (portal.name, portal.policy.person_cap)
    assert timedelta(days=14) == portal.policy.recommendation_after


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (('name = "Conseil Eau"', 'nam = "x"'), "unknown key “nam”; did you mean “name”?"),
        (('name = "Conseil Eau"', ""), "“name” is missing"),
        (('"EA"', '"ea"'), "prefix = “ea” is wrong; expected two or three capital letters"),
        (('"EA"', '"UV"'), "both claim prefix “UV”"),
        (('["eau_assainissement"]', '"eau"'), "themes = “eau” is wrong; expected a list of texts"),
        (("eau_assainissement", "friche"), "both claim theme “friche”"),
        (("themes", "fallback = true\nthemes"), "exactly one portal has fallback = true, not 2"),
        (("themes", "moderated = 1\nthemes"), "moderated = “1” is wrong; expected true or false"),
        (("themes", "advisors_per_project = 0\nthemes"), "expected a whole number above 0"),
    ],
)
def test_a_wrong_portal_file_is_refused_with_what_is_wrong(
    tmp_path: Path, change: tuple[str, str], expected: str
) -> None:
    (tmp_path / "eau.toml").write_text(OWN.replace(*change), encoding="utf-8")
    assert expected in faults(tmp_path)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            'person_cpa = "14 days"',
            "[followup]: unknown key “person_cpa”; did you mean “person_cap”?",
        ),
        ("person_cap = 14", "person_cap = “14” is wrong; expected a duration"),
        ("hour_from = 17", "hour_from is earlier than hour_to"),
        ("hour_to = 25", "hour_from is earlier than hour_to, which is at most 24"),
        ("escalation_after = 0", "escalation_after is more than nothing"),
        ('where_are_you_after = "0 days"', "where_are_you_after is more than nothing"),
        ('members_quiet = ["02-30/03-01"]', "expected periods such as"),
        ('members_quiet = "07-14/08-31"', "expected periods such as"),
    ],
)
def test_a_wrong_follow_up_figure_is_refused_with_what_is_wrong(
    tmp_path: Path, line: str, expected: str
) -> None:
    (tmp_path / "eau.toml").write_text(f"{OWN}[followup]\n{line}\n", encoding="utf-8")
    told = faults(tmp_path)
    assert expected in told
    assert told.startswith(str(tmp_path / "eau.toml"))


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "eau.toml").write_text("nothing = 1\n", encoding="utf-8")
    (tmp_path / "Pas bien.toml").write_text("=", encoding="utf-8")
    told = faults(tmp_path)
    assert "Pas bien.toml: not valid TOML" in told
    assert 6 == sum("eau.toml" in line for line in told.splitlines())


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert f"portals_dir: no such folder: {tmp_path / 'none'}" == faults(tmp_path / "none")


def test_a_theme_nobody_knows_is_told_with_the_nearest() -> None:
    told = theme_faults(load_portals(), [*load_themes().slugs, "eau_potable"])
    assert ["theme “eau_potable” belongs to no portal"] == told
    told = theme_faults(load_portals(), [s for s in load_themes().slugs if s != "pont"])
    assert "portal sosponts: unknown theme “pont”" in told[0]


def test_a_portal_that_is_off_takes_no_project_and_is_still_known() -> None:
    portals = load_portals(off=["sosponts"])
    assert () == portals["sosponts"].themes
    assert "pont" in portals["mon-espace-collectivite"].themes
    assert "mon-espace-collectivite" == portal_of(portals, "pont").slug


def test_what_is_off_is_named_when_it_is_wrong() -> None:
    with pytest.raises(ConfigError) as error:
        load_portals(off=["sospont", "mon-espace-collectivite"])
    assert [
        "portals_off: unknown portal “sospont”; did you mean “sosponts”?",
        "portals_off: “mon-espace-collectivite” is the fallback, which takes what no other"
        " portal takes",
    ] == list(error.value.faults)


def test_a_portal_without_a_team_is_stood_in_for() -> None:
    portals = load_portals()
    assert "mon-espace-collectivite" == stand_in_of(portals, portals["sosponts"]).slug
    other = replace(portals["sosponts"], stand_in="urbanvitaliz")
    assert "urbanvitaliz" == stand_in_of(portals, other).slug
    assert ["sosponts"] == [p.slug for p in unattended(portals, portals.keys() - {"sosponts"})]
