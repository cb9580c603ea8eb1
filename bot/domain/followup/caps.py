"""How often people may be asked: the instants until which an ordinary follow-up is held."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.calendar import due_at_nine
from bot.domain.followup.candidates import Candidate
from bot.domain.followup.facts import Facts
from bot.domain.people import Side
from bot.domain.portal import FollowUpPolicy

EXEMPT = frozenset(
    {
        "safety",
        "moderation",
        "blocked",
        "deadline",
        "first_answer",
        "dormancy_warning",
        "dormant",
    }
)
"""The kinds that are held by no cap and count in none."""


def counts(kind: str, to: Side) -> bool:
    """Whether the caps count a follow-up of that kind; none that goes to the team does."""
    return kind not in EXEMPT and to is not Side.TEAM


def unanswered(facts: Facts) -> int:
    """How many messages of ordinary follow-ups members have left unanswered since they last acted.

    Several of one message went out at one instant. What was asked before the project fell asleep
    ended there: whoever wakes it, the lead is asked first again.
    """
    asleep = max((sent.at for sent in facts.sends("dormant")), default=None)
    return len(
        {
            sent.at
            for sent in facts.sends(to=Side.MEMBERS)
            if counts(sent.kind, sent.to)
            and not _answered(sent.at, facts.last_member_word_at)
            and not _answered(sent.at, asleep)
        }
    )


def held_until(candidate: Candidate, facts: Facts, policy: FollowUpPolicy) -> Iterator[datetime]:
    """The instants until which an ordinary candidate is held; none for the team."""
    to = candidate.to
    if to is Side.TEAM:
        return
    asked = max((s.at for s in facts.sends(to=to) if counts(s.kind, to)), default=None)
    caps = [(asked, facts.last_advisor_word_at, policy.advisors_cap)]
    if to is Side.MEMBERS:
        person = facts.members[candidate.member]
        caps = [
            (asked, facts.last_member_word_at, policy.project_cap),
            (person.last_followup_at, person.last_word_at, policy.person_cap),
        ]
        if facts.rest_until is not None:
            yield facts.rest_until
    for asked_at, answered_at, cap in caps:
        if asked_at is not None and not _answered(asked_at, answered_at):
            yield due_at_nine(asked_at, cap, facts.departement, policy.hour_from)


def _answered(asked_at: datetime, answered_at: datetime | None) -> bool:
    return answered_at is not None and answered_at > asked_at
