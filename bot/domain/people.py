"""Who takes part: persons, where they can be reached, and the register of advisors."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.conversations import ConversationRef

EMAIL = "email"
"""The network that only carries out: nobody talks there, and it is read late or never."""

PAGES = "web"
"""The network that people have to come back to: nothing there calls them."""


class Role(StrEnum):
    """What somebody may do; the table of rights is in `bot.domain.permissions`."""

    STRANGER = "stranger"
    MEMBER = "member"
    OBSERVER = "observer"
    ADVISOR = "advisor"
    COORDINATOR = "coordinator"


class Side(StrEnum):
    """On which side of the thread a word was said, or an act done."""

    MEMBERS = "members"
    ADVISORS = "advisors"
    TEAM = "team"
    ASSISTANT = "assistant"


@dataclass(eq=False)
class Address:
    """One private conversation in which a person can be written to.

    `last_word_at` says since when it is the one they write from; it is not kept up at each word.
    """

    network: str
    conversation: str
    sender: str
    created_at: datetime
    unreachable_since: datetime | None = None
    last_word_at: datetime | None = None
    id: int | None = None

    @property
    def conversation_ref(self) -> ConversationRef:
        """The private chat in which the person is written to."""
        return ConversationRef.private(self.network, self.conversation)


@dataclass(eq=False)
class Person:
    """A human being, known by a name and by where they write from.

    `stopped_at` is set while the person wants no follow-up. `last_followup_at` is the last ordinary
    (not exempt) follow-up sent to them, over all their projects; `last_word_at` their last act.
    """

    name: str
    created_at: datetime
    function: str = ""
    stopped_at: datetime | None = None
    last_followup_at: datetime | None = None
    last_word_at: datetime | None = None
    addresses: list[Address] = field(default_factory=list)
    id: int | None = None

    @property
    def reachable(self) -> Address | None:
        """The address to write to: the one last written from, among those that work, or None; by
        e-mail only where there is no other.
        """
        working = [a for a in self.addresses if a.unreachable_since is None]
        conversations = [a for a in working if a.network != EMAIL]
        return _latest(conversations or working)

    @property
    def told_also(self) -> Address | None:
        """The e-mail address that gets what is sent to the person's page, too; None if they are
        written to elsewhere, or have none that works.
        """
        reachable = self.reachable
        if reachable is None or reachable.network != PAGES:
            return None
        mails = (a for a in self.addresses if a.network == EMAIL and a.unreachable_since is None)
        return _latest(mails)


def _latest(addresses: Iterable[Address]) -> Address | None:
    return max(addresses, key=lambda a: a.last_word_at or a.created_at, default=None)


@dataclass(eq=False)
class Advisor:
    """An entry of the register: somebody who answers, observes, or coordinates for portals.

    Empty `departements` means the whole country; empty `themes` means every theme of the portals.
    """

    person: Person
    organisation: str
    role: Role
    portals: list[str]
    themes: list[str]
    departements: list[str]
    active: bool = True
    id: int | None = None
