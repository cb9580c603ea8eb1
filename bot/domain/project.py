"""A project: what a collectivité wants to do, who is on it, what follow-up rests on."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.attachment import Attachment
from bot.domain.errors import IllegalTransition
from bot.domain.people import Advisor, Person, Side
from bot.domain.recommendation import Recommendation, RecommendationStatus
from bot.domain.urgency import Urgency


class ProjectStatus(StrEnum):
    """Where a project stands in its life."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CLOSED = "closed"


class EntryKind(StrEnum):
    """What an entry of the project's story tells."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ASSIGNED = "assigned"
    SAID = "said"
    FILE = "file"
    NOTE = "note"
    RECOMMENDED = "recommended"
    MARKED = "marked"
    POSTPONED = "postponed"
    FOLLOWED_UP = "followed_up"
    STOPPED = "stopped"
    RESUMED = "resumed"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


@dataclass(eq=False)
class Entry:
    """One line of a project's story. `backstage` entries are never shown to a member.

    `source` is the key of the event from which the entry comes.
    """

    at: datetime
    kind: EntryKind
    side: Side
    author: str
    text: str = ""
    number: int | None = None
    detail: str = ""
    backstage: bool = False
    source: str | None = None
    attachment: Attachment | None = None
    id: int | None = None


@dataclass(eq=False)
class Member:
    """A person of the collectivité on a project; exactly one member is the lead."""

    person: Person
    lead: bool
    joined_at: datetime
    id: int | None = None


@dataclass(eq=False)
class Assignment:
    """An advisor seated in a project's room, and why: slugs of the reasons given to them."""

    advisor: Advisor
    reasons: list[str]
    assigned_at: datetime
    id: int | None = None


@dataclass(eq=False)
class FollowUpSent:
    """A follow-up that went out. It is answered by the first entry of that side after it."""

    kind: str
    to: Side
    at: datetime
    number: int | None = None
    id: int | None = None


