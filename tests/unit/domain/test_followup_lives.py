"""Random lives of two projects of one person: what holds whatever happens, however late it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import is_quiet, is_working_day, zone_of
from bot.domain.followup import FollowUp, facts_of, plan, soonest
from bot.domain.people import Person, Side
from bot.domain.portal import FollowUpPolicy
from bot.domain.project import FollowUpSent, Project
from bot.domain.recommendation import RecommendationStatus
from tests.unit.domain.made import MONDAY, accepted, advisor, days, person

POLICY = FollowUpPolicy()
TERRITORIES = ("85", "67", "974", "986", "987")
LONGEST_WAIT = days(150)
"""Six weeks of silence, six of cap, a summer, and what public holidays add."""

Step = tuple[str, int, int]
"""What happens, to which project, how many hours after the step before."""

HAPPENINGS = (
    "member says",
    "member thanks",
    "advisor says",
    "recommends",
    "marks",
    "put off",
    "outage",
)
STEPS = st.lists(
    st.tuples(st.sampled_from(HAPPENINGS), st.integers(0, 1), st.integers(1, 24 * 50)), max_size=12
)


@dataclass
class Sent:
    """A follow-up that went out, and whether its side had acted since the one before."""

    project: int
    followup: FollowUp
    at: datetime
    person_answered: bool
    side_answered: bool


@dataclass
class Life:
    """Two projects, one lead, and an engine that looks at stored due dates every hour."""

    departement: str
    now: datetime = MONDAY
    lead: Person = field(default_factory=person)
    sent: list[Sent] = field(default_factory=list)
    projects: list[Project] = field(init=False)

    def __post_init__(self) -> None:
        self.projects = [accepted(self.lead, departement=self.departement) for _ in range(2)]

    def plan(self, project: Project) -> FollowUp:
        """The next follow-up; there always is one."""
        followup = plan(facts_of(project), POLICY, self.now)
        assert followup is not None
        return followup

    def happens(self, what: str, number: int) -> None:
        """Something is said or done."""
        project = self.projects[number]
        match what:
            case "advisor says":
                project.heard(Side.ADVISORS, self.now)
            case "recommends":
                project.recommend("Conseil", advisor(), None, self.now)
            case "member says" | "member thanks":
                project.heard(Side.MEMBERS, self.now, asks=what == "member says")
                self.lead.last_word_at = self.now
            case "marks" if project.recommendations:
                status = list(RecommendationStatus)[self.now.day % 6]
                project.mark(len(project.recommendations), status, Side.MEMBERS, self.now)
                self.lead.last_word_at = self.now
            case "put off":
                project.postpone(len(project.recommendations), self.now + days(20), self.now)
                self.lead.last_word_at = self.now

    def passes(self, until: datetime) -> None:
        """The engine works until then, sending what falls due as it falls due."""
        while True:
            plans = [(self.plan(project).due_at, i) for i, project in enumerate(self.projects)]
            due_at, number = min(plans)
            if due_at > until:
                break
            self.now = max(self.now, due_at)
            self._send(number)
        self.now = until

    def _send(self, number: int) -> None:
        project = self.projects[number]
        followup = self.plan(project)
        assert followup.due_at <= self.now
        self.sent.append(
            Sent(
                number,
                followup,
                self.now,
                _after(self.lead.last_word_at, self.lead.last_followup_at),
                self._answered(project, followup.to),
            )
        )
        project.followups.append(
            FollowUpSent(followup.kind, followup.to, self.now, followup.number)
        )
        if followup.counts and followup.to is Side.MEMBERS:
            self.lead.last_followup_at = self.now

    def _answered(self, project: Project, side: Side) -> bool:
        last = max((f.at for f in project.followups if f.to is side), default=None)
        word = project.last_member_word_at
        return _after(word if side is Side.MEMBERS else project.last_advisor_word_at, last)


def _after(word: datetime | None, asked: datetime | None) -> bool:
    return asked is None or (word is not None and word > asked)


def lived(departement: str, steps: list[Step]) -> Iterator[Life]:
    """The life, seen after each step."""
    life = Life(departement)
    yield life
    for what, number, hours in steps:
        until = life.now + timedelta(hours=hours)
        if what == "outage":
            life.now = until
        else:
            life.passes(until)
            life.happens(what, number)
        yield life


def after_all(departement: str, steps: list[Step]) -> Life:
    """The life once all has happened."""
    return list(lived(departement, steps))[-1]


def whole_life(departement: str, steps: list[Step]) -> Life:
    """The life, and the silence of 200 days that follows."""
    life = after_all(departement, steps)
    life.passes(life.now + days(200))
    return life


def day_of(sent: Sent, life: Life) -> int:
    return sent.at.astimezone(zone_of(life.departement)).date().toordinal()


territories = st.sampled_from(TERRITORIES)


@given(territories, STEPS)
def test_nothing_goes_out_in_quiet_time(departement: str, steps: list[Step]) -> None:
    life = whole_life(departement, steps)
    for sent in life.sent:
        here = sent.at.astimezone(zone_of(departement))
        assert 9 <= here.hour < 17
        assert is_working_day(here.date(), departement)
        assert not is_quiet(here.date(), sent.followup.to, POLICY)


@given(territories, STEPS)
def test_no_unsolicited_follow_up_goes_out_within_a_cap(
    departement: str, steps: list[Step]
) -> None:
    life = whole_life(departement, steps)
    to_members = [sent for sent in life.sent if sent.followup.to is Side.MEMBERS]
    for before, after in pairwise(to_members):
        if not (after.followup.requested or after.person_answered):
            assert day_of(after, life) - day_of(before, life) >= 14
    for number in (0, 1):
        for side, cap in ((Side.MEMBERS, 42), (Side.ADVISORS, 14)):
            own = [s for s in life.sent if s.project == number and s.followup.to is side]
            for before, after in pairwise(own):
                if not (after.followup.requested or after.side_answered):
                    assert day_of(after, life) - day_of(before, life) >= cap


@given(territories, STEPS)
def test_no_state_of_an_accepted_project_is_left_without_a_next_follow_up(
    departement: str, steps: list[Step]
) -> None:
    for life in lived(departement, steps):
        for project in life.projects:
            assert life.plan(project).due_at <= life.now + LONGEST_WAIT


@given(territories, STEPS, st.floats(0, 1))
def test_a_plan_does_not_depend_on_when_it_was_last_computed(
    departement: str, steps: list[Step], share: float
) -> None:
    for life in lived(departement, steps):
        for project in life.projects:
            facts, first = facts_of(project), life.plan(project)
            between = life.now + share * (first.due_at - life.now)
            assert first == plan(facts, POLICY, between)
            assert first == plan(facts, POLICY, first.due_at)


@given(territories, STEPS, st.sampled_from(["member says", "advisor says", "recommends", "marks"]))
def test_an_act_makes_nothing_due_sooner_than_the_policy_s_soonest(
    departement: str, steps: list[Step], act: str
) -> None:
    life = after_all(departement, steps)
    project = life.projects[0]
    bound = min(life.plan(project).due_at, life.now + soonest(POLICY))
    put_off = project.later_until
    life.happens(act, 0)
    lifted = put_off is not None and project.later_until is None
    assert lifted or bound <= life.plan(project).due_at


@given(territories, STEPS, st.integers(1, 24 * 60))
def test_an_outage_sends_no_question_twice_and_loses_none(
    departement: str, steps: list[Step], hours: int
) -> None:
    life = after_all(departement, steps)
    life.now += timedelta(hours=hours)
    overdue = [life.plan(project).due_at for project in life.projects]
    before = len(life.sent)
    life.passes(life.now + days(5))
    after = [
        (s.project, s.followup.kind, s.followup.to, s.followup.number) for s in life.sent[before:]
    ]
    assert len(after) == len(set(after))
    assert after or min(overdue) > life.now
