"""Who is on a project: the members of the collectivité, and the advisors in its room."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Advisor, Person


@dataclass(eq=False)
class Member:
    """A person of the collectivité on a project; exactly one member is the lead."""

    person: Person
    lead: bool
    joined_at: datetime
    id: int | None = None


@dataclass(eq=False)
class Assignment:
    """An advisor seated in a project's room, and why: slugs of the reasons given to them."""

    advisor: Advisor
    reasons: list[str]
    assigned_at: datetime
    id: int | None = None
