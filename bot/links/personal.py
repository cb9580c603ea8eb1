"""Personal links, as the pages use them."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.conversations import ConversationRef
from bot.domain.people import PAGES, Person
from bot.ports.clock import Clock
from bot.ports.records import Database, Link, UnitOfWork

RETURN_LINK_LIFE = timedelta(days=3 * 365)
"""A project lasts years: so does the link by which an élu comes back to their conversation."""


@dataclass(frozen=True, eq=False)
class PersonalLinks:
    """Finds, uses and makes personal links, one transaction each."""

    database: Database
    clock: Clock

    async def find(self, token: str) -> Link | None:
        """What the token opens, used and expired ones too; nothing is consumed."""
        return await self.database.read(lambda uow: uow.links.find(token))

    async def open(self, token: str) -> Link | None:
        """Use the link; None if it is unknown, expired, or used and not reusable."""
        now = self.clock.now()
        return await self.database.transact(lambda uow: uow.links.use(token, now))

    async def create_return_link(self, conversation: str) -> str | None:
        """The path of a new reusable link to that chat; None while nobody is known there."""
        chat = ConversationRef(PAGES, conversation)

        def create(uow: UnitOfWork) -> str | None:
            person = uow.people.correspondent(chat, chat.name).person
            if person is None:
                return None
            return create_personal_link(uow, person, chat.name, RETURN_LINK_LIFE, self.clock)

        return await self.database.transact(create)


def create_personal_link(
    uow: UnitOfWork, person: Person, opens: str, life: timedelta, clock: Clock
) -> str:
    """Make a reusable link that opens a page as that person, and return its path."""
    now = clock.now()
    token = uow.links.create(person, opens=opens, expires_at=now + life, reusable=True, now=now)
    return f"/acces/{token}"
