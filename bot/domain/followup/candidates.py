"""What a kind would send, were it alone: to which side, when, about what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calendar import Months, add_working_days, due_at_nine
from bot.domain.followup.facts import Facts
from bot.domain.followup.policy import FollowUpPolicy
from bot.domain.people import Side


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a kind would send, before caps and quiet hours.

    A `requested` one is held by no cap. To members, it goes to one of `Facts.members` by its place
    there, or to `everyone`. After `until` it has become pointless. `wording` names its text where
    that is not the one of its kind.
    """

    to: Side
    due_at: datetime
    number: int | None = None
    requested: bool = False
    member: int = 0
    everyone: bool = False
    until: datetime | None = None
    wording: str = ""


FindCandidates = Callable[[Facts, FollowUpPolicy], Iterator[Candidate]]
"""Finds what a kind would send, from the facts of a project."""


def due_after(
    start: datetime, after: timedelta | Months, facts: Facts, policy: FollowUpPolicy
) -> datetime:
    """The opening hour of the day that lies `after` later than `start`."""
    return due_at_nine(start, after, facts.departement, policy.hour_from)


def due_after_working_days(
    start: datetime, count: int, facts: Facts, policy: FollowUpPolicy
) -> datetime:
    """The opening hour of the `count`-th working day after `start`; from 1."""
    return add_working_days(start, count, facts.departement, policy.hour_from)


def to_advisors(facts: Facts) -> Side:
    """The advisors, or the team where no advisor can be asked."""
    return Side.ADVISORS if facts.has_advisor else Side.TEAM


def to_each_side(
    facts: Facts, due_at: datetime, until: datetime | None = None
) -> Iterator[Candidate]:
    """Everybody who can be asked, and the team."""
    if facts.members:
        yield Candidate(Side.MEMBERS, due_at, everyone=True, until=until)
    if facts.has_advisor:
        yield Candidate(Side.ADVISORS, due_at, until=until)
    yield Candidate(Side.TEAM, due_at, until=until)
