"""The next one thing to do for a project.

`plan` depends on facts, policy and the present alone. Recomputed at any moment before its due date
it gives the same answer, so that an outage needs no special case. The due date stored on a project
is a lower bound: what is due is decided again, from the facts, when it is claimed.
"""

from datetime import datetime, timedelta

from bot.domain.calendar import next_opening
from bot.domain.followup.candidates import Candidate
from bot.domain.followup.caps import held_until
from bot.domain.followup.facts import Facts
from bot.domain.followup.kinds import KINDS, FollowUp, FollowUpKind, Kind
from bot.domain.people import Person, Side
from bot.domain.portal import FollowUpPolicy


def plan(facts: Facts, policy: FollowUpPolicy, now: datetime) -> FollowUp | None:
    """The next follow-up of a project, due at `now` or later; None if nothing is to come.

    Of several due at the same instant the highest of the table comes first. What should have gone
    out already is due at the next opening from `now`.
    """
    return min(plans(facts, policy, now), key=lambda followup: followup.due_at, default=None)


def plans(facts: Facts, policy: FollowUpPolicy, now: datetime) -> list[FollowUp]:
    """All that is to come for a project, as of now, the highest of the table first."""
    if not facts.open:
        return []
    asleep = facts.was_sent(FollowUpKind.DORMANT, since=facts.inactive_since)
    return [
        followup
        for kind in KINDS
        if not asleep or kind.kind is FollowUpKind.DORMANT
        for candidate in kind.candidates(facts, policy)
        if (followup := _scheduled(kind, candidate, facts, policy, now)) is not None
    ]


def soonest(policy: FollowUpPolicy) -> timedelta:
    """How long after words on an accepted project, to which an advisor has spoken, nothing that
    they started can be due.

    Durations in days end at the opening hour, perhaps a day before the hour of the act; and clocks
    change.
    """
    shortest = min(policy.question_after, policy.recommendation_after, policy.where_are_you_after)
    return max(shortest - timedelta(days=1, hours=1), timedelta())


def _scheduled(
    kind: Kind, candidate: Candidate, facts: Facts, policy: FollowUpPolicy, now: datetime
) -> FollowUp | None:
    """The follow-up once caps, pause and quiet are counted; None once it is pointless."""
    at = max(candidate.due_at, now, facts.paused_until or now)
    if not (kind.exempt or candidate.requested):
        at = max([at, *held_until(candidate, facts, policy)])
    if kind.kind is not FollowUpKind.SAFETY:
        at = next_opening(at, facts.departement, candidate.to, policy)
    if candidate.until is not None and at >= candidate.until:
        return None
    people = _people(candidate, facts)
    return FollowUp(kind.kind, candidate.to, at, candidate.number, candidate.requested, people)


def _people(candidate: Candidate, facts: Facts) -> tuple[Person, ...]:
    if candidate.to is not Side.MEMBERS:
        return ()
    asked = facts.members if candidate.everyone else facts.members[candidate.member :][:1]
    return tuple(member.person for member in asked if member.person is not None)
