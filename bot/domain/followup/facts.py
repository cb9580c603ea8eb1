"""The facts on which a project's follow-up rests."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Person, Role, Side
from bot.domain.projects.ball import ball
from bot.domain.projects.history import FollowUpSent
from bot.domain.projects.membership import askable, gone_at
from bot.domain.projects.project import Project


@dataclass(frozen=True, slots=True)
class Facts:
    """A project, and what follows from it. Whoever changes the project takes its facts anew.

    `ball` is the side that owes the next step. `members` are those who can be asked, the lead
    first; where there is none, `unattended_since` says since when. `has_advisor`: an advisor who
    takes follow-ups sits in the room.
    """

    project: Project
    ball: Side | None
    members: tuple[Person, ...]
    unattended_since: datetime | None
    has_advisor: bool

    @property
    def rest_until(self) -> datetime | None:
        """The last of the instants at which members asked to be asked again, past or to come."""
        open_ones = (r for r in self.project.recommendations if r.status.open)
        asked = [self.project.later_until, *(r.later_until for r in open_ones)]
        return max((at for at in asked if at is not None), default=None)

    @property
    def inactive_since(self) -> datetime:
        """When the clocks of inactivity started: the last act, or the end of a rest asked for."""
        ends = (self.rest_until, self.project.paused_until)
        return max([self.project.last_activity_at, *(at for at in ends if at is not None)])

    def find_sent(
        self,
        kind: str | None = None,
        to: Side | None = None,
        number: int | None = None,
        since: datetime | None = None,
    ) -> list[FollowUpSent]:
        """The follow-ups sent, oldest first: of that kind, to that side, about that recommendation,
        at that instant or after; None: any.
        """
        return [
            sent
            for sent in self.project.followups
            if kind in {None, sent.kind}
            and to in {None, sent.to}
            and number in {None, sent.number}
            and (since is None or sent.at >= since)
        ]


def facts_of(project: Project) -> Facts:
    """The facts of a whole project: members with addresses, assignments, recommendations,
    follow-ups.
    """
    holder = ball(project)
    members = tuple(askable(project))
    return Facts(
        project,
        ball=holder[0] if holder else None,
        members=members,
        unattended_since=None if members else _unattended_since(project),
        has_advisor=any(
            a.advisor.active
            and a.advisor.role is Role.ADVISOR
            and a.advisor.person.stopped_at is None
            for a in project.assignments
        ),
    )


def _unattended_since(project: Project) -> datetime:
    """When the last member who could be asked went, or left the project."""
    gone = [at for m in project.members if (at := gone_at(m.person)) is not None]
    return max(gone, default=project.deserted_at or project.submitted_at)
