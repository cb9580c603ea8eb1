"""The places where people are in a simulation, and what they see there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.domain.conversations import ConversationRef
from bot.ports.network import Capabilities, Outgoing, Receive


@dataclass
class VirtualClock:
    """A clock that stands still until it is moved."""

    at: datetime

    def now(self) -> datetime:
        """The virtual present, UTC."""
        return self.at.astimezone(UTC)

    def move_to(self, at: datetime) -> None:
        """Go on to that instant; never back."""
        self.at = max(self.at, at)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message, and when it was shown."""

    at: datetime
    outgoing: Outgoing


@dataclass
class MemoryNetwork:
    """A network on which every message arrives at once. Its remote ids are the messages' keys."""

    name: str
    clock: VirtualClock
    shown: list[Shown] = field(default_factory=list)
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(idempotent=True))

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Nothing comes by itself."""

    async def send(self, outgoing: Outgoing) -> str:
        """Show the message, once for its key."""
        if all(shown.outgoing.key != outgoing.key for shown in self.shown[-50:]):
            self.shown.append(Shown(self.clock.now(), outgoing))
        return outgoing.key

    def at(self, places: Sequence[ConversationRef]) -> list[Outgoing]:
        """What was shown at these places, latest first."""
        return [s.outgoing for s in reversed(self.shown) if s.outgoing.conversation in places]
