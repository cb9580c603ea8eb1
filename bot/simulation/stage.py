"""The clock and the network of a simulation."""

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
    """A network that keeps all it is sent, in `shown`. Remote ids are the messages' keys."""

    name: str
    clock: VirtualClock
    shown: list[Shown] = field(default_factory=list)
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(idempotent=True))
    connected: bool = True

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Nothing comes in: what people do is handed over by the simulation."""

    async def send(self, outgoing: Outgoing) -> str:
        """Show the message, once for its key."""
        if all(shown.outgoing.key != outgoing.key for shown in self.shown[-50:]):
            self.shown.append(Shown(self.clock.now(), outgoing))
        return outgoing.key

    def shown_in(self, conversations: Sequence[ConversationRef]) -> list[Outgoing]:
        """What was shown in these conversations, latest first."""
        latest_first = (shown.outgoing for shown in reversed(self.shown))
        return [outgoing for outgoing in latest_first if outgoing.conversation in conversations]
