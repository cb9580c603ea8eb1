"""People of the register are invited to the rooms in which they sit."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from bot.domain.conversations import ConversationRef
from bot.domain.people import Person, Role
from bot.domain.portal import Portal
from bot.ports.network import Operation, Outgoing
from bot.ports.records import UnitOfWork
from config.register import DESKS


def invite(
    uow: UnitOfWork,
    person: Person,
    room: ConversationRef,
    now: datetime,
    projects: tuple[str, ...] = (),
) -> None:
    """Invite somebody to a room, at each address they have on its network; once for each.

    The pages invite nobody: there everybody has a desk.
    """
    if room.network == DESKS:
        return
    for address in person.addresses:
        if address.network == room.network:
            whom = sha256(address.conversation.encode("utf-8", "replace")).hexdigest()[:32]
            invitation = Outgoing(
                key=f"invite:{room.network}:{room.name}:{whom}",
                conversation=ConversationRef.invitation(room.network, address.conversation),
                text=room.name,
                kind="invitation",
                projects=projects,
                operation=Operation.INVITE,
            )
            uow.outbox.put(invitation, at=now)


def invite_everybody(uow: UnitOfWork, portals: Mapping[str, Portal], now: datetime) -> None:
    """Invite whoever is active in the register: the team to its own room, everybody to the rooms
    of the open projects on which they sit.
    """
    for advisor in uow.advisors.all():
        if not advisor.active:
            continue
        if advisor.role is Role.COORDINATOR:
            for slug in advisor.portals:
                if slug in portals:
                    invite(uow, advisor.person, portals[slug].team, now)
        for project in uow.projects.of_advisor(advisor):
            room = uow.projects.room(project)
            if project.open and room is not None:
                invite(uow, advisor.person, room, now, (project.ref,))
