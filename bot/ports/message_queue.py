"""The inbox and the outbox: what keeps every message from being lost or answered twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.conversations import ConversationRef
from bot.ports.network import Incoming, Outgoing
from bot.ports.records import SendingRule, UnitOfWork


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed outbox row: what to send, how often it was tried, whether it became irrelevant.

    `interrupted`: it may have been delivered: a worker vanished between its claim and its record,
    or a try ended so. `tried_at` is when it was claimed, the first such time if there was one.
    `waits_since` is when a first try failed, or when people were told that it waits.
    """

    id: int
    outgoing: Outgoing
    rule: SendingRule
    attempts: int
    stale: bool
    interrupted: bool = False
    tried_at: datetime | None = None
    waits_since: datetime | None = None


class Outcome(StrEnum):
    """What became of an attempt to deliver. REFUSED, at once, and DEAD, at last, are given up."""

    SENT = "sent"
    RETRY = "retry"
    POSTPONED = "postponed"
    DROPPED = "dropped"
    UNREACHABLE = "unreachable"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Settlement:
    """The outcome of one delivery, to be recorded. `again_at` is set for RETRY and POSTPONED;
    `maybe_done`: it may have been delivered; `people_know`: they were told that it waits.
    """

    id: int
    outcome: Outcome
    at: datetime
    remote_id: str | None = None
    again_at: datetime | None = None
    error: str = ""
    maybe_done: bool = False
    people_know: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """An unhandled event; `followed` if others of its conversation are known to wait behind it."""

    id: int
    incoming: Incoming
    attempts: int
    followed: bool = False


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event or a message that was given up, with the reason; its text is not shown here."""

    id: int
    box: str
    conversation: ConversationRef
    at: datetime
    attempts: int
    error: str


class MessageQueue(Protocol):
    """The inbox and the outbox: the path that every message takes. Each call is one transaction."""

    async def receive(
        self, network: str, events: Sequence[Incoming], next_cursor: str | None, now: datetime
    ) -> list[Waiting]:
        """Commit events and the cursor (None: as it is) together; return those with new keys, in
        their order, as a look would give them.
        """

    async def cursor(self, network: str) -> str | None:
        """The saved cursor of a network."""

    async def waiting(self, now: datetime, limit: int) -> list[Waiting]:
        """The head of each conversation with unhandled events due by now, oldest first."""

    async def take_turn(
        self, waiting: Waiting, now: datetime, work: Callable[[UnitOfWork], None]
    ) -> bool:
        """Run `work` and mark the event handled in one transaction; False if it waits behind
        another one of its conversation, or another worker has it.

        What `work` raises rolls everything back and comes out. A version conflict reruns `work`.
        """

    async def record_failure(
        self, waiting: Waiting, error: str, again_at: datetime | None, apology: Outgoing | None
    ) -> None:
        """Record a failed turn: to be retried at `again_at`, or parked as a dead letter (None)."""

    async def exchange(
        self,
        settled: Sequence[Settlement],
        now: datetime,
        lease: timedelta,
        limit: int,
        networks: Sequence[str],
        marked: Sequence[str] = (),
    ) -> list[Delivery]:
        """Record outcomes, then claim the head of each destination that is due, for `lease`. On
        `marked` networks a message has not gone before `begin` was called for it.

        An earlier message to a destination that waits for a retry or is under way holds the later
        ones back; one held back by its own sending rule does not.
        """

    async def begin(self, id: int) -> bool:
        """The sending of a claimed message begins; False if it is not ours any more."""

    async def take_over(self, network: str) -> None:
        """Free what was claimed of that network by other processes, which lead it no more."""

    async def remote_id(self, conversation: ConversationRef, key: str) -> str | None:
        """The remote id under which a message queued with that key was delivered there, or None."""

    async def next_due(self, now: datetime) -> datetime | None:
        """The earliest instant at which something not yet due will be (event or message)."""

    async def is_answered(self, conversation: ConversationRef, key: str) -> bool:
        """Whether the event was handled or parked, and nothing due still waits to be delivered."""

    async def dead_letters(self) -> list[DeadLetter]:
        """What was given up and not replayed."""

    async def replay(self, box: str, id: int) -> bool:
        """Put a dead letter of "inbox" or "outbox" back in its queue; False if there is none."""
