"""Random lives of three projects of one person: what holds whatever happens, however late it is.

The handlers that the service runs are played on records in memory; time jumps to what is due.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import is_quiet, is_working_day, zone_of
from bot.domain.conversations import ConversationRef
from bot.domain.followup import FollowUpKind, FollowUpPolicy, facts_of, plan
from bot.domain.followup.policy import EXEMPT
from bot.domain.intake.draft import Draft
from bot.domain.people import Side
from bot.domain.projects.project import Project
from bot.ports.network import EventKind, Incoming, Outgoing
from bot.ports.records import SendingRule
from handlers.context.due_date import lower_due_dates
from handlers.context.turn import Turn
from handlers.followups.sending import follow_up, take_back
from handlers.intake.submission import submit
from handlers.projects.membership import admit
from tests.support.invented import next_followup
from tests.support.scene import Actor, Loop, Scene, accepted_loop
from tests.support.shipped import catalogue

POLICY = FollowUpPolicy()
TERRITORIES = ("85", "67", "974", "986", "987")
LONGEST_WAIT = timedelta(days=330)
"""Ten months of silence, once everybody was asked, and what public holidays add."""

Step = tuple[str, int, int]
"""What happens, to which project, how many hours after the step before."""

WORDS = {
    "member says": "Pouvez-vous nous aider à chiffrer les travaux ?",
    "member thanks": "merci",
    "stops": "stop",
    "resumes": "/reprendre {ref}",
    "pauses": "/pause {ref}",
    "puts off": "/plustard {ref} dans 5 semaines",
    "blocked": "/bloque {ref} 1",
    "done": "/fait {ref} 1",
    "leaves": "/quitter {ref}",
    "danger": "{ref} : le mur vient de s’effondrer sur la rue, des gens passent dessous !",
    "dealt with": "{ref} : le site est fermé, un périmètre de sécurité est en place.",
    "under way": "/encours {ref} 1",
    "hands over": "/passer {ref}",
    "asks for a list": "/projets",
}
ROOM_WORDS = {
    "advisor says": "Avez-vous le plan cadastral ?",
    "recommends": "/reco Contacter l’EPF",
    "recommends by a date": "/reco Contacter l’EPF (dans 6 semaines)",
    "advisor notes": "/note À voir avec l’EPF.",
    "advisor marks": "/bloque 1",
    "advisor pauses": "/pause",
    "advisor resumes": "/reprendre",
    "advisor leaves": "/quitter",
}
TEAM_WORDS = {
    "team closes": "/clore {ref}",
    "team resumes": "/reprendre {ref}",
    "team accepts": "/accepter {ref}",
    "team refuses": "/refuser {ref} Hors du champ.",
}
ADVISOR_WORDS = {"advisor stops": "/stop", "advisor goes on": "/reprendre"}
EVENTS = {
    "lead is lost": EventKind.LEFT,
    "lead reacts": EventKind.REACTED,
    "lead corrects": EventKind.EDITED,
    "lead takes back": EventKind.DELETED,
}
ENDS = {"closes": "/clore {ref}"}
SPOKEN = (*WORDS, *ROOM_WORDS, *TEAM_WORDS, *ADVISOR_WORDS, *ENDS, "team says", "another says")
HAPPENINGS = (*SPOKEN, *EVENTS, "joins", "outage", "lost", "advisor says", "recommends")
STEPS = st.lists(
    st.tuples(st.sampled_from(HAPPENINGS), st.integers(0, 2), st.integers(1, 24 * 60)), max_size=10
)
SILENT_MEMBERS: list[Step] = [
    ("advisor says", 0, 360),
    ("team says", 0, 360),
    ("recommends", 0, 720),
    ("advisor says", 0, 2408),
]
"""Once others were asked in their place, whoever acts begins that anew: some days later at most."""
territories = st.sampled_from(TERRITORIES)
few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@dataclass
class Sent:
    """A follow-up that went out, and what was true then."""

    at: datetime
    outgoing: Outgoing
    rule: SendingRule
    kinds: dict[str, set[str]]
    last_word_at: datetime | None
    stopped: bool
    resting: set[str]
    requested: bool


@dataclass
class Life:
    """Three projects of one lead, the last not accepted yet, and an engine that looks at what is
    stored as due.
    """

    departement: str
    loop: Loop = field(default_factory=accepted_loop)
    sent: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scene: Scene = self.loop.scene
        self.elu: Actor = self.loop.elu
        self.deputy: Actor = self.scene.elu("paul")
        self.advisor = self.loop.project.assignments[0].advisor
        second, _ = self._submit_another(), self._submit_another()
        self.loop.team.says(f"/accepter {second}")
        for project in self.projects:
            project.departement = self.departement

    def _submit_another(self) -> str:
        first = self.loop.project
        draft = Draft(
            words=("Une gare vide.",),
            territories=tuple(first.territories),
            themes=tuple(first.themes),
            urgency=first.urgency,
        )
        self._acts(
            self.elu,
            lambda turn: submit(turn, draft, "Ancienne gare"),
        )
        return self.projects[-1].ref

    def _acts(self, actor: Actor, act: Callable[[Turn], object]) -> None:
        """Somebody does what is no message."""
        records, self.scene.events = self.scene.records, self.scene.events + 1
        key = f"act{self.scene.events}"
        incoming = Incoming(actor.conversation, key, actor.sender, self.scene.now)
        who = records.people.correspondent(actor.conversation, actor.sender)
        turn = Turn(records, catalogue(), self.scene.now, incoming, who)
        act(turn)
        lower_due_dates(turn)

    @property
    def projects(self) -> list[Project]:
        return self.scene.projects

    def happens(self, what: str, number: int) -> None:
        """Something is said or done."""
        project = self.projects[number]
        desk = f"desk:{self.advisor.id}"
        room = ConversationRef.room("web", project.ref)
        if what in ROOM_WORDS:
            self.scene.in_room(self.advisor, project).says(ROOM_WORDS[what])
        elif what in TEAM_WORDS:
            self.loop.team.says(TEAM_WORDS[what].format(ref=project.ref))
        elif what == "team says":
            Actor(self.scene, room, self.loop.team.sender).says("L’équipe vous lit.")
        elif what in ADVISOR_WORDS:
            Actor(self.scene, ConversationRef.private("web", desk), desk).says(ADVISOR_WORDS[what])
        elif what in EVENTS:
            self._does(EVENTS[what], project)
        elif what == "joins":
            self._acts(self.deputy, lambda turn: admit(turn, project, turn.person()))
        elif what == "another says":
            self.deputy.says(f"{project.ref} : bonjour, où en est-on ?")
        elif what == "lost":
            self._lose_the_last()
        elif what != "outage":
            words = {**WORDS, **ENDS}[what].format(ref=project.ref)
            self.elu.says(words, reply_to=self._last_read(project))

    def _last_read(self, project: Project) -> Outgoing | None:
        read = (m for m in reversed(self.elu.reads()) if m.projects == (project.ref,))
        return next(read, None)

    def _does(self, kind: EventKind, project: Project) -> None:
        """The lead does something to a message: reacts to the last one read about a project, edits
        or deletes their own last one.
        """
        read = self._last_read(project)
        about = read.key if read is not None and kind is EventKind.REACTED else self.elu.said
        self.elu.does(kind, "👍" if kind is EventKind.REACTED else "Autrement dit ?", about)

    def _lose_the_last(self) -> None:
        """The message that went out last did not arrive."""
        if self.sent:
            lost = self.sent.pop()
            take_back(self.scene.records, self.scene.now, lost.outgoing.key)

    def passes(self, until: datetime) -> None:
        """The engine works until then, at each instant at which something may be due."""
        while True:
            due = [p.followup_due_at for p in self.projects if p.followup_due_at is not None]
            if not due or min(due) > until:
                break
            self.scene.now = max(self.scene.now, min(due))
            self.tick()
        self.scene.now = max(self.scene.now, until)

    def tick(self) -> None:
        """Follow up whatever may be due now."""
        records, now = self.scene.records, self.scene.now
        for ref in records.projects.due(now, 100):
            before = len(records.queued)
            resting = {p.ref for p in self.projects if p.paused_until and p.paused_until > now}
            requested = any(
                f.requested and f.due_at <= now
                for p in self.projects
                for f in plan(facts_of(p), POLICY, now)
            )
            word = self.elu.person.last_word_at
            follow_up(records, catalogue(), now, [ref])
            for queued in records.queued[before:]:
                kinds = {
                    p.ref: {s.kind for s in p.followups if s.key == queued.outgoing.key}
                    for p in self.projects
                }
                stopped = self.elu.person.stopped_at is not None
                self.sent.append(
                    Sent(
                        now, queued.outgoing, queued.rule, kinds, word, stopped, resting, requested
                    )
                )


def lived(departement: str, steps: list[Step]) -> Iterator[Life]:
    """The life, seen after each step."""
    life = Life(departement)
    yield life
    for what, number, hours in steps:
        until = life.scene.now + timedelta(hours=hours)
        if what == "outage":
            life.scene.now = until
        else:
            life.passes(until)
            life.happens(what, number)
        yield life


def whole_life(departement: str, steps: list[Step]) -> Life:
    """The life, and the silence of 200 days that follows."""
    life = list(lived(departement, steps))[-1]
    life.passes(life.scene.now + timedelta(days=200))
    return life


@few
@given(territories, STEPS)
def test_nothing_goes_out_in_quiet_time_but_for_a_danger(
    departement: str, steps: list[Step]
) -> None:
    for sent in whole_life(departement, steps).sent:
        here = sent.at.astimezone(zone_of(departement))
        if sent.outgoing.kind != "followup.safety":
            assert 9 <= here.hour < 17
            assert is_working_day(here.date(), departement)
            assert not is_quiet(here.date(), sent.rule.audience, POLICY)


@few
@given(territories, STEPS)
def test_a_kind_goes_only_to_the_sides_it_declares(departement: str, steps: list[Step]) -> None:
    sent = [s for p in whole_life(departement, steps).projects for s in p.followups]
    assert {(s.kind, s.to) for s in sent} <= {(k, to) for k in FollowUpKind for to in k.rules.to}


@few
@given(territories, STEPS)
def test_no_unsolicited_message_goes_to_a_person_within_the_cap(
    departement: str, steps: list[Step]
) -> None:
    life = whole_life(departement, steps)
    ordinary = [
        sent
        for sent in life.sent
        if sent.outgoing.conversation == life.elu.conversation
        and any(kinds - EXEMPT for kinds in sent.kinds.values())
    ]
    for before, after in pairwise(ordinary):
        answered = after.last_word_at is not None and after.last_word_at > before.at
        if not (answered or after.requested):
            zone = zone_of(departement)
            apart = after.at.astimezone(zone).date() - before.at.astimezone(zone).date()
            assert apart >= POLICY.person_cap


@few
@given(territories, STEPS)
def test_nothing_goes_out_after_stop_in_a_pause_or_after_the_end(
    departement: str, steps: list[Step]
) -> None:
    life = whole_life(departement, steps)
    ended = {p.ref: p.ended_at for p in life.projects if p.ended_at is not None}
    for sent in life.sent:
        assert not (sent.stopped and sent.outgoing.conversation == life.elu.conversation)
        for ref in sent.outgoing.projects:
            assert ref not in sent.resting
            assert ref not in ended or sent.at <= ended[ref]


@few
@given(territories, STEPS)
def test_every_open_project_is_followed_up_or_flagged_within_bounds_or_asleep(
    departement: str, steps: list[Step]
) -> None:
    for life in lived(departement, steps):
        for project in life.projects:
            facts = facts_of(project)
            asleep = bool(facts.find_sent("dormant", since=facts.inactive_since))
            followup = next_followup(facts, POLICY, life.scene.now)
            assert (followup is None) == (asleep or not project.open)
            if followup is not None:
                rest = max([life.scene.now, facts.inactive_since])
                assert followup.due_at <= rest + LONGEST_WAIT


@few
@given(territories, STEPS, st.floats(0, 1))
def test_a_plan_does_not_depend_on_when_it_was_last_computed(
    departement: str, steps: list[Step], share: float
) -> None:
    for life in lived(departement, steps):
        for project in life.projects:
            facts = facts_of(project)
            first = next_followup(facts, POLICY, life.scene.now)
            if first is not None:
                between = life.scene.now + share * (first.due_at - life.scene.now)
                assert first == next_followup(facts, POLICY, between)
                assert first == next_followup(facts, POLICY, first.due_at)


@settings(few, max_examples=100)
@given(territories, STEPS)
@example("67", SILENT_MEMBERS)
def test_what_is_stored_is_never_later_than_what_is_due(
    departement: str, steps: list[Step]
) -> None:
    for life in lived(departement, steps):
        for project in life.projects:
            followup = next_followup(facts_of(project), POLICY, life.scene.now)
            if followup is not None:
                assert project.followup_due_at is not None
                assert project.followup_due_at <= followup.due_at


@few
@given(territories, STEPS, st.integers(1, 24 * 60))
def test_an_outage_sends_nothing_twice_and_loses_nothing_still_relevant(
    departement: str, steps: list[Step], hours: int
) -> None:
    life = list(lived(departement, steps))[-1]
    life.scene.now += timedelta(hours=hours)
    overdue = [
        followup
        for project in life.projects
        for followup in plan(facts_of(project), POLICY, life.scene.now)
    ]
    before = len(life.sent)
    life.passes(life.scene.now + timedelta(days=1))
    after = life.sent[before:]
    keys = [sent.outgoing.key for sent in after]
    assert len(keys) == len(set(keys))
    said = [
        (ref, kind, sent.rule.audience)
        for sent in after
        for ref, kinds in sent.kinds.items()
        for kind in kinds
        if kind not in {"safety", "dormancy_warning", "dormant"}
    ]
    assert len(said) == len(set(said))
    late = [f for f in overdue if f.due_at <= life.scene.now]
    assert bool(late) == bool(after)


@pytest.mark.parametrize("kind", ["member", "advisor"])
def test_words_alone_lower_what_is_stored_enough(kind: str) -> None:
    life = Life("85")
    life.passes(life.scene.now + timedelta(days=2))
    life.happens(f"{kind} says", 0)
    assert life.loop.project.followup_due_at is not None
    sides = {"member": Side.ADVISORS, "advisor": Side.MEMBERS}
    owed = next_followup(facts_of(life.loop.project), POLICY, life.scene.now)
    assert owed is not None
    assert sides[kind] is owed.to
