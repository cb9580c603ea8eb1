"""A queue of one pass: what it was asked to record, and what it gives out."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.conversations import ConversationRef
from bot.ports.message_queue import DeadLetter, Delivery, Settlement, Waiting
from bot.ports.network import Capabilities, Incoming, Operation, Outgoing, Receive
from bot.ports.records import SendingRule, UnitOfWork

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
CHAT = ConversationRef("null", "chat:a")
GREETING = Outgoing("m1", CHAT, "Bonjour", "relay", author="Élise (maire)")


class FakeQueue:
    """Gives each list of `claims` once, then nothing; keeps what it was told."""

    def __init__(self, *claims: list[Delivery], waiting: Sequence[Waiting] = ()) -> None:
        self.claims = list(claims)
        self.events = list(waiting)
        self.settled: list[Settlement] = []
        self.failures: list[tuple[str, datetime | None, Outgoing | None]] = []
        self.broken = False
        self.turns: list[int] = []
        self.behind: set[int] = set()
        self.looks = 0
        self.delivered: dict[str, str] = {}
        self.looked_up = 0
        self.asked: list[tuple[str, ...]] = []
        self.begun: list[int] = []
        self.lost = False

    async def exchange(
        self,
        settled: Sequence[Settlement],
        now: datetime,
        lease: timedelta,
        limit: int,
        networks: Sequence[str],
        marked: Sequence[str] = (),
    ) -> list[Delivery]:
        """Record, then give out the next claim, unless broken."""
        self.asked.append(tuple(networks))
        if self.broken:
            raise RuntimeError("the database is gone")
        self.settled += settled
        return self.claims.pop(0) if self.claims and limit else []

    async def begin(self, id: int) -> bool:
        """Keep that it has begun, unless the claim is lost."""
        self.begun.append(id)
        return not self.lost

    async def waiting(self, now: datetime, limit: int) -> list[Waiting]:
        """The events, once."""
        self.looks += 1
        events, self.events = self.events, []
        return events

    async def take_turn(
        self, waiting: Waiting, now: datetime, work: Callable[[UnitOfWork], None]
    ) -> bool:
        """Run the work on nothing, unless another event comes first."""
        if waiting.id in self.behind:
            return False
        work(None)  # type: ignore[arg-type]  # the handlers of these tests look at nothing
        self.turns.append(waiting.id)
        return True

    async def record_failure(
        self, waiting: Waiting, error: str, again_at: datetime | None, apology: Outgoing | None
    ) -> None:
        """Keep the failure."""
        self.failures.append((error, again_at, apology))

    async def receive(
        self, network: str, events: Sequence[Incoming], next_cursor: str | None, now: datetime
    ) -> list[Waiting]:
        """Not used here."""
        raise NotImplementedError

    async def cursor(self, network: str) -> str | None:
        """Not used here."""
        raise NotImplementedError

    async def take_over(self, network: str) -> None:
        """Not used here."""
        raise NotImplementedError

    async def remote_id(self, conversation: ConversationRef, key: str) -> str | None:
        """What the test said was delivered."""
        self.looked_up += 1
        return self.delivered.get(key)

    async def next_due(self, now: datetime) -> datetime | None:
        """Nothing is planned."""
        return None

    async def is_answered(self, conversation: ConversationRef, key: str) -> bool:
        """Not used here."""
        raise NotImplementedError

    async def dead_letters(self) -> list[DeadLetter]:
        """Not used here."""
        raise NotImplementedError

    async def replay(self, box: str, id: int) -> bool:
        """Not used here."""
        raise NotImplementedError


class FakeNetwork:
    """Sends, or raises what it is given."""

    name = CHAT.network
    connected = True

    def __init__(
        self,
        error: Exception | None = None,
        *,
        idempotent: bool = False,
        idempotent_for: timedelta | None = None,
        acts: Sequence[Operation] = (),
    ) -> None:
        self.capabilities = Capabilities(
            idempotent=idempotent, idempotent_for=idempotent_for, operations=frozenset(acts)
        )
        self.error = error
        self.sent: list[str] = []
        self.done: list[Outgoing] = []

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Nobody says anything."""

    async def send(self, outgoing: Outgoing) -> str:
        """Keep the key; raise if told to."""
        self.sent.append(outgoing.key)
        self.done.append(outgoing)
        if self.error is not None:
            raise self.error
        return f"remote-{outgoing.key}"


def delivery(
    outgoing: Outgoing = GREETING,
    *,
    stale: bool = False,
    interrupted: bool = False,
    attempts: int = 0,
    tried_at: datetime | None = None,
    waits_since: datetime | None = None,
) -> Delivery:
    """A claimed message."""
    return Delivery(1, outgoing, SendingRule(), attempts, stale, interrupted, tried_at, waits_since)
