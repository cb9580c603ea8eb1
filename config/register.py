"""Brings the register of advisors up to date with a roster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Advisor, Person
from bot.domain.projects.membership import leave_room
from bot.ports.records import UnitOfWork
from config.errors import ConfigError
from config.roster import RosterLine, identity

DESKS = "web"
"""The network on which everybody in the register has a desk."""

DESK_PAGE = "desk"
"""What the personal links of people in the register open."""


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
    """Add the people of the file; change and reactivate those known by name and organisation.

    Whoever is not in the file stays as they are, or with `replace` is put out of service. The same
    file again changes nothing. Raises ConfigError if an address is somebody else's.
    """
    known = {identity(a.person.name, a.organisation): a for a in uow.advisors.all()}
    added: list[str] = []
    updated: list[str] = []
    unchanged: list[str] = []
    for line in lines:
        advisor = known.pop(identity(line.name, line.organisation), None)
        if advisor is None:
            advisor = _add(uow, line, now)
            added.append(line.name)
        elif _differs(advisor, line) or _new_addresses(advisor, line):
            updated.append(line.name)
        else:
            unchanged.append(line.name)
            continue
        _update(advisor, line)
        _leave_lost_portals(uow, advisor, now)
        _take_addresses(uow, advisor, line, now)
    absent = [advisor for advisor in known.values() if advisor.active] if replace else []
    for advisor in absent:
        advisor.active = False
        uow.links.revoke(advisor.person, DESK_PAGE, now)
    gone = tuple(advisor.person.name for advisor in absent)
    return Summary(tuple(added), tuple(updated), tuple(unchanged), gone)


def _add(uow: UnitOfWork, line: RosterLine, now: datetime) -> Advisor:
    """A new entry, whose person has a desk: what they write from its pages is known as theirs."""
    person = Person(line.name, now)
    advisor = Advisor(person, **_fields(line))
    uow.advisors.add(advisor)
    desk = ConversationRef.desk(DESKS, advisor.id).name
    person.addresses.append(Address(DESKS, desk, desk, now))
    return advisor


def _fields(line: RosterLine) -> dict[str, Any]:
    """The fields of an entry that says what the line says."""
    return {
        "organisation": line.organisation,
        "role": line.role,
        "portals": list(line.portals),
        "themes": list(line.themes),
        "departements": list(line.departements),
        "active": True,
    }


def _differs(advisor: Advisor, line: RosterLine) -> bool:
    fields = _fields(line).items()
    return advisor.person.name != line.name or any(getattr(advisor, k) != v for k, v in fields)


def _update(advisor: Advisor, line: RosterLine) -> None:
    advisor.person.name = line.name
    for name, value in _fields(line).items():
        setattr(advisor, name, value)


def _leave_lost_portals(uow: UnitOfWork, advisor: Advisor, now: datetime) -> None:
    """They sit on no project of a portal to which they do not belong any more."""
    lost = [p.ref for p in uow.projects.of_advisor(advisor) if p.portal not in advisor.portals]
    for project in uow.projects.whole_of(lost):
        leave_room(project, advisor, now)


def _new_addresses(advisor: Advisor, line: RosterLine) -> list[tuple[str, str]]:
    """The line's addresses that the entry does not have."""
    had = {(a.network, a.conversation, a.sender) for a in advisor.person.addresses}
    return [(network, a) for network, a in line.addresses if (network, a, a) not in had]


def _take_addresses(uow: UnitOfWork, advisor: Advisor, line: RosterLine, now: datetime) -> None:
    """Give the entry the line's new addresses, in place of those it had on their networks."""
    for network, address in _new_addresses(advisor, line):
        person = advisor.person
        person.addresses[:] = [a for a in person.addresses if a.network != network]
        owner = uow.people.correspondent(ConversationRef.private(network, address), address)
        if owner.person is None:
            person.addresses.append(Address(network, address, address, now))
        elif owner.advisor is not None or uow.projects.of_person(owner.person):
            raise ConfigError(f"line {line.line}: “{address}” is somebody else’s address")
        else:
            # They wrote to the assistant before they were in the register.
            uow.people.merge(person, owner.person)
