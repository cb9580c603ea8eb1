"""Recommendations: what an advisor proposes, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.people import Advisor


class RecommendationStatus(StrEnum):
    """The six states of a recommendation."""

    PROPOSED = "proposed"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    DONE = "done"
    NOT_INTERESTED = "not_interested"
    ALREADY_DONE = "already_done"

    @property
    def open(self) -> bool:
        """Whether something is still expected of somebody."""
        return self in {self.PROPOSED, self.IN_PROGRESS, self.BLOCKED}


@dataclass(eq=False)
class Recommendation:
    """One piece of advice on a project, numbered from 1 within it once it is published.

    `later_until` is the instant at which a member asked to be asked about it (« plus tard »).
    """

    text: str
    author: str
    organisation: str
    published_at: datetime
    deadline: date | None = None
    number: int = 0
    status: RecommendationStatus = RecommendationStatus.PROPOSED
    status_at: datetime | None = None
    later_until: datetime | None = None
    id: int | None = None

    @classmethod
    def by(
        cls, advisor: Advisor, text: str, now: datetime, deadline: date | None = None
    ) -> "Recommendation":
        """What an advisor recommends, to be published now."""
        return cls(text, advisor.person.name, advisor.organisation, now, deadline)
