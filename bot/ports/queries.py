"""Read models for pages and lists."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import Role, Side
from bot.domain.projects.history import Entry
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import Recommendation


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sits behind a personal link: a register entry, and what it may see."""

    advisor_id: int
    person_id: int
    name: str
    organisation: str
    role: Role
    portals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in a list. `ball` is the side that owes the next step, since `ball_since`."""

    ref: str
    portal: str
    title: str
    territory: str
    departement: str
    theme: str | None
    status: ProjectStatus
    lead: str | None
    submitted_at: datetime
    last_activity_at: datetime
    ball: Side | None
    ball_since: datetime | None
    advisors: tuple[str, ...]
    open_recommendations: int


@dataclass(frozen=True, slots=True)
class RoomPage:
    """All that the advisors' page of a project shows, besides its messages."""

    project: ProjectRow
    description: str
    members: tuple[str, ...]
    reasons: tuple[tuple[str, tuple[str, ...]], ...]
    recommendations: tuple[Recommendation, ...]
    story: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Public figures. Nothing in them can be traced to a person or a commune."""

    projects: int
    accepted: int
    departements: int
    recommendations: int
    recommendations_done: int
    followups: int
    followups_answered: int
    by_portal: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Depths:
    """How much waits, for /metrics: events to handle, messages to deliver, dead letters."""

    inbox_waiting: int
    outbox_waiting: int
    dead_letters: int
    projects_open: int


@dataclass(frozen=True, slots=True)
class FollowUpAnswer:
    """A follow-up that went out, and when the side it asked first acted before the next such."""

    kind: str
    to: Side
    at: datetime
    answered_at: datetime | None


class Queries(Protocol):
    """What pages and lists read. Each call sees one consistent state."""

    async def desk(self, person_id: int) -> Desk | None:
        """The active register entry of a person, or None."""

    async def board(self, portal: str) -> list[ProjectRow]:
        """A portal's projects: those that wait for the team, then by how long one side owes."""

    async def rooms(self, advisor_id: int) -> list[ProjectRow]:
        """The projects on which an advisor sits, first those where advisors owe the next step."""

    async def room(self, ref: str) -> RoomPage | None:
        """One project, for its advisors and its team; None if there is none such."""

    async def coordinated(self) -> frozenset[str]:
        """The portals that somebody in service coordinates."""

    async def has_seat(self, advisor_id: int, ref: str) -> bool:
        """Whether the advisor sits on the project, or coordinates its portal."""

    async def departement(self, network: str, conversation: str) -> str | None:
        """That of the latest project of whoever writes from there; None while there is none."""

    async def figures(self) -> Figures:
        """Public figures."""

    async def depths(self) -> Depths:
        """How much waits."""

    async def next_followup(self) -> datetime | None:
        """The earliest stored due date of a follow-up or a digest."""

    async def followup_answers(self) -> list[FollowUpAnswer]:
        """Every follow-up that went out, oldest first, and when it was answered."""
