"""Invented people and projects, with what a test does not care about filled in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.followup import Facts, FollowUp, FollowUpPolicy, plan
from bot.domain.people import Address, Advisor, Person, Role
from bot.domain.projects.participants import Assignment, Member
from bot.domain.projects.project import Project
from bot.domain.urgency import Urgency

MONDAY = datetime(2027, 1, 4, 8, 10, tzinfo=UTC)
"""A working Monday, at 9:10 in Paris."""


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def next_followup(facts: Facts, policy: FollowUpPolicy, now: datetime) -> FollowUp | None:
    """The follow-up that is due first; of several at the same instant, the highest."""
    return min(plan(facts, policy, now), key=lambda followup: followup.due_at, default=None)


def person(name: str = "Maire", *, reachable: bool = True, at: datetime = MONDAY) -> Person:
    """Somebody, with a private chat unless nobody can reach them."""
    chat = f"chat:{name}"
    addresses = [Address("web", chat, chat, at)] if reachable else []
    return Person(name, at, addresses=addresses)


def advisor(
    name: str = "Conseillère",
    *,
    role: Role = Role.ADVISOR,
    organisation: str = "DDT",
    themes: Sequence[str] = ("friche",),
    departements: Sequence[str] = ("85",),
    portals: Sequence[str] = ("urbanvitaliz",),
    active: bool = True,
    at: datetime = MONDAY,
) -> Advisor:
    """An entry of the register."""
    somebody = person(name, at=at)
    return Advisor(
        somebody, organisation, role, list(portals), list(themes), list(departements), active
    )


def project(
    ref: str = "UV-7K3Q",
    lead: Person | None = None,
    *,
    portal: str = "urbanvitaliz",
    departement: str = "85",
    at: datetime = MONDAY,
) -> Project:
    """A project that waits for the team; without a lead, nobody's."""
    return Project(
        ref=ref,
        portal=portal,
        title="Le moulin",
        description="Un moulin à l’abandon",
        themes=["friche"],
        urgency=Urgency.NORMAL,
        territories=["85001"],
        territory_name="L’Aiguillon",
        departement=departement,
        submitted_at=at,
        last_activity_at=at,
        members=[] if lead is None else [Member(lead, lead=True, joined_at=at)],
    )


def submitted(
    lead: Person | None = None, *, departement: str = "85", at: datetime = MONDAY
) -> Project:
    """Somebody's project, which waits for the team."""
    return project(lead=lead or person(), departement=departement, at=at)


def accepted(
    lead: Person | None = None, *, departement: str = "85", at: datetime = MONDAY
) -> Project:
    """A project accepted an instant after it was submitted, with an advisor in its room who has
    said hello.
    """
    project = submitted(lead, departement=departement, at=at)
    project.accept(at)
    project.advisor_spoke_at = at
    project.assignments.append(Assignment(advisor(), ["theme:friche", "departement:85"], at))
    return project
