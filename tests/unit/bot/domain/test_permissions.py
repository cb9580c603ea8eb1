"""Who may do what."""

import pytest

from bot.domain.people import Role
from bot.domain.permissions import Right, may


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (Role.STRANGER, {Right.SUBMIT}),
        (
            Role.MEMBER,
            {Right.SUBMIT, Right.READ, Right.SAY, Right.MARK, Right.PAUSE, Right.CLOSE, Right.LEAVE}
            | {Right.HAND_OVER},
        ),
        (Role.OBSERVER, {Right.READ, Right.SAY, Right.NOTE, Right.LEAVE, Right.ENTER}),
        (
            Role.ADVISOR,
            {
                Right.READ,
                Right.SAY,
                Right.NOTE,
                Right.MARK,
                Right.RECOMMEND,
                Right.PAUSE,
                Right.LEAVE,
                Right.ENTER,
            },
        ),
        (
            Role.COORDINATOR,
            {
                Right.READ,
                Right.SAY,
                Right.NOTE,
                Right.MODERATE,
                Right.PAUSE,
                Right.CLOSE,
                Right.ENTER,
            },
        ),
    ],
)
def test_each_role_may_do_this_and_nothing_else(role: Role, acts: set[Right]) -> None:
    assert acts == {act for act in Right if may(role, act)}


def test_only_an_advisor_issues_recommendations() -> None:
    assert [Role.ADVISOR] == [role for role in Role if may(role, Right.RECOMMEND)]


def test_only_the_team_accepts_and_refuses() -> None:
    assert [Role.COORDINATOR] == [role for role in Role if may(role, Right.MODERATE)]