@dataclass(eq=False)
class Project:
    """What a collectivité wants to do. It belongs to one portal at a time.

    `territories` are codes (INSEE or SIREN), the first is the main one; `territory_name` and
    `departement` are those of the main one. `activity` counts human acts: a message that was only
    relevant at one count is stale at the next. `followup_due_at` is a lower bound on the instant of
    the next follow-up; None when none is planned. `unanswered_by_…` counts the follow-ups sent to a
    side since it last acted. `…_owe_since` is the instant of the first message of the other side
    that a side has not answered yet; at most one of the two is set. `later_until` is the instant
    at which members asked to be asked again; follow-ups to them rest until then.
    """

    ref: str
    portal: str
    title: str
    description: str
    themes: list[str]
    urgency: Urgency
    territories: list[str]
    territory_name: str
    departement: str
    submitted_at: datetime
    last_activity_at: datetime
    status: ProjectStatus = ProjectStatus.SUBMITTED
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    refusal: str = ""
    last_member_word_at: datetime | None = None
    last_advisor_word_at: datetime | None = None
    members_owe_since: datetime | None = None
    advisors_owe_since: datetime | None = None
    unanswered_by_members: int = 0
    unanswered_by_advisors: int = 0
    followup_due_at: datetime | None = None
    later_until: datetime | None = None
    activity: int = 0
    members: list[Member] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    followups: list[FollowUpSent] = field(default_factory=list)
    id: int | None = None
    version: int = 0

    @property
    def lead(self) -> Member | None:
        """The member who speaks first for the project, if anyone is left."""
        return next((m for m in self.members if m.lead), None)

    @property
    def theme(self) -> str | None:
        """The main theme."""
        return self.themes[0] if self.themes else None

    @property
    def open(self) -> bool:
        """Whether words are still relayed and follow-ups planned."""
        return self.status in {ProjectStatus.SUBMITTED, ProjectStatus.ACCEPTED}

    def change_person(self, before: Person, after: Person) -> None:
        """Whoever was known as `before` is `after`; twice a member is once, and lead if either
        was.
        """
        member = next((m for m in self.members if m.person is before), None)
        there = next((m for m in self.members if m.person is after), None)
        if member is not None and there is not None:
            there.lead = there.lead or member.lead
            there.joined_at = min(there.joined_at, member.joined_at)
            self.members.remove(member)
        elif member is not None:
            member.person = after

    def acted(self, side: Side, now: datetime) -> None:
        """Record a human act of one side: the inactivity clocks restart, what it was asked is
        answered.

        An act of the team in the room answers for the advisors, but is not theirs.
        """
        self.activity += 1
        self.last_activity_at = now
        if side is Side.MEMBERS:
            self.last_member_word_at, self.unanswered_by_members = now, 0
            self.members_owe_since = None
        elif side is Side.ADVISORS:
            self.last_advisor_word_at, self.unanswered_by_advisors = now, 0
            self.advisors_owe_since = None
        elif side is Side.TEAM:
            self.advisors_owe_since = None

    def heard(self, side: Side, now: datetime, *, asks: bool = True) -> None:
        """Record words of one side. The other side owes an answer, unless `asks` is false."""
        self.acted(side, now)
        if asks and side is Side.MEMBERS:
            self.advisors_owe_since = self.advisors_owe_since or now
        elif asks:
            self.members_owe_since = self.members_owe_since or now

    def accept(self, now: datetime) -> None:
        """The project is accepted. Raises IllegalTransition unless it was waiting for the team."""
        if self.status is not ProjectStatus.SUBMITTED:
            raise IllegalTransition
        self.status, self.accepted_at = ProjectStatus.ACCEPTED, now
        self.acted(Side.TEAM, now)

    def refuse(self, reason: str, now: datetime) -> None:
        """The project is refused, for a reason its members are told. Raises IllegalTransition."""
        if self.status is not ProjectStatus.SUBMITTED:
            raise IllegalTransition
        self.status, self.refusal, self.ended_at = ProjectStatus.REFUSED, reason, now
        self.acted(Side.TEAM, now)

    def recommend(
        self, text: str, author: Advisor, deadline: date | None, now: datetime
    ) -> Recommendation:
        """Publish a recommendation, numbered after the others. Raises IllegalTransition unless
        accepted.
        """
        if self.status is not ProjectStatus.ACCEPTED:
            raise IllegalTransition
        recommendation = Recommendation(
            number=len(self.recommendations) + 1,
            text=text,
            author=author.person.name,
            organisation=author.organisation,
            published_at=now,
            deadline=deadline,
        )
        self.recommendations.append(recommendation)
        self.acted(Side.ADVISORS, now)
        return recommendation

    def recommendation(self, number: int) -> Recommendation | None:
        """The recommendation of that number, or None."""
        return next((r for r in self.recommendations if r.number == number), None)

    def mark(self, number: int, status: RecommendationStatus, side: Side, now: datetime) -> None:
        """A recommendation takes a state. Raises IllegalTransition if it or the project does not
        allow it.
        """
        recommendation = self.recommendation(number)
        if recommendation is None or self.status is not ProjectStatus.ACCEPTED:
            raise IllegalTransition
        recommendation.status, recommendation.status_at = status, now
        if recommendation.later_until == self.later_until:
            self.later_until = None
        recommendation.later_until = None
        self.acted(side, now)

    def repeats(self, number: int, status: RecommendationStatus) -> bool:
        """Whether a recommendation is in that state already, and no member was asked since."""
        recommendation = self.recommendation(number)
        if recommendation is None or recommendation.status is not status:
            return False
        since = recommendation.status_at
        asked = [sent.at for sent in self.followups if sent.to is Side.MEMBERS]
        return since is not None and all(at <= since for at in asked)

    def later_about(self, number: int) -> datetime | None:
        """Until when members asked to wait about a recommendation or (0) the whole project."""
        recommendation = self.recommendation(number)
        if number:
            return recommendation.later_until if recommendation is not None else None
        return self.later_until

    def postpone(self, number: int, until: datetime, now: datetime) -> None:
        """A member asked to be asked again at `until`, about a recommendation or (0) the whole
        project.

        Raises IllegalTransition if there is no such recommendation, or the project is not accepted.
        """
        recommendation = self.recommendation(number)
        if (number and recommendation is None) or self.status is not ProjectStatus.ACCEPTED:
            raise IllegalTransition
        if recommendation is not None:
            recommendation.later_until = until
        self.acted(Side.MEMBERS, now)
        self.later_until = until
