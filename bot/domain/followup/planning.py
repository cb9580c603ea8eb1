"""What is to come for a project.

`plan` depends on facts, policy and the present alone. Recomputed at any moment before its due date
it gives the same answer, so that an outage needs no special case. The due date stored on a project
is a lower bound: what is due is decided again, from the facts, when it is claimed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.calendar import next_opening
from bot.domain.followup import exempt, ordinary
from bot.domain.followup.candidates import FindCandidates, FollowUp, whom
from bot.domain.followup.caps import ends_of_caps
from bot.domain.followup.facts import Facts
from bot.domain.followup.policy import EXEMPT, FollowUpKind, FollowUpPolicy
from bot.domain.people import Side

_CANDIDATES: Mapping[FollowUpKind, FindCandidates] = {
    kind: (exempt if kind in EXEMPT else ordinary).CANDIDATES[kind] for kind in FollowUpKind
}
"""A kind that is in no table, or in the wrong one, is an error at import."""


def plan(facts: Facts, policy: FollowUpPolicy, now: datetime) -> list[FollowUp]:
    """All that is to come for a project, at `now` or later, the highest of the table first. What
    should have gone out already is due at the next opening from `now`.
    """
    if not facts.project.open:
        return []
    asleep = facts.find_sent(FollowUpKind.DORMANT, since=facts.inactive_since)
    kinds = [FollowUpKind.DORMANT] if asleep else list(FollowUpKind)
    return [
        followup
        for kind in kinds
        for candidate in _find_candidates(kind, facts, policy)
        if (followup := _schedule(candidate, facts, policy, now)) is not None
    ]


def soonest(policy: FollowUpPolicy) -> timedelta:
    """How long after words on an accepted project, to which an advisor has spoken, nothing that
    they started can be due.

    Durations in days end at the opening hour, perhaps a day before the hour of the act; and clocks
    change.
    """
    shortest = min(policy.question_after, policy.recommendation_after, policy.where_are_you_after)
    return max(shortest - timedelta(days=1, hours=1), timedelta())


def _find_candidates(
    kind: FollowUpKind, facts: Facts, policy: FollowUpPolicy
) -> Iterator[FollowUp]:
    """What the kind would send. Members who stay silent are asked no more, but by escalation, than
    what no cap holds and what they asked for themselves.
    """
    gives_way = kind not in EXEMPT and kind is not FollowUpKind.ESCALATION
    is_silent = gives_way and ordinary.is_escalated(facts, policy)
    for candidate in _CANDIDATES[kind](facts, policy):
        if not is_silent or candidate.to is not Side.MEMBERS or candidate.requested:
            yield candidate


def _schedule(
    candidate: FollowUp, facts: Facts, policy: FollowUpPolicy, now: datetime
) -> FollowUp | None:
    """The follow-up once caps, pause and quiet are counted; None once it is pointless."""
    at = max(candidate.due_at, now, facts.project.paused_until or now)
    if candidate.kind not in EXEMPT and not candidate.requested:
        at = max([at, *ends_of_caps(candidate, facts, policy)])
    if not candidate.goes_at_any_hour:
        at = next_opening(at, facts.project.departement, candidate.to, policy)
    if candidate.until is not None and at >= candidate.until:
        return None
    return replace(candidate, due_at=at, people=whom(candidate, facts))
