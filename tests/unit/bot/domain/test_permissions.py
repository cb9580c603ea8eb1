"""Who may do what."""

import pytest

from bot.domain.people import Role
from bot.domain.permissions import Act, may


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (Role.STRANGER, {Act.SUBMIT}),
        (
            Role.MEMBER,
            {Act.SUBMIT, Act.READ, Act.SAY, Act.MARK, Act.PAUSE, Act.CLOSE, Act.LEAVE}
            | {Act.HAND_OVER},
        ),
        (Role.OBSERVER, {Act.READ, Act.SAY, Act.NOTE, Act.LEAVE}),
        (
            Role.ADVISOR,
            {Act.READ, Act.SAY, Act.NOTE, Act.MARK, Act.RECOMMEND, Act.PAUSE, Act.LEAVE},
        ),
        (
            Role.COORDINATOR,
            {Act.READ, Act.SAY, Act.NOTE, Act.MODERATE, Act.PAUSE, Act.CLOSE},
        ),
    ],
)
def test_each_role_may_do_this_and_nothing_else(role: Role, acts: set[Act]) -> None:
    assert acts == {act for act in Act if may(role, act)}


def test_only_an_advisor_issues_recommendations() -> None:
    assert [Role.ADVISOR] == [role for role in Role if may(role, Act.RECOMMEND)]


def test_only_the_team_accepts_and_refuses() -> None:
    assert [Role.COORDINATOR] == [role for role in Role if may(role, Act.MODERATE)]
