"""Which advisors a project needs, and why."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matching import Match, rank
from bot.domain.people import Advisor, Role
from tests.support.invented import advisor


def chosen(
    register: Sequence[Advisor],
    themes: Sequence[str] = ("friche", "logement"),
    departements: Sequence[str] = ("85",),
    limit: int = 4,
) -> list[Match]:
    return rank(register, themes, departements, "urbanvitaliz", limit)


def names(matches: list[Match]) -> list[str]:
    return [match.advisor.person.name for match in matches]


def test_an_advisor_who_fits_is_chosen_and_told_why() -> None:
    [match] = chosen([advisor(themes=["logement", "friche"], departements=["44", "85"])])
    assert ("theme:friche", "theme:logement", "departement:85") == match.reasons


def test_an_advisor_for_everything_everywhere_is_told_so() -> None:
    [match] = chosen([advisor(themes=[], departements=[])])
    assert ("every_theme", "national") == match.reasons


@pytest.mark.parametrize(
    "misfit",
    [
        advisor(themes=["pont"]),
        advisor(departements=["44"]),
        advisor(portals=["sosponts"]),
        advisor(active=False),
        advisor(role=Role.COORDINATOR),
    ],
    ids=["theme", "territory", "portal", "inactive", "coordinator"],
)
def test_whoever_does_not_fit_is_not_told(misfit: Advisor) -> None:
    assert [] == chosen([misfit])


def test_the_closest_go_first() -> None:
    register = [
        advisor("national, secondaire", themes=["logement"], departements=[]),
        advisor("national, principal", departements=[]),
        advisor("proche, secondaire", themes=["logement"]),
        advisor("proche, tous thèmes", themes=[]),
        advisor("proche, principal"),
    ]
    expected = [
        "proche, principal",
        "proche, tous thèmes",
        "proche, secondaire",
        "national, principal",
        "national, secondaire",
    ]
    assert expected == names(chosen(register, limit=5))


def test_no_more_advisors_than_the_limit_and_observers_are_not_counted() -> None:
    register = [advisor(f"C{i}") for i in range(6)] + [advisor("O", role=Role.OBSERVER)]
    assert ["C0", "C1", "C2", "O"] == names(chosen(register, limit=3))


def test_observers_alone_are_nobody_to_advise() -> None:
    assert [] == chosen([advisor(role=Role.OBSERVER)])


def test_any_of_a_project_s_departements_is_enough() -> None:
    [match] = chosen([advisor(departements=["79"])], departements=["85", "79"])
    assert ("theme:friche", "departement:79") == match.reasons


def test_a_project_without_theme_fits_every_theme() -> None:
    assert ["Conseillère"] == names(chosen([advisor()], themes=()))


@given(st.permutations([advisor(f"C{i}", organisation=f"O{i % 2}") for i in range(5)]))
def test_the_order_of_the_register_changes_nothing(register: list[Advisor]) -> None:
    assert ["C0", "C2", "C4", "C1"] == names(chosen(register))
