"""What a follow-up says: each kind has a text for each side that it may go to."""

import pytest

from bot.domain.followup import FollowUp, FollowUpKind
from bot.domain.people import Side
from handlers.followups import texts
from handlers.followups.due import Batch, Due
from tests.support.scene import Loop, spaced
from tests.support.shipped import catalogue

KINDS = [(kind, to, "") for kind in FollowUpKind for to in sorted(kind.rules.to)]
OTHER_WORDINGS = [
    (FollowUpKind.DEADLINE, Side.MEMBERS, "deadline_passed"),
    *((FollowUpKind.WHERE_ARE_YOU, to, "requested") for to in Side if to is not Side.ASSISTANT),
    (FollowUpKind.ESCALATION, Side.TEAM, "unattended"),
    (FollowUpKind.ESCALATION, Side.TEAM, "escalation_member"),
]


def said(loop: Loop, *followups: FollowUp) -> str:
    """What the text of a message that carries these says, to the side of the first."""
    batch = Batch(loop.scene.records, catalogue(), loop.scene.now)
    due = [Due(loop.project, followup) for followup in followups]
    match followups[0].to:
        case Side.MEMBERS:
            return spaced(texts.to_member(batch, loop.elu.person, due))
        case Side.ADVISORS:
            return spaced(texts.to_advisors(batch, due))
    return spaced(texts.to_team(batch, due))


@pytest.mark.parametrize(("kind", "to", "wording"), [*KINDS, *OTHER_WORDINGS])
def test_a_text_names_its_project_and_needs_no_value_that_its_kind_lacks(
    loop: Loop, kind: FollowUpKind, to: Side, wording: str
) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    followup = FollowUp(kind, to, loop.scene.now, number=1, wording=wording)
    assert f"« {loop.project.title} »" in said(loop, followup)


@pytest.mark.parametrize("kind", [kind for kind in FollowUpKind if Side.MEMBERS in kind.rules.to])
def test_among_several_each_kind_is_a_line_that_names_its_project(
    loop: Loop, kind: FollowUpKind
) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    followup = FollowUp(kind, Side.MEMBERS, loop.scene.now, number=1)
    lines = said(loop, followup, followup).splitlines()
    assert 2 == len([line for line in lines if f"({loop.project.ref})" in line])
