"""Projects as lists and pages show them. The number of queries does not grow with the list."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import selectinload

from bot.domain.people import Advisor, Side
from bot.domain.projects.ball import ball
from bot.domain.projects.participants import Assignment, Member
from bot.domain.projects.project import Project
from bot.ports.queries import ProjectRow, RoomPage
from storage.database.session import Work
from storage.repositories.mapping import related
from storage.repositories.projects import ProjectRecords
from storage.tables import assignments, projects

_NEVER = datetime.max.replace(tzinfo=UTC)

_listed: Select[Project] = select(Project).options(
    selectinload(related(Project, "recommendations")),
    selectinload(related(Project, "members")).joinedload(related(Member, "person"), innerjoin=True),
    selectinload(related(Project, "assignments"))
    .joinedload(related(Assignment, "advisor"), innerjoin=True)
    .joinedload(related(Advisor, "person"), innerjoin=True),
)


def of_portal(work: Work, portal: str) -> list[ProjectRow]:
    """Every project of a portal: what waits for the team first, the longest waiting first."""
    return _sorted(work, projects.c.portal == portal, Side.TEAM)


def of_advisor(work: Work, advisor_id: int) -> list[ProjectRow]:
    """The projects on which an advisor sits: what waits for the advisors first."""
    seats = select(assignments.c.project_id).where(assignments.c.advisor_id == advisor_id)
    return _sorted(work, projects.c.id.in_(seats), Side.ADVISORS)


def room(work: Work, ref: str) -> RoomPage | None:
    """One project, for its advisors and its team."""
    project = work.session.scalars(_listed.where(projects.c.ref == ref)).one_or_none()
    if project is None:
        return None
    return RoomPage(
        project=_row(project),
        description=project.description,
        members=tuple(member.person.name for member in project.members),
        reasons=tuple((a.advisor.person.name, tuple(a.reasons)) for a in project.assignments),
        recommendations=tuple(project.recommendations),
        story=tuple(ProjectRecords(work).story(project, backstage=True)),
    )


def _sorted(work: Work, condition: ColumnElement[bool], first: Side) -> list[ProjectRow]:
    rows = [_row(project) for project in work.session.scalars(_listed.where(condition))]
    return sorted(rows, key=lambda row: (row.ball is not first, row.ball_since or _NEVER, row.ref))


def _row(project: Project) -> ProjectRow:
    side, since = ball(project) or (None, None)
    lead = project.lead
    return ProjectRow(
        ref=project.ref,
        portal=project.portal,
        title=project.title,
        territory=project.territory_name,
        departement=project.departement,
        theme=project.theme,
        status=project.status,
        lead=None if lead is None else lead.person.name,
        submitted_at=project.submitted_at,
        last_activity_at=project.last_activity_at,
        ball=side,
        ball_since=since,
        advisors=tuple(a.advisor.person.name for a in project.assignments),
        open_recommendations=sum(r.status.open for r in project.recommendations),
    )
