"""A portal: one thematic advisory service, with its policy."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class FollowUpPolicy:
    """Every figure of the follow-up, of one portal. Durations in days fall due at `hour_from`.

    Quiet periods for members are (first month, first day, last month, last day), both included.
    """

    recommendation_after: timedelta = timedelta(days=14)
    where_are_you_after: timedelta = timedelta(weeks=6)
    person_cap: timedelta = timedelta(days=14)
    project_cap: timedelta = timedelta(weeks=6)
    advisors_cap: timedelta = timedelta(days=14)
    later_default: timedelta = timedelta(days=14)
    hour_from: int = 9
    hour_to: int = 17
    members_quiet: tuple[tuple[int, int, int, int], ...] = ((7, 14, 8, 31), (12, 20, 1, 5))


@dataclass(frozen=True, slots=True)
class Portal:
    """One thematic service. `prefix` begins its projects' references; `rooms` is the network of
    its rooms.
    """

    slug: str
    name: str
    prefix: str
    presentation: str
    reads: str
    themes: tuple[str, ...]
    fallback: bool = False
    moderated: bool = True
    rooms: str = "web"
    advisors_per_project: int = 4
    policy: FollowUpPolicy = field(default_factory=FollowUpPolicy)
