"""Whose turn it is: « la balle est chez… »."""

from datetime import datetime

from bot.domain.people import Side
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus


def ball(project: Project) -> tuple[Side, datetime] | None:
    """The side that owes the next step, and since when; None once the project is refused or closed.

    A project not yet accepted waits for the team, a blocked recommendation for the advisors. Else
    the side that has not answered the other's words; else the members, if a recommendation is open;
    else the advisors.
    """
    if not project.open:
        return None
    if project.status is ProjectStatus.SUBMITTED:
        return Side.TEAM, project.submitted_at
    blocked = [
        r.status_at or r.published_at
        for r in project.recommendations
        if r.status is RecommendationStatus.BLOCKED
    ]
    if blocked:
        return Side.ADVISORS, min(blocked)
    return _owed(project) or _expected(project)


def _owed(project: Project) -> tuple[Side, datetime] | None:
    if project.members_owe_since is not None:
        return Side.MEMBERS, project.members_owe_since
    if project.advisors_owe_since is not None:
        return Side.ADVISORS, project.advisors_owe_since
    return None


def _expected(project: Project) -> tuple[Side, datetime]:
    """With no words unanswered: who is expected to act, since the last sign that they were not."""
    published = [r.published_at for r in project.recommendations if r.status.open]
    if published:
        return Side.MEMBERS, _latest(min(published), project.last_member_word_at)
    start = project.accepted_at or project.submitted_at
    return Side.ADVISORS, _latest(start, project.last_member_word_at, project.last_advisor_word_at)


def _latest(first: datetime, *others: datetime | None) -> datetime:
    return max([first, *(other for other in others if other is not None)])
