"""The kinds of follow-up, highest first: when each of them would be due, were it alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.calendar import due_at_nine
from bot.domain.followup.facts import Advice, Facts
from bot.domain.people import Side
from bot.domain.portal import FollowUpPolicy
from bot.domain.recommendation import RecommendationStatus


class FollowUpKind(StrEnum):
    """Why a follow-up goes out."""

    RECOMMENDATION = "recommendation"
    WHERE_ARE_YOU = "where_are_you"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up to come: why, to which side, when, about which recommendation.

    `requested`: members had asked to be asked then.
    """

    kind: FollowUpKind
    to: Side
    due_at: datetime
    number: int | None = None
    requested: bool = False

    @property
    def counts(self) -> bool:
        """Whether the caps count it; sent to members, it is their lead's `last_followup_at`."""
        return counts(self.kind, self.to)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a kind would send, before caps and quiet hours. A `requested` one is held by no cap."""

    to: Side
    due_at: datetime
    number: int | None = None
    requested: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A line of the table. An `exempt` kind is held by no cap and counts in none; `at_any_hour`
    knows no quiet.
    """

    kind: FollowUpKind
    candidates: Callable[[Facts, FollowUpPolicy], Iterator[Candidate]]
    exempt: bool = False
    at_any_hour: bool = False


def _recommendation(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Each recommendation is asked about once, 14 days after it was published if no member has
    acted since: one message speaks for all that are due by then. Each that members asked to be
    asked about again is asked about by itself.
    """
    if facts.lead is None:
        return
    for advice in facts.recommendations:
        due_at = _asked_about_at(advice, facts, policy)
        requested = advice.later_until is not None
        number = advice.number if requested else None
        kind = FollowUpKind.RECOMMENDATION
        if due_at is not None and not _sent_since(facts, due_at, kind, number):
            yield Candidate(Side.MEMBERS, due_at, advice.number, requested)


def _asked_about_at(advice: Advice, facts: Facts, policy: FollowUpPolicy) -> datetime | None:
    if advice.status not in {RecommendationStatus.PROPOSED, RecommendationStatus.IN_PROGRESS}:
        return None
    if advice.later_until is not None:
        return advice.later_until
    word = facts.last_member_word_at
    if word is not None and word > advice.published_at:
        return None
    return due_at_nine(
        advice.published_at, policy.recommendation_after, facts.departement, policy.hour_from
    )


def _where_are_you(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """The side that has the ball is asked after 6 weeks of silence, and every 6 weeks of it.

    The team is asked where that side has nobody to ask.
    """
    later = facts.later_until
    if later is not None and facts.lead is not None and not _sent_since(facts, later):
        yield Candidate(Side.MEMBERS, later, requested=True)
    asked = [sent.at for sent in facts.sent if sent.kind == FollowUpKind.WHERE_ARE_YOU]
    silent_since = max([facts.last_activity_at, *asked])
    due_at = due_at_nine(
        silent_since, policy.where_are_you_after, facts.departement, policy.hour_from
    )
    yield Candidate(_whom(facts), due_at)


def _whom(facts: Facts) -> Side:
    if facts.ball is Side.MEMBERS and facts.lead is not None:
        return Side.MEMBERS
    if facts.ball is Side.ADVISORS and facts.advised:
        return Side.ADVISORS
    return Side.TEAM


def _sent_since(
    facts: Facts, at: datetime, kind: FollowUpKind | None = None, number: int | None = None
) -> bool:
    """Whether a follow-up (of that kind, about that recommendation) went to the members at that
    instant or after.
    """
    return any(
        sent.to is Side.MEMBERS
        and sent.at >= at
        and kind in {None, sent.kind}
        and number in {None, sent.number}
        for sent in facts.sent
    )


KINDS: tuple[Kind, ...] = (
    Kind(FollowUpKind.RECOMMENDATION, _recommendation),
    Kind(FollowUpKind.WHERE_ARE_YOU, _where_are_you),
)
"""In order of priority."""

_EXEMPT = frozenset(kind.kind for kind in KINDS if kind.exempt)


def counts(kind: str, to: Side) -> bool:
    """Whether the caps count a follow-up of that kind; none that goes to the team does."""
    return kind not in _EXEMPT and to is not Side.TEAM
