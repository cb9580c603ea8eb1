"""The facts on which a project's follow-up rests."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ball import ball
from bot.domain.people import Person, Role, Side
from bot.domain.project import Project, ProjectStatus
from bot.domain.recommendation import RecommendationStatus


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead, who can be asked: the last ordinary follow-up and last act, over all their
    projects.
    """

    last_followup_at: datetime | None = None
    last_word_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation; `later_until` is when members asked to be asked about it."""

    number: int
    published_at: datetime
    status: RecommendationStatus = RecommendationStatus.PROPOSED
    later_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A follow-up that went out, perhaps about a recommendation."""

    kind: str
    to: Side
    at: datetime
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides the follow-up of one project.

    `ball` is the side that owes the next step. `lead` is None when nobody can be asked: no lead, no
    address that works, or follow-ups stopped. `advised`: an advisor sits in the room. `later_until`
    is the instant at which members asked to be asked again about the project.
    """

    departement: str
    accepted: bool
    ball: Side | None
    last_activity_at: datetime
    last_member_word_at: datetime | None = None
    last_advisor_word_at: datetime | None = None
    later_until: datetime | None = None
    recommendations: tuple[Advice, ...] = ()
    sent: tuple[Sent, ...] = ()
    lead: Lead | None = None
    advised: bool = True

    @property
    def rest_until(self) -> datetime | None:
        """The last of the instants at which members asked to be asked again, past or to come."""
        asked = [self.later_until, *(r.later_until for r in self.recommendations if r.status.open)]
        return max((at for at in asked if at is not None), default=None)


def facts_of(project: Project) -> Facts:
    """The facts of a whole project: members with addresses, assignments, recommendations,
    follow-ups.
    """
    holder = ball(project)
    lead = project.lead
    return Facts(
        departement=project.departement,
        accepted=project.status is ProjectStatus.ACCEPTED,
        ball=holder[0] if holder else None,
        last_activity_at=project.last_activity_at,
        last_member_word_at=project.last_member_word_at,
        last_advisor_word_at=project.last_advisor_word_at,
        later_until=project.later_until,
        recommendations=tuple(
            Advice(r.number, r.published_at, r.status, r.later_until)
            for r in project.recommendations
        ),
        sent=tuple(Sent(sent.kind, sent.to, sent.at, sent.number) for sent in project.followups),
        lead=_askable(lead.person) if lead else None,
        advised=any(
            a.advisor.active and a.advisor.role is Role.ADVISOR for a in project.assignments
        ),
    )


def _askable(person: Person) -> Lead | None:
    if person.stopped_at is not None or person.reachable is None:
        return None
    return Lead(person.last_followup_at, person.last_word_at)
