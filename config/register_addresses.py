"""The addresses of a roster, in the register."""

from datetime import datetime

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Advisor
from bot.ports.records import UnitOfWork
from config.roster import RosterError, RosterLine


def brought_to_addresses(
    uow: UnitOfWork, advisor: Advisor, line: RosterLine, now: datetime
) -> bool:
    """The entry has the line's addresses, in place of others on the same networks; whether any is
    new. A network that the line does not name is left as it is.

    Raises RosterError if an address belongs to somebody else who is known.
    """
    new = [pair for pair in line.addresses if not _has(advisor, *pair)]
    for network, address in new:
        person = advisor.person
        person.addresses[:] = [a for a in person.addresses if a.network != network]
        owner = uow.people.correspondent(ConversationRef(network, address), address)
        if owner.person is None:
            person.addresses.append(Address(network, address, address, now))
        elif owner.advisor is not None or uow.projects.of_person(owner.person):
            raise RosterError(f"line {line.line}: “{address}” is somebody else’s address")
        else:
            # They wrote to the assistant before they were in the register.
            uow.people.merge(person, owner.person)
    return bool(new)


def _has(advisor: Advisor, network: str, address: str) -> bool:
    return any(
        (a.network, a.conversation, a.sender) == (network, address, address)
        for a in advisor.person.addresses
    )
