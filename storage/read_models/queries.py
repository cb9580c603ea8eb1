"""What pages and lists read."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, distinct, func, select, union_all
from sqlalchemy.engine import Connection

from bot.domain.people import Role
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus
from bot.ports.queries import Depths, Desk, Figures, FollowUpAnswer, ProjectRow, RoomPage
from storage.database.session import Work
from storage.database.transactions import Transactions
from storage.queue.inbox import DEAD, WAITING
from storage.queue.outbox import GIVEN_UP, PENDING
from storage.read_models import board
from storage.read_models.inspection import coordinated
from storage.tables import (
    addresses,
    advisors,
    assignments,
    digests,
    entries,
    followups,
    inbox,
    members,
    outbox,
    people,
    projects,
    recommendations,
)

_OPEN = (ProjectStatus.SUBMITTED, ProjectStatus.ACCEPTED)
_DONE = (RecommendationStatus.DONE, RecommendationStatus.ALREADY_DONE)

_desk = (
    select(
        advisors.c.id, people.c.id, people.c.name, advisors.c.organisation, advisors.c.role,
        advisors.c.portals,
    )
    .join_from(advisors, people, advisors.c.person_id == people.c.id)
    .where(advisors.c.active, people.c.id == bindparam("id"))
)  # fmt: skip
_seat = (
    select(advisors.c.role, advisors.c.portals, projects.c.portal, assignments.c.id)
    .select_from(
        advisors.join(projects, projects.c.ref == bindparam("ref")).outerjoin(
            assignments,
            and_(
                assignments.c.advisor_id == advisors.c.id,
                assignments.c.project_id == projects.c.id,
            ),
        )
    )
    .where(advisors.c.id == bindparam("id"), advisors.c.active)
)
_departement = (
    select(projects.c.departement)
    .select_from(
        addresses.join(members, members.c.person_id == addresses.c.person_id).join(
            projects, projects.c.id == members.c.project_id
        )
    )
    .where(
        addresses.c.network == bindparam("network"),
        addresses.c.conversation == bindparam("conversation"),
    )
    .order_by(projects.c.submitted_at.desc(), projects.c.id.desc())
    .limit(1)
)
_next_followup = union_all(
    select(func.min(projects.c.followup_due_at)).where(projects.c.followup_due_at.is_not(None)),
    select(func.min(digests.c.due_at)),
)
_project_counts = select(
    func.count(), func.count(projects.c.accepted_at), func.count(distinct(projects.c.departement))
).select_from(projects)
_recommendation_counts = select(
    func.count(), func.count().filter(recommendations.c.status.in_(_DONE))
).select_from(recommendations)
_answered = (
    select(entries.c.id)
    .where(
        entries.c.project_id == followups.c.project_id,
        entries.c.side == followups.c.side,
        entries.c.at > followups.c.at,
    )
    .exists()
)
_later = followups.alias("later")
_next_sent = (
    select(func.min(_later.c.at))
    .where(
        _later.c.project_id == followups.c.project_id,
        _later.c.side == followups.c.side,
        _later.c.at > followups.c.at,
    )
    .correlate(followups)
    .scalar_subquery()
)
_first_act = (
    select(func.min(entries.c.at))
    .where(
        entries.c.project_id == followups.c.project_id,
        entries.c.side == followups.c.side,
        entries.c.at > followups.c.at,
        entries.c.at <= func.coalesce(_next_sent, entries.c.at),
    )
    .correlate(followups)
    .scalar_subquery()
)
_answers = select(followups.c.kind, followups.c.side, followups.c.at, _first_act).order_by(
    followups.c.id
)
_followup_counts = select(func.count(), func.count().filter(_answered)).select_from(followups)
_by_portal = (
    select(projects.c.portal, func.count()).group_by(projects.c.portal).order_by(projects.c.portal)
)


class SqlQueries:
    """What pages and lists read. Each call sees one consistent state."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def desk(self, person_id: int) -> Desk | None:
        """The active register entry of a person, or None."""

        def find(connection: Connection) -> Desk | None:
            row = connection.execute(_desk, {"id": person_id}).one_or_none()
            return None if row is None else Desk(*row[:5], portals=tuple(row[5]))

        return await self._transactions.read(find)

    async def board(self, portal: str) -> list[ProjectRow]:
        """Every project of a portal: what waits for the team first, the longest waiting first."""
        return await self._transactions.read(
            lambda connection: board.of_portal(Work(connection, keeps=False), portal)
        )

    async def rooms(self, advisor_id: int) -> list[ProjectRow]:
        """The projects on which an advisor sits, the ball with the advisors first."""
        return await self._transactions.read(
            lambda connection: board.of_advisor(Work(connection, keeps=False), advisor_id)
        )

    async def room(self, ref: str) -> RoomPage | None:
        """One project, for its advisors and its team; None if there is none such."""
        return await self._transactions.read(
            lambda connection: board.room(Work(connection, keeps=False), ref)
        )

    async def coordinated(self) -> frozenset[str]:
        """The portals that somebody in service coordinates."""
        return await self._transactions.read(coordinated)

    async def has_seat(self, advisor_id: int, ref: str) -> bool:
        """Whether the advisor sits on the project, or coordinates its portal."""

        def find(connection: Connection) -> bool:
            row = connection.execute(_seat, {"id": advisor_id, "ref": ref}).one_or_none()
            if row is None:
                return False
            role, portals, portal, assignment = row
            return assignment is not None or (role is Role.COORDINATOR and portal in portals)

        return await self._transactions.read(find)

    async def departement(self, network: str, conversation: str) -> str | None:
        """The département of the latest project of whoever writes from there, or None."""
        place = {"network": network, "conversation": conversation}
        return await self._transactions.read(
            lambda connection: connection.scalar(_departement, place)
        )

    async def figures(self) -> Figures:
        """Public figures."""
        return await self._transactions.read(_count_everything)

    async def followup_answers(self) -> list[FollowUpAnswer]:
        """Every follow-up that went out, oldest first, and when it was answered."""
        return await self._transactions.read(
            lambda connection: [FollowUpAnswer(*row) for row in connection.execute(_answers)]
        )

    async def depths(self) -> Depths:
        """How much waits."""
        return await self._transactions.read(_count_waiting)

    async def next_followup(self) -> datetime | None:
        """The earliest stored due date of a follow-up or a digest."""

        def find(connection: Connection) -> datetime | None:
            dates = connection.scalars(_next_followup)
            return min((at for at in dates if at is not None), default=None)

        return await self._transactions.read(find)


def _count_everything(connection: Connection) -> Figures:
    all_projects, accepted, departements = connection.execute(_project_counts).one()
    advice, done = connection.execute(_recommendation_counts).one()
    asked, answered = connection.execute(_followup_counts).one()
    return Figures(
        projects=all_projects,
        accepted=accepted,
        departements=departements,
        recommendations=advice,
        recommendations_done=done,
        followups=asked,
        followups_answered=answered,
        by_portal=tuple((slug, number) for slug, number in connection.execute(_by_portal)),
    )


def _count_waiting(connection: Connection) -> Depths:
    def count(condition: ColumnElement[bool]) -> int:
        return connection.scalar(select(func.count()).where(condition)) or 0

    return Depths(
        inbox_waiting=count(inbox.c.state == WAITING),
        outbox_waiting=count(outbox.c.state == PENDING),
        dead_letters=count(inbox.c.state == DEAD)
        + sum(count(outbox.c.state == given_up) for given_up in GIVEN_UP),
        projects_open=count(projects.c.status.in_(_OPEN)),
    )
