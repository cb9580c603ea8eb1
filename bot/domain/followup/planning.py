"""The next one thing to do for a project.

`plan` depends on facts, policy and the present alone. Recomputed at any moment before its due date
it gives the same answer, so that an outage needs no special case. The due date stored on a project
is a lower bound: what is due is decided again, from the facts, when it is claimed.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.calendar import due_at_nine, next_opening
from bot.domain.followup.facts import Facts
from bot.domain.followup.kinds import KINDS, Candidate, FollowUp, Kind, counts
from bot.domain.people import Side
from bot.domain.portal import FollowUpPolicy


def plan(facts: Facts, policy: FollowUpPolicy, now: datetime) -> FollowUp | None:
    """The next follow-up of a project, due at `now` or later; None if nothing is to come.

    Of several due at the same instant the highest of the table comes first. What should have gone
    out already is due at the next opening from `now`.
    """
    if not facts.accepted:
        return None
    planned = [
        _scheduled(kind, candidate, facts, policy, now)
        for kind in KINDS
        for candidate in kind.candidates(facts, policy)
    ]
    return min(planned, key=lambda followup: followup.due_at, default=None)


def soonest(policy: FollowUpPolicy) -> timedelta:
    """How long after an act nothing that it started can be due, a date asked with « plus tard »
    apart.

    Durations in days end at the opening hour, perhaps a day before the hour of the act; and clocks
    change.
    """
    shortest = min(policy.recommendation_after, policy.where_are_you_after)
    return max(shortest - timedelta(days=1, hours=1), timedelta())


def _scheduled(
    kind: Kind, candidate: Candidate, facts: Facts, policy: FollowUpPolicy, now: datetime
) -> FollowUp:
    at = max(candidate.due_at, now)
    if not (kind.exempt or candidate.requested):
        at = max([at, *_held_until(candidate.to, facts, policy)])
    if not kind.at_any_hour:
        at = next_opening(at, facts.departement, candidate.to, policy)
    return FollowUp(kind.kind, candidate.to, at, candidate.number, candidate.requested)


def _held_until(to: Side, facts: Facts, policy: FollowUpPolicy) -> Iterator[datetime]:
    """The instants until which an ordinary follow-up to that side is held; none for the team."""
    if to is Side.TEAM:
        return
    asked = max((s.at for s in facts.sent if s.to is to and counts(s.kind, to)), default=None)
    caps = [(asked, facts.last_advisor_word_at, policy.advisors_cap)]
    if to is Side.MEMBERS:
        caps = [(asked, facts.last_member_word_at, policy.project_cap)]
        if facts.lead is not None:
            caps.append((facts.lead.last_followup_at, facts.lead.last_word_at, policy.person_cap))
        if facts.rest_until is not None:
            yield facts.rest_until
    for asked_at, answered_at, cap in caps:
        if asked_at is not None and (answered_at is None or answered_at <= asked_at):
            yield due_at_nine(asked_at, cap, facts.departement, policy.hour_from)
