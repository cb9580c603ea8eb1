"""Personal links, as the pages use them."""

from datetime import timedelta

from bot.domain.conversations import ConversationRef
from bot.domain.people import Person
from bot.ports.clock import Clock
from bot.ports.records import Database, Link, UnitOfWork

OPENS_LINK = "/acces/{token}"
"""The page that a personal link opens."""

RETURN_LINK_LIFE = timedelta(days=3 * 365)
"""A project lasts years: so does the link by which an élu comes back to their conversation."""


class PersonalLinks:
    """Finds, uses and makes personal links, one transaction each."""

    def __init__(self, database: Database, clock: Clock, network: str) -> None:
        """`network` is the name of the one whose chat sessions links come back to."""
        self._database = database
        self._clock = clock
        self._network = network

    async def find(self, token: str) -> Link | None:
        """What the token opens, used and expired ones too; nothing is consumed."""
        return await self._database.read(lambda uow: uow.links.find(token))

    async def open(self, token: str) -> Link | None:
        """Use the link; None if it is unknown, expired, or used and not reusable."""
        now = self._clock.now()
        return await self._database.transact(lambda uow: uow.links.use(token, now))

    async def create_return_link(self, session: str) -> str | None:
        """Make a reusable link to that chat session, and return its path; None, while nobody is
        known there.
        """
        conversation = ConversationRef.private(self._network, session)

        def create(uow: UnitOfWork) -> str | None:
            person = uow.people.correspondent(conversation, session).person
            return (
                create_personal_link(uow, person, session, RETURN_LINK_LIFE, self._clock)
                if person
                else None
            )

        return await self._database.transact(create)


def create_personal_link(
    uow: UnitOfWork, person: Person, opens: str, life: timedelta, clock: Clock
) -> str:
    """Make a reusable link that opens a page as that person, and return its path."""
    now = clock.now()
    token = uow.links.create(person, opens=opens, expires_at=now + life, reusable=True, now=now)
    return OPENS_LINK.format(token=token)
