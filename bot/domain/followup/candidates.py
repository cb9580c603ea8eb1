"""What a kind would send, were it alone: to which side, when, about what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.followup.facts import Facts
from bot.domain.people import Side


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a kind would send, before caps and quiet hours.

    A `requested` one is held by no cap. To members, it goes to one of `Facts.members` by its place
    there, or to `everyone`. After `until` it has become pointless.
    """

    to: Side
    due_at: datetime
    number: int | None = None
    requested: bool = False
    member: int = 0
    everyone: bool = False
    until: datetime | None = None


def to_advisors(facts: Facts) -> Side:
    """The advisors, or the team where no advisor can be asked."""
    return Side.ADVISORS if facts.advised else Side.TEAM


def to_each_side(facts: Facts, due_at: datetime, until: datetime | None = None) -> "Sides":
    """Everybody who can be asked, and the team."""
    if facts.members:
        yield Candidate(Side.MEMBERS, due_at, everyone=True, until=until)
    if facts.advised:
        yield Candidate(Side.ADVISORS, due_at, until=until)
    yield Candidate(Side.TEAM, due_at, until=until)


Sides = Iterator[Candidate]
