"""The kinds of follow-up, highest first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.followup import exempt, ordinary
from bot.domain.followup.candidates import Candidate
from bot.domain.followup.caps import EXEMPT, counts
from bot.domain.followup.facts import Facts
from bot.domain.people import Person, Side
from bot.domain.portal import FollowUpPolicy


class FollowUpKind(StrEnum):
    """Why a follow-up goes out."""

    SAFETY = exempt.SAFETY
    MODERATION = exempt.MODERATION
    BLOCKED = exempt.BLOCKED
    DEADLINE = exempt.DEADLINE
    FIRST_ANSWER = exempt.FIRST_ANSWER
    QUESTION = ordinary.QUESTION
    RECOMMENDATION = ordinary.RECOMMENDATION
    WHERE_ARE_YOU = ordinary.WHERE_ARE_YOU
    ESCALATION = ordinary.ESCALATION
    DORMANCY_WARNING = exempt.DORMANCY_WARNING
    DORMANT = exempt.DORMANT


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up to come: why, to which side, when, about which recommendation.

    `requested`: members had asked to be asked then. To members, `people` are those it goes to.
    """

    kind: FollowUpKind
    to: Side
    due_at: datetime
    number: int | None = None
    requested: bool = False
    people: tuple[Person, ...] = field(default=(), compare=False)

    @property
    def counts(self) -> bool:
        """Whether the caps count it; sent to members, it is their `last_followup_at`."""
        return counts(self.kind, self.to)

    @property
    def at_any_hour(self) -> bool:
        """Whether it knows no quiet."""
        return self.kind is FollowUpKind.SAFETY


@dataclass(frozen=True, slots=True)
class Kind:
    """A line of the table: what would go out for that reason, were it alone."""

    kind: FollowUpKind
    candidates: Callable[[Facts, FollowUpPolicy], Iterator[Candidate]]

    @property
    def exempt(self) -> bool:
        """Whether it is held by no cap and counts in none."""
        return self.kind in EXEMPT


KINDS: tuple[Kind, ...] = (
    Kind(FollowUpKind.SAFETY, exempt.safety),
    Kind(FollowUpKind.MODERATION, exempt.moderation),
    Kind(FollowUpKind.BLOCKED, exempt.blocked),
    Kind(FollowUpKind.DEADLINE, exempt.deadline),
    Kind(FollowUpKind.FIRST_ANSWER, exempt.first_answer),
    Kind(FollowUpKind.QUESTION, ordinary.question),
    Kind(FollowUpKind.RECOMMENDATION, ordinary.recommendation),
    Kind(FollowUpKind.WHERE_ARE_YOU, ordinary.where_are_you),
    Kind(FollowUpKind.ESCALATION, ordinary.escalation),
    Kind(FollowUpKind.DORMANCY_WARNING, exempt.dormancy_warning),
    Kind(FollowUpKind.DORMANT, exempt.dormant),
)
"""In order of priority."""
