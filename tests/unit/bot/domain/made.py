"""Invented people and projects, with what a test does not care about filled in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.people import Address, Advisor, Person, Role
from bot.domain.projects.participants import Assignment, Member
from bot.domain.projects.project import Project
from bot.domain.urgency import Urgency

MONDAY = datetime(2027, 1, 4, 8, 10, tzinfo=UTC)
"""A working Monday, at 9:10 in Paris."""


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def person(name: str = "Maire", *, reachable: bool = True) -> Person:
    """Somebody, with one address unless nobody can reach them."""
    addresses = [Address("web", f"chat:{name}", name, MONDAY)] if reachable else []
    return Person(name, MONDAY, addresses=addresses)


def advisor(
    name: str = "Conseillère",
    *,
    role: Role = Role.ADVISOR,
    organisation: str = "DDT",
    themes: Sequence[str] = ("friche",),
    departements: Sequence[str] = ("85",),
    portals: Sequence[str] = ("urbanvitaliz",),
    active: bool = True,
) -> Advisor:
    """An entry of the register."""
    return Advisor(
        person(name), organisation, role, list(portals), list(themes), list(departements), active
    )


def submitted(
    lead: Person | None = None, *, departement: str = "85", at: datetime = MONDAY
) -> Project:
    """A project that waits for the team."""
    return Project(
        ref="UV-7K3Q",
        portal="urbanvitaliz",
        title="Ancienne filature",
        description="Un bâtiment vide.",
        themes=["friche"],
        urgency=Urgency.NORMAL,
        territories=["85092"],
        territory_name="Fontenay-le-Comte",
        departement=departement,
        submitted_at=at,
        last_activity_at=at,
        members=[Member(lead or person(), lead=True, joined_at=at)],
    )


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
