"""The inbox and the outbox, as dispatch and courier see them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from sqlalchemy.engine import Connection

from bot.domain.conversations import ConversationRef
from bot.ports.message_queue import DeadLetter, Delivery, Settlement, Waiting
from bot.ports.network import Incoming, Outgoing
from bot.ports.records import SendingRule, UnitOfWork
from storage.database.transactions import Signals, Transactions
from storage.queue import dead_letters, inbox, outbox
from storage.repositories.messages import outgoing_row
from storage.repositories.outbox_writer import queue_statement
from storage.repositories.unit_of_work import carry_out


class SqlMessageQueue:
    """The path that every message takes. Each call is one transaction."""

    def __init__(
        self,
        transactions: Transactions,
        signals: Signals,
        now: Callable[[], datetime],
        worker_id: str,
    ) -> None:
        self._transactions = transactions
        self._signals = signals
        self._now = now
        self._worker_id = worker_id
        self._claims = count(1)
        self._leases: dict[int, str] = {}

    async def receive(
        self, network: str, events: Sequence[Incoming], next_cursor: str | None, now: datetime
    ) -> list[Waiting]:
        """Commit new events and the cursor together; return those that were new."""
        return await self._transactions.write(
            lambda connection: inbox.receive(connection, network, events, next_cursor, now),
            lambda new: partial(self._signals.inbox_grew, new) if new else None,
        )

    async def cursor(self, network: str) -> str | None:
        """The saved cursor of a network."""
        return await self._transactions.look(lambda connection: inbox.cursor(connection, network))

    async def waiting(self, now: datetime, limit: int) -> list[Waiting]:
        """The head of each conversation with unhandled events due by now, oldest first."""
        return await self._transactions.look(lambda connection: inbox.heads(connection, now, limit))

    async def take_turn(
        self,
        waiting: Waiting,
        now: datetime,
        work: Callable[[UnitOfWork], None],
    ) -> bool:
        """Run `work` and mark the event handled; False if it is not its turn, or no more."""

        def take_turn(connection: Connection) -> tuple[bool, bool]:
            if not inbox.take(connection, waiting):
                return False, False
            _, queued = carry_out(connection, work)
            return True, queued

        taken, _ = await self._transactions.write(
            take_turn, lambda outcome: self._signals.outbox_grew if outcome[1] else None
        )
        return taken

    async def record_failure(
        self, waiting: Waiting, error: str, again_at: datetime | None, apology: Outgoing | None
    ) -> None:
        """Record a failed turn, once, and queue the apology with it."""
        now = self._now()

        def record(connection: Connection) -> bool:
            first = inbox.put_back(connection, waiting, error, again_at, now)
            if first and apology is not None:
                row = outgoing_row(apology, now, SendingRule(), waiting.incoming.key)
                queue_statement(connection.dialect.name).run(connection, [row])
                return True
            return False

        await self._transactions.write(
            record, lambda apologised: self._signals.outbox_grew if apologised else None
        )

    async def exchange(
        self,
        settled: Sequence[Settlement],
        now: datetime,
        lease: timedelta,
        limit: int,
        networks: Sequence[str],
        marked: Sequence[str] = (),
    ) -> list[Delivery]:
        """Record outcomes, then claim the head of each destination that is due, for `lease`."""
        holder = f"{self._worker_id}:{next(self._claims)}"
        wanted = outbox.Claim(holder, now, lease, limit, tuple(networks), tuple(marked))
        leases = dict(self._leases)

        def swap(connection: Connection) -> list[Delivery]:
            outbox.settle(connection, settled, leases)
            return outbox.claim(connection, wanted)

        claimed = await self._transactions.write(swap)
        for settlement in settled:
            self._leases.pop(settlement.id, None)
        self._leases.update((delivery.id, wanted.holder) for delivery in claimed)
        return claimed

    async def begin(self, id: int) -> bool:
        """The sending of a claimed message begins; False if it is not ours any more."""
        holder = self._leases.get(id, "")
        return await self._transactions.write(
            lambda connection: outbox.begin(connection, id, holder)
        )

    async def take_over(self, network: str) -> None:
        """What other processes claimed of that network can be claimed at once."""
        await self._transactions.write(
            lambda connection: outbox.void_leases_of_others(connection, network, self._worker_id)
        )

    async def remote_id(self, conversation: ConversationRef, key: str) -> str | None:
        """The remote id under which a message queued with that key was delivered there, or None."""
        return await self._transactions.read(
            lambda connection: outbox.remote_id(connection, conversation, key)
        )

    async def next_due(self, now: datetime) -> datetime | None:
        """The earliest instant at which something not yet due will be (event or message)."""
        return await self._transactions.look(
            lambda connection: dead_letters.next_due(connection, now)
        )

    async def is_answered(self, conversation: ConversationRef, key: str) -> bool:
        """Whether the event was handled (or parked), and nothing due for there still waits."""
        now = self._now()

        def look(connection: Connection) -> bool:
            handled = inbox.is_handled(connection, conversation, key)
            return handled and not outbox.awaited(connection, conversation, now)

        return await self._transactions.read(look)

    async def dead_letters(self) -> list[DeadLetter]:
        """What was given up and not replayed."""
        return await self._transactions.read(dead_letters.given_up)

    async def replay(self, box: str, id: int) -> bool:
        """Put a dead letter of "inbox" or "outbox" back in its queue; False if there is none."""
        now = self._now()
        grown: dict[str, Callable[[], None]] = {
            "inbox": partial(self._signals.inbox_grew, ()),
            "outbox": self._signals.outbox_grew,
        }
        return await self._transactions.write(
            lambda connection: dead_letters.replay(connection, box, id, now),
            lambda found: grown[box] if found else None,
        )
