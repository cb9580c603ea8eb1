"""People of the register are invited where they sit, and removed from where they sit no more."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.domain.conversations import ConversationRef
from bot.domain.people import Person, Role
from bot.domain.portal import Portal
from bot.ports.network import Operation, Outgoing
from bot.ports.records import UnitOfWork
from config.register import DESKS


@dataclass(frozen=True, slots=True)
class Place:
    """An address of somebody of the register, and a conversation in which they may be by it;
    `invited`: they are asked in. `projects`: whose room it is.
    """

    conversation: ConversationRef
    address: str
    invited: bool = True
    projects: tuple[str, ...] = ()


def invite(uow: UnitOfWork, place: Place, now: datetime, *, again: bool = False) -> None:
    """Invite somebody, once for each place; `again`: even if they were invited there before."""
    key = _key(Operation.INVITE, place)
    if again:
        uow.outbox.forget(key)
    _put(uow, Operation.INVITE, place, key, now)


def remove(uow: UnitOfWork, place: Place, now: datetime) -> None:
    """Somebody is to be there no more, and may be invited there again later."""
    uow.outbox.forget(_key(Operation.INVITE, place))
    _put(
        uow, Operation.REMOVE, place, f"{_key(Operation.REMOVE, place)}:{now.timestamp():.0f}", now
    )


def places_in(
    room: ConversationRef, person: Person, *, invited: bool = True, projects: tuple[str, ...] = ()
) -> list[Place]:
    """The places of somebody in a conversation: one for each address that they have on its network.

    There are none on the pages, where everybody has a desk.
    """
    if room.network == DESKS:
        return []
    addresses = (a.conversation for a in person.addresses if a.network == room.network)
    return [Place(room, address, invited, projects) for address in addresses]


def places_of_everybody(uow: UnitOfWork, portals: Mapping[str, Portal]) -> set[Place]:
    """Where those in service may be: the team in its own room, everybody in the rooms of the
    projects on which they sit, and in what holds the rooms of their portals together.
    """
    found: set[Place] = set()
    for advisor in uow.advisors.all():
        mine = [portals[slug] for slug in advisor.portals if slug in portals]
        if not advisor.active:
            continue
        for portal in mine:
            found.update(places_in(portal.group, advisor.person, invited=False))
            if advisor.role is Role.COORDINATOR:
                found.update(places_in(portal.team, advisor.person))
        for project in uow.projects.of_advisor(advisor):
            room = uow.projects.room(project)
            if room is not None:
                person, refs = advisor.person, (project.ref,)
                found.update(places_in(room, person, invited=project.open, projects=refs))
    return found


def settle(uow: UnitOfWork, before: Set[Place], after: Set[Place], now: datetime) -> None:
    """Whoever may be somewhere now is invited there, whoever may no more is removed."""
    have = {(place.conversation, place.address) for place in after}
    for place in _in_order(after):
        if place.invited:
            invite(uow, place, now)
    for place in _in_order(before):
        if (place.conversation, place.address) not in have:
            remove(uow, place, now)


def _in_order(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.address, place.conversation.name))


def _key(operation: Operation, place: Place) -> str:
    whom = sha256(place.address.encode("utf-8", "replace")).hexdigest()[:32]
    return f"{operation}:{place.conversation.network}:{place.conversation.name}:{whom}"


def _put(uow: UnitOfWork, operation: Operation, place: Place, key: str, now: datetime) -> None:
    order = Outgoing(
        key=key,
        conversation=ConversationRef.invitation(place.conversation.network, place.address),
        text=place.conversation.name,
        kind="invitation" if operation is Operation.INVITE else "removal",
        projects=place.projects,
        operation=operation,
    )
    uow.outbox.put(order, at=now)
