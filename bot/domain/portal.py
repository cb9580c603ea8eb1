"""A portal: one thematic advisory service, with its policy."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A duration in calendar months: twelve of them lead to the same day of the next year."""

    count: int


@dataclass(frozen=True, slots=True)
class FollowUpPolicy:
    """Every figure of the follow-up, of one portal.

    Durations in days, weeks or months fall due at `hour_from`, territory time; those of
    `safety_after` count exactly. Quiet periods for members are (first month, first day, last month,
    last day), both included. `escalation_after` is the number of follow-ups that members may leave
    unanswered.
    """

    safety_after: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(hours=48))
    moderation_working_days: int = 2
    moderation_every: timedelta = timedelta(days=7)
    deadline_before: timedelta = timedelta(days=7)
    first_answer_working_days: int = 3
    first_answer_team_working_days: int = 7
    question_after: timedelta = timedelta(days=10)
    recommendation_after: timedelta = timedelta(days=14)
    where_are_you_after: timedelta = timedelta(weeks=6)
    escalation_after: int = 2
    escalation_team_after: timedelta = timedelta(days=14)
    dormancy_warning_after: Months = Months(10)
    dormant_after: Months = Months(12)
    person_cap: timedelta = timedelta(days=14)
    project_cap: timedelta = timedelta(weeks=6)
    advisors_cap: timedelta = timedelta(days=14)
    later_default: timedelta = timedelta(days=14)
    pause_default: Months = Months(3)
    team_digest: bool = True
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
