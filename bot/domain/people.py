"""Who takes part: persons, where they can be reached, and the register of advisors."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


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
        """The address to write to: the one last written from, among those that work, or None."""
        working = [a for a in self.addresses if a.unreachable_since is None]
        return max(working, key=lambda a: a.last_word_at or a.created_at, default=None)


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
