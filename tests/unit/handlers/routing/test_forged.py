"""The key of a choice comes from outside: whatever it is, it never raises, and never acts for
somebody else.
"""

import pytest

from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus
from tests.support.scene import Actor, Loop, kinds, submitted

GARBAGE = [
    "",
    ":",
    "mark",
    "mark:",
    "mark:{ref}",
    "mark:{ref}:",
    "mark:{ref}:abc",
    "mark:{ref}:1",
    "mark:{ref}:1:",
    "mark:{ref}:1:wrong",
    "mark:{ref}:-1:done",
    "mark:{ref}:²:done",
    "mark:{ref}:99:done",
    "mark:{ref}:1:done:more",
    "mark:UV-XXXX:abc",
    "later",
    "later:x",
    "later:{ref}",
    "later:{ref}:1",
    "later:{ref}:1:abc",
    "later:{ref}:1:13",
    "later:{ref}:x:14",
    "later:{ref}:99:14",
    "later:{ref}:1:14:0",
    "pulse",
    "pulse:{ref}",
    "pulse:{ref}:wrong",
    "pulse:UV-XXXX:advancing",
    "which",
    "which:",
    "which:{ref}",
    "which:new",
    "which:UV-XXXX",
    "moderate",
    "moderate:{ref}",
    "moderate:{ref}:refuse",
    "moderate:{ref}:accept",
    "moderate:UV-XXXX:accept",
    "intake",
    "intake:",
    "intake:send",
    "intake:theme:wrong",
    "intake:code:85092",
    "command:aide",
    "command:wrong",
    "__class__:x",
    "é" * 300,
    "\x00",
]


def untouched(loop: Loop) -> bool:
    recommendation = loop.project.recommendation(1)
    return (
        recommendation is not None
        and recommendation.status is RecommendationStatus.PROPOSED
        and loop.project.later_until is None
    )


@pytest.mark.parametrize("key", GARBAGE)
def test_garbage_is_answered_and_changes_nothing(reco: Loop, key: str) -> None:
    for actor in (reco.elu, reco.advisor, reco.observer, reco.team, reco.scene.elu("inconnu")):
        said = actor.forges(key.format(ref=reco.project.ref))
        assert [actor.conversation] == [message.conversation for message in said]
        assert untouched(reco)
    assert ["UV"] == [p.ref.partition("-")[0] for p in reco.scene.projects]


ACTS = ["mark:{ref}:1:done", "later:{ref}:1:14", "pulse:{ref}:advancing", "which:{ref}"]


@pytest.mark.parametrize("key", ACTS)
def test_another_persons_project_cannot_be_touched(reco: Loop, key: str) -> None:
    jean = reco.scene.elu("jean")
    submitted(jean, who="Jean Petit, maire")
    activity = reco.project.activity
    assert ["error"] == kinds(jean.forges(key.format(ref=reco.project.ref)))
    assert (True, activity) == (untouched(reco), reco.project.activity)


@pytest.mark.parametrize("key", ACTS)
def test_members_answers_are_not_the_advisors_to_give(reco: Loop, key: str) -> None:
    activity = reco.project.activity
    for actor in (
        reco.advisor,
        reco.observer,
        Actor(
            reco.scene, type(reco.elu.conversation)("web", reco.advisor.sender), reco.advisor.sender
        ),
    ):
        assert ["error"] == kinds(actor.forges(key.format(ref=reco.project.ref)))
    assert (True, activity) == (untouched(reco), reco.project.activity)


def test_a_member_cannot_moderate(loop: Loop) -> None:
    other = submitted(loop.scene.elu("jean"), who="Jean Petit, maire")
    for actor in (loop.elu, loop.advisor, loop.observer):
        assert ["error"] == kinds(actor.forges(f"moderate:{other.ref}:accept"))
    assert ProjectStatus.SUBMITTED is other.status


def test_answers_about_an_ended_project_are_no_longer_taken(reco: Loop) -> None:
    reco.project.status = ProjectStatus.CLOSED
    for key in ACTS:
        assert ["error"] == kinds(reco.elu.forges(key.format(ref=reco.project.ref)))
    assert untouched(reco)
