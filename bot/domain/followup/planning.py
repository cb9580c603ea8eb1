"""The next one thing to do for a project.

`plan` depends on facts, policy and the present alone. Recomputed at any moment before its due date
it gives the same answer, so that an outage needs no special case. The due date stored on a project
is a lower bound: what is due is decided again, from the facts, when it is claimed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.calendar import next_opening
from bot.domain.followup import exempt, ordinary
from bot.domain.followup.candidates import Candidate, FindCandidates
from bot.domain.followup.caps import ends_of_caps, is_counted
from bot.domain.followup.facts import Facts
from bot.domain.followup.policy import EXEMPT, FollowUpKind, FollowUpPolicy, Restraint
from bot.domain.people import Person, Side

_CANDIDATES: Mapping[FollowUpKind, FindCandidates] = {
    kind: (exempt if kind in EXEMPT else ordinary).CANDIDATES[kind] for kind in FollowUpKind
}
"""A kind that is in no table, or in the wrong one, is an error at import."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up to come: why, to which side, when, about which recommendation.

    `requested`: members had asked to be asked then. `wording` names its text where that is not the
    one of its kind. To members, `people` are those it goes to.
    """

    kind: FollowUpKind
    to: Side
    due_at: datetime
    number: int | None = None
    requested: bool = False
    wording: str = ""
    people: tuple[Person, ...] = field(default=(), compare=False)

    @property
    def is_counted(self) -> bool:
        """Whether the caps count it; sent to members, it is their `last_followup_at`."""
        return is_counted(self.kind, self.to)

    @property
    def goes_at_any_hour(self) -> bool:
        """Whether it knows no quiet."""
        return self.kind.rules.restraint is Restraint.NOTHING


def plan(facts: Facts, policy: FollowUpPolicy, now: datetime) -> FollowUp | None:
    """The next follow-up of a project, due at `now` or later; None if nothing is to come.

    Of several due at the same instant the highest of the table comes first. What should have gone
    out already is due at the next opening from `now`.
    """
    return min(plans(facts, policy, now), key=lambda followup: followup.due_at, default=None)


def plans(facts: Facts, policy: FollowUpPolicy, now: datetime) -> list[FollowUp]:
    """All that is to come for a project, as of now, the highest of the table first."""
    if not facts.is_open:
        return []
    asleep = facts.find_sent(FollowUpKind.DORMANT, since=facts.inactive_since)
    kinds = [FollowUpKind.DORMANT] if asleep else list(FollowUpKind)
    return [
        followup
        for kind in kinds
        for candidate in _candidates(kind, facts, policy)
        if (followup := _schedule(kind, candidate, facts, policy, now)) is not None
    ]


def soonest(policy: FollowUpPolicy) -> timedelta:
    """How long after words on an accepted project, to which an advisor has spoken, nothing that
    they started can be due.

    Durations in days end at the opening hour, perhaps a day before the hour of the act; and clocks
    change.
    """
    shortest = min(policy.question_after, policy.recommendation_after, policy.where_are_you_after)
    return max(shortest - timedelta(days=1, hours=1), timedelta())


def _candidates(kind: FollowUpKind, facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """What the kind would send. Members who stay silent are asked no more, but by escalation, than
    what no cap holds and what they asked for themselves.
    """
    rests = kind not in EXEMPT and kind is not FollowUpKind.ESCALATION
    rests = rests and ordinary.is_escalated(facts, policy)
    for candidate in _CANDIDATES[kind](facts, policy):
        if not rests or candidate.to is not Side.MEMBERS or candidate.requested:
            yield candidate


def _schedule(
    kind: FollowUpKind,
    candidate: Candidate,
    facts: Facts,
    policy: FollowUpPolicy,
    now: datetime,
) -> FollowUp | None:
    """The follow-up once caps, pause and quiet are counted; None once it is pointless."""
    at = max(candidate.due_at, now, facts.paused_until or now)
    if kind not in EXEMPT and not candidate.requested:
        at = max([at, *ends_of_caps(candidate, facts, policy)])
    if kind.rules.restraint is not Restraint.NOTHING:
        at = next_opening(at, facts.departement, candidate.to, policy)
    if candidate.until is not None and at >= candidate.until:
        return None
    return FollowUp(
        kind,
        candidate.to,
        at,
        candidate.number,
        candidate.requested,
        candidate.wording,
        _people(candidate, facts),
    )


def _people(candidate: Candidate, facts: Facts) -> tuple[Person, ...]:
    if candidate.to is not Side.MEMBERS:
        return ()
    asked = facts.members if candidate.everyone else facts.members[candidate.member :][:1]
    return tuple(member.person for member in asked if member.person is not None)
