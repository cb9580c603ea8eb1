"""What a kind would send, were it alone: to which side, when, about what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.calendar import Months, add_working_days, due_at_hour
from bot.domain.followup.facts import Facts
from bot.domain.followup.policy import EXEMPT, FollowUpKind, FollowUpPolicy, Restraint
from bot.domain.people import Person, Side


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up to come: why, to which side, when, about which recommendation.

    `requested`: members had asked to be asked then; no cap holds it. `wording` names its text where
    that is not the one of its kind. To members, `people` are those it goes to. At `until` it will
    have become pointless. A candidate is due as if there were neither caps nor quiet hours; it
    goes to the lead unless it names other people.
    """

    kind: FollowUpKind
    to: Side
    due_at: datetime
    number: int | None = None
    requested: bool = False
    wording: str = ""
    people: tuple[Person, ...] = field(default=(), compare=False)
    until: datetime | None = field(default=None, compare=False)

    @property
    def is_counted(self) -> bool:
        """Whether the caps count it; sent to members, it is their `last_followup_at`."""
        return is_counted(self.kind, self.to)

    @property
    def goes_at_any_hour(self) -> bool:
        """Whether it knows no quiet."""
        return self.kind.rules.restraint is Restraint.NOTHING


FindCandidates = Callable[[Facts, FollowUpPolicy], Iterator[FollowUp]]
"""Finds what a kind would send, from the facts of a project."""


def is_counted(kind: str, to: Side) -> bool:
    """Whether the caps count a follow-up of that kind; none that goes to the team does."""
    return kind not in EXEMPT and to is not Side.TEAM


def due_after(
    start: datetime, after: timedelta | Months, facts: Facts, policy: FollowUpPolicy
) -> datetime:
    """The opening hour of the day that lies `after` later than `start`."""
    return due_at_hour(start, after, facts.project.departement, policy.hour_from)


def due_after_working_days(
    start: datetime, count: int, facts: Facts, policy: FollowUpPolicy
) -> datetime:
    """The opening hour of the `count`-th working day after `start`; from 1."""
    return add_working_days(start, count, facts.project.departement, policy.hour_from)


def to_advisors(facts: Facts) -> Side:
    """The advisors, or the team where no advisor can be asked."""
    return Side.ADVISORS if facts.has_advisor else Side.TEAM


def whom(candidate: FollowUp, facts: Facts) -> tuple[Person, ...]:
    """The members to whom a candidate goes."""
    return candidate.people or (facts.members[:1] if candidate.to is Side.MEMBERS else ())
