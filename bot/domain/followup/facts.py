"""The facts on which a project's follow-up rests."""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.people import Person, Role, Side
from bot.domain.projects.ball import ball
from bot.domain.projects.membership import askable, gone_at
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus


@dataclass(frozen=True, slots=True)
class AskableMember:
    """A member who can be asked: the last ordinary follow-up and the last act, over all their
    projects.
    """

    last_followup_at: datetime | None = None
    last_word_at: datetime | None = None
    person: Person | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation; `later_until` is when members asked to be asked about it."""

    number: int
    published_at: datetime
    status: RecommendationStatus = RecommendationStatus.PROPOSED
    status_at: datetime | None = None
    deadline: date | None = None
    later_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentFollowUp:
    """A follow-up that went out, perhaps about a recommendation."""

    kind: str
    to: Side
    at: datetime
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides the follow-up of one project.

    `ball` is the side that owes the next step. `members` are those who can be asked, the lead
    first; where there is none, `unattended_since` says since when. `has_advisor`: an advisor who
    takes follow-ups sits in the room. `…_question_at` are the first messages unanswered of which
    their side was not reminded. `later_until` is the instant at which members asked to be asked
    again about the project, `paused_until` the one until which nothing goes out.
    """

    departement: str
    status: ProjectStatus
    ball: Side | None
    submitted_at: datetime
    last_activity_at: datetime
    accepted_at: datetime | None = None
    last_member_word_at: datetime | None = None
    last_advisor_word_at: datetime | None = None
    advisor_spoke_at: datetime | None = None
    members_question_at: datetime | None = None
    advisors_question_at: datetime | None = None
    danger_since: datetime | None = None
    later_until: datetime | None = None
    paused_until: datetime | None = None
    unattended_since: datetime | None = None
    recommendations: tuple[Advice, ...] = ()
    sent: tuple[SentFollowUp, ...] = ()
    members: tuple[AskableMember, ...] = ()
    has_advisor: bool = True

    @property
    def is_open(self) -> bool:
        """Whether anything can be followed up."""
        return self.status in {ProjectStatus.SUBMITTED, ProjectStatus.ACCEPTED}

    @property
    def rest_until(self) -> datetime | None:
        """The last of the instants at which members asked to be asked again, past or to come."""
        asked = [self.later_until, *(r.later_until for r in self.recommendations if r.status.open)]
        return max((at for at in asked if at is not None), default=None)

    @property
    def inactive_since(self) -> datetime:
        """When the clocks of inactivity started: the last act, or the end of a rest asked for."""
        return max(
            at
            for at in (self.last_activity_at, self.rest_until, self.paused_until)
            if at is not None
        )

    def find_sent(
        self,
        kind: str | None = None,
        to: Side | None = None,
        number: int | None = None,
        since: datetime | None = None,
    ) -> list[SentFollowUp]:
        """The follow-ups sent, oldest first: of that kind, to that side, about that recommendation,
        at that instant or after; None: any.
        """
        return [
            sent
            for sent in self.sent
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
    members = askable(project)
    return Facts(
        departement=project.departement,
        status=project.status,
        ball=holder[0] if holder else None,
        submitted_at=project.submitted_at,
        last_activity_at=project.last_activity_at,
        accepted_at=project.accepted_at,
        last_member_word_at=project.last_member_word_at,
        last_advisor_word_at=project.last_advisor_word_at,
        advisor_spoke_at=project.advisor_spoke_at,
        members_question_at=project.members_question_at,
        advisors_question_at=project.advisors_question_at,
        danger_since=project.danger_since,
        later_until=project.later_until,
        paused_until=project.paused_until,
        unattended_since=None if members else _unattended_since(project),
        recommendations=tuple(
            Advice(r.number, r.published_at, r.status, r.status_at, r.deadline, r.later_until)
            for r in project.recommendations
        ),
        sent=tuple(
            SentFollowUp(sent.kind, sent.to, sent.at, sent.number) for sent in project.followups
        ),
        members=tuple(AskableMember(p.last_followup_at, p.last_word_at, p) for p in members),
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
