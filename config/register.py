"""The register brought up to date with a roster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Address, Advisor, Person
from bot.ports.records import UnitOfWork
from config.register_addresses import brought_to_addresses
from config.roster import RosterLine, identity

DESKS = "web"
"""The network on which everybody in the register has a desk."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The names that were added, changed, left as they were, and put out of service."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    deactivated: tuple[str, ...]


def register(
    lines: Sequence[RosterLine], uow: UnitOfWork, now: datetime, *, replace: bool = False
) -> Summary:
    """Add the people of the file, change those known by name and organisation, reactivate them.

    Whoever is not in the file stays, or with `replace` is put out of service. The same file twice
    changes nothing the second time.
    """
    known = {identity(a.person.name, a.organisation): a for a in uow.advisors.all()}
    added: list[str] = []
    updated: list[str] = []
    unchanged: list[str] = []
    for line in lines:
        advisor = known.pop(identity(line.name, line.organisation), None)
        if advisor is None:
            advisor = _entry(line, now)
            _seat(uow, advisor, now)
            brought_to_addresses(uow, advisor, line, now)
            added.append(line.name)
        elif _brought_to(advisor, line) | brought_to_addresses(uow, advisor, line, now):
            updated.append(line.name)
        else:
            unchanged.append(line.name)
    absent = [advisor for advisor in known.values() if advisor.active] if replace else []
    for advisor in absent:
        advisor.active = False
    gone = tuple(advisor.person.name for advisor in absent)
    return Summary(tuple(added), tuple(updated), tuple(unchanged), gone)


def _seat(uow: UnitOfWork, advisor: Advisor, now: datetime) -> None:
    """Keep a new entry; what its person writes from the pages of their desk is known as theirs."""
    uow.advisors.add(advisor)
    desk = f"desk:{advisor.id}"
    advisor.person.addresses.append(Address(DESKS, desk, desk, now))


def _entry(line: RosterLine, now: datetime) -> Advisor:
    person = Person(name=line.name, created_at=now)
    advisor = Advisor(person, line.organisation, line.role, [], [], [])
    _brought_to(advisor, line)
    return advisor


def _brought_to(advisor: Advisor, line: RosterLine) -> bool:
    """Make the entry say what the line says; whether it said something else."""
    person = advisor.person
    changed = (person.name, advisor.active) != (line.name, True)
    person.name, advisor.active = line.name, True
    for what, value in (
        ("organisation", line.organisation),
        ("role", line.role),
        ("portals", list(line.portals)),
        ("themes", list(line.themes)),
        ("departements", list(line.departements)),
    ):
        if getattr(advisor, what) != value:
            setattr(advisor, what, value)
            changed = True
    return changed
