"""Follow-ups that went out: taken back when they did not arrive, and what they left to the team."""

from collections.abc import Callable

from sqlalchemy import and_, bindparam, delete, exists, func, or_, select, update

from bot.domain.followup import FollowUpKind
from bot.domain.followup.policy import EXEMPT
from bot.domain.people import Side
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project, ProjectStatus
from storage.database.session import Work
from storage.tables import entries, followups, people, projects

_carried = (
    select(projects.c.ref)
    .join(followups, followups.c.project_id == projects.c.id)
    .where(followups.c.key == bindparam("key"))
    .distinct()
)
_asked = select(followups.c.person_id).where(followups.c.key == bindparam("key")).distinct()
_gone_entries = delete(entries).where(
    entries.c.source == bindparam("key"),
    entries.c.kind == EntryKind.FOLLOWED_UP,
    entries.c.project_id.in_(
        select(followups.c.project_id).where(followups.c.key == bindparam("key"))
    ),
)
_last_asked = (
    select(func.max(followups.c.at))
    .where(
        followups.c.person_id == people.c.id,
        followups.c.key != bindparam("key"),
        followups.c.kind.not_in(sorted(EXEMPT)),
    )
    .scalar_subquery()
)
_not_asked = (
    update(people).where(people.c.id == bindparam("person")).values(last_followup_at=_last_asked)
)
_left_to_team = exists().where(
    followups.c.project_id == projects.c.id,
    followups.c.kind == FollowUpKind.ESCALATION,
    followups.c.side == Side.TEAM,
    followups.c.at >= projects.c.last_activity_at,
)
_asleep = exists().where(
    followups.c.project_id == projects.c.id,
    followups.c.kind == FollowUpKind.DORMANT,
    followups.c.at >= projects.c.last_activity_at,
)
_waiting = (
    select(projects.c.ref, projects.c.departement)
    .where(
        projects.c.portal == bindparam("portal"),
        or_(
            projects.c.status == ProjectStatus.SUBMITTED,
            and_(projects.c.status == ProjectStatus.ACCEPTED, _left_to_team, ~_asleep),
        ),
    )
    .order_by(projects.c.last_activity_at, projects.c.id)
)


def take_back(work: Work, key: str, whole: Callable[[str], Project | None]) -> list[Project]:
    """Forget what the message carried; return the projects it was about, whole."""
    work.flush()
    parameters = {"key": key}
    refs = list(work.connection.scalars(_carried, parameters))
    asked = [id_ for id_ in work.connection.scalars(_asked, parameters) if id_ is not None]
    if refs:
        work.connection.execute(_gone_entries, parameters)
    for person in asked:
        work.connection.execute(_not_asked, {**parameters, "person": person})
    carried = [project for ref in refs if (project := whole(ref)) is not None]
    for project in carried:
        project.followups[:] = [sent for sent in project.followups if sent.key != key]
    return carried


def waiting_for_team(work: Work, portal: str) -> list[tuple[str, str]]:
    """References and départements of what waits for the team, the longest silent first."""
    return [(ref, of) for ref, of in work.connection.execute(_waiting, {"portal": portal})]
