"""A project: what a collectivité wants to do, who is on it, what follow-up rests on."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import IllegalTransition
from bot.domain.people import Person, Side
from bot.domain.projects.history import FollowUpSent
from bot.domain.projects.participants import Assignment, Member
from bot.domain.projects.recommendation import Recommendation, RecommendationStatus
from bot.domain.urgency import Urgency


class ProjectStatus(StrEnum):
    """Where a project stands in its life."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CLOSED = "closed"


@dataclass(eq=False)
class Project:
    """What a collectivité wants to do. It belongs to one portal at a time.

    `territories` are codes (INSEE or SIREN), the first is the main one; `territory_name` and
    `departement` are those of the main one. `activity` counts human acts: a message that was only
    relevant at one count is stale at the next.

    What follow-up rests on: `followup_due_at` is a lower bound on the instant of the next one; None
    when none is planned; `followup_for_team` whether that one, as last planned, is for the team.
    `followups_sent` counts the messages ever written, dropped ones too.
    `…_owe_since` is the instant of the first message of the other side that a side has not answered
    yet, `…_question_at` that of the first one of which it was not reminded either; at most one side
    owes. `advisor_spoke_at` is the first word of an advisor. `danger_since` is set while a danger
    is not dealt with, `deserted_at` once the last member has left. Follow-ups to members rest until
    `later_until`, which they asked for, and all of them until `paused_until`.
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
    advisor_spoke_at: datetime | None = None
    members_owe_since: datetime | None = None
    advisors_owe_since: datetime | None = None
    members_question_at: datetime | None = None
    advisors_question_at: datetime | None = None
    danger_since: datetime | None = None
    deserted_at: datetime | None = None
    later_until: datetime | None = None
    paused_until: datetime | None = None
    followup_due_at: datetime | None = None
    followup_for_team: bool = False
    followups_sent: int = 0
    activity: int = 0
    members: list[Member] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    followups: list[FollowUpSent] = field(default_factory=list)
    id: int | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if self.urgency is Urgency.IMMEDIATE:
            self.danger_since = self.danger_since or self.submitted_at

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
        """`after` is a member in the place of `before`; one who already was keeps one membership,
        as lead if either was.
        """
        member = next((m for m in self.members if m.person is before), None)
        there = next((m for m in self.members if m.person is after), None)
        if member is not None and there is not None:
            there.lead = there.lead or member.lead
            there.joined_at = min(there.joined_at, member.joined_at)
            self.members.remove(member)
        elif member is not None:
            member.person = after

    def note_act(self, side: Side, now: datetime) -> None:
        """Record a human act of one side: the inactivity clocks restart, what it was asked is
        answered.

        An act of the team in the room answers for the advisors, but is not theirs.
        """
        self.note_move(now)
        if side is Side.MEMBERS:
            self.last_member_word_at = now
            self.members_owe_since = self.members_question_at = None
        else:
            self.advisors_owe_since = self.advisors_question_at = None
        if side is Side.ADVISORS:
            self.last_advisor_word_at = now

    def note_move(self, now: datetime) -> None:
        """Record a human act that answers nothing: the inactivity clocks restart."""
        self.activity += 1
        self.last_activity_at = now

    def hear(self, side: Side, now: datetime, *, asks: bool = True, advises: bool = True) -> None:
        """Record words of one side. The other side owes an answer, unless `asks` is false; those of
        an observer advise nobody.
        """
        self.note_act(side, now)
        if side is Side.ADVISORS and advises:
            self.advisor_spoke_at = self.advisor_spoke_at or now
        if asks and side is Side.MEMBERS:
            self.advisors_owe_since = self.advisors_owe_since or now
            self.advisors_question_at = self.advisors_question_at or now
        elif asks:
            self.members_owe_since = self.members_owe_since or now
            self.members_question_at = self.members_question_at or now

    def look_again(self, now: datetime) -> None:
        """The plan is to be made anew: what it rests on has changed."""
        self.followup_due_at = now

    def note_reminder(self, side: Side) -> None:
        """The side was reminded of what it owes: only a new message is a question again."""
        if side is Side.MEMBERS:
            self.members_question_at = None
        elif side is Side.ADVISORS:
            self.advisors_question_at = None

    def undo_reminder(self) -> None:
        """A follow-up did not arrive: what is owed is a question again."""
        self.members_question_at = self.members_question_at or self.members_owe_since
        self.advisors_question_at = self.advisors_question_at or self.advisors_owe_since

    def accept(self, now: datetime) -> None:
        """The project is accepted. Raises IllegalTransition unless it was waiting for the team."""
        if self.status is not ProjectStatus.SUBMITTED:
            raise IllegalTransition
        owed, asked = self.advisors_owe_since, self.advisors_question_at
        self.status, self.accepted_at = ProjectStatus.ACCEPTED, now
        self.note_act(Side.TEAM, now)
        # What members said meanwhile is for the advisors: the team has only opened the door.
        self.advisors_owe_since, self.advisors_question_at = owed, asked
        self.look_again(now)

    def refuse(self, reason: str, now: datetime) -> None:
        """The project is refused, for a reason its members are told. Raises IllegalTransition."""
        if self.status is not ProjectStatus.SUBMITTED:
            raise IllegalTransition
        self.status, self.refusal, self.ended_at = ProjectStatus.REFUSED, reason, now
        self.note_act(Side.TEAM, now)

    def recommend(self, recommendation: Recommendation) -> None:
        """Publish a recommendation, numbered after the others. Raises IllegalTransition unless
        accepted.
        """
        if self.status is not ProjectStatus.ACCEPTED:
            raise IllegalTransition
        recommendation.number = len(self.recommendations) + 1
        self.recommendations.append(recommendation)
        now = recommendation.published_at
        self.note_act(Side.ADVISORS, now)
        self.advisor_spoke_at = self.advisor_spoke_at or now
        self.look_again(now)

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
        self.note_act(side, now)
        self.look_again(now)

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
        self.note_act(Side.MEMBERS, now)
        self.later_until = until

    def pause(self, until: datetime, now: datetime) -> None:
        """No follow-up goes out until that instant. Raises IllegalTransition once it has ended."""
        if not self.open:
            raise IllegalTransition
        self.paused_until = until
        self.note_move(now)
        self.look_again(now)

    def resume(self, now: datetime) -> None:
        """Follow-ups go out again; no date asked for holds them back."""
        self.paused_until = None
        self.note_move(now)
        self.look_again(now)

    def close(self, now: datetime) -> None:
        """The project has ended. Raises IllegalTransition if it had already."""
        if not self.open:
            raise IllegalTransition
        self.status, self.ended_at = ProjectStatus.CLOSED, now
        self.note_move(now)
        self.look_again(now)

    def reopen(self, side: Side, now: datetime) -> None:
        """One of that side said that it goes on, as before it was closed: what was owed still is,
        and no pause holds it. Raises IllegalTransition unless it is closed.
        """
        if self.status is not ProjectStatus.CLOSED:
            raise IllegalTransition
        accepted = self.accepted_at is not None
        self.status = ProjectStatus.ACCEPTED if accepted else ProjectStatus.SUBMITTED
        self.ended_at = None
        if side is Side.MEMBERS:
            self.last_member_word_at = now
        self.resume(now)

    def endanger(self, now: datetime) -> None:
        """A danger is reported: it ends a pause, and is asked about until it is dealt with."""
        self.urgency, self.danger_since, self.paused_until = Urgency.IMMEDIATE, now, None
        self.look_again(now)

    def secure(self, now: datetime) -> None:
        """A member said that the danger is dealt with; nobody here says that it is over."""
        self.danger_since = None
        self.look_again(now)
