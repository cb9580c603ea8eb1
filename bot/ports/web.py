"""What the embedded web network keeps of its conversations: it is its own chat server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationKind
from bot.domain.permissions import Right
from bot.ports.network import Choice, Incoming, Outgoing


@dataclass(frozen=True, slots=True)
class Line:
    """A message as a page shows it.

    `own` when it was posted from the page; `author` None: the assistant; `backstage`: advisors
    only; `quoted` the words of the message it answers, without marks.
    """

    id: int
    at: datetime
    own: bool
    sender: str
    author: str | None
    text: str
    kind: str
    choices: tuple[Choice, ...]
    attachment: Attachment | None
    backstage: bool = False
    quoted: str | None = None


class ChatStore(Protocol):
    """The web network's conversations. Each call is one transaction."""

    async def post(self, incoming: Incoming, author: str) -> bool:
        """Keep what a person posted; return False, and keep nothing, if its key is known."""

    async def waiting_posts(self, limit: int) -> list[Incoming]:
        """What was posted and not yet handed over, oldest first; its remote id is its line's."""

    async def mark_taken(self, keys: Sequence[str]) -> None:
        """Remember that the posts with these keys were handed over."""

    async def deliver(self, outgoing: Outgoing, at: datetime) -> str:
        """Show a message in its conversation, once for each key; or edit or delete the one that is
        its target, which is shown as new words if it is not there.

        Returns its remote id: the decimal `Line.id` under which pages show it.
        """

    async def lines(self, conversation: str, limit: int) -> list[Line]:
        """The latest messages of a conversation, oldest first."""

    async def line(self, id: int) -> tuple[str, Line] | None:
        """One message and the conversation that shows it, or None."""


@dataclass(frozen=True, slots=True)
class FormCommand:
    """A command for which some conversations' page has a form, and whether it needs no words."""

    name: str
    pages: frozenset[ConversationKind]
    right: Right | None
    wordless: bool


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A way to play somebody in the demonstration; `role` is "advisor" or "team"."""

    role: str
    name: str
    organisation: str
    path: str


class Demonstration(Protocol):
    """What the demonstration mode adds to the pages."""

    @property
    def links(self) -> Sequence[DemoLink]:
        """The people a visitor can play besides the élu."""

    @property
    def now(self) -> datetime:
        """The demonstration's present."""

    async def forward(self, by: timedelta) -> None:
        """Move time forward, on to the next working hour, and let what fell due go out."""
