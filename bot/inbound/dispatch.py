"""Takes waiting events in the order of their conversations, one transaction each."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from bot.domain.conversations import ConversationRef
from bot.ports.clock import Clock
from bot.ports.message_queue import MessageQueue, Waiting
from bot.ports.network import Incoming, Outgoing
from bot.ports.records import UnitOfWork
from bot.runtime.error_logging import describe

log = logging.getLogger(__name__)

Handle = Callable[[UnitOfWork, datetime, Incoming], None]
"""Handles an event within its transaction."""

BATCH = 64
"""Events that one look finds. Under a backlog, what waits is looked at again when half of them
ended: a look costs as much as several turns.
"""

TURNS = 3
"""Turns in the database at once. More of them would only wait for the interpreter, and make what
comes in and what goes out wait for a thread.
"""

IDLE = timedelta(seconds=5)
"""The inbox is looked at at least so often: for retries, and for what other processes received."""


class TurnUnderWay(NamedTuple):
    """The turn of an event, by its id."""

    event: int
    task: asyncio.Task[None]


class Dispatch:
    """Hands each event to `handle` within its transaction; retries, then parks what fails.

    `pauses` are the waits before each further try; after the last the event becomes a dead letter,
    and its sender gets `apology`, the markup of a sentence.
    """

    def __init__(
        self,
        queue: MessageQueue,
        clock: Clock,
        handle: Handle,
        *,
        pauses: tuple[timedelta, ...],
        apology: str,
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._handle = handle
        self._pauses = pauses
        self._apology = apology
        self._wake = asyncio.Event()
        self._arrived: list[Waiting] = []
        self._must_look = True
        self._looked_at = time.monotonic()
        self._under_way: dict[ConversationRef, TurnUnderWay] = {}
        self._fault: BaseException | None = None
        self._with_more: set[ConversationRef] = set()
        self._slots = asyncio.Semaphore(TURNS)
        self._backlog = False

    def wake(self) -> None:
        """Something may have arrived."""
        self._must_look = True
        self._wake.set()

    def take_up(self, arrived: Sequence[Waiting]) -> None:
        """These arrived: they are known without a look. If there are none, as `wake`."""
        self._arrived += arrived
        self._must_look = self._must_look or not arrived
        self._wake.set()

    async def run(self) -> None:
        """Handle events until cancelled; then what is under way is finished."""
        try:
            while True:
                self._wake.clear()
                await self.start_due()
                with suppress(TimeoutError):
                    async with asyncio.timeout(IDLE.total_seconds()):
                        await self._wake.wait()
        finally:
            await self.drain()

    async def start_due(self) -> int:
        """Start a turn for each waiting conversation that has none under way; return how many.

        A slow turn holds up its own conversation alone. Raises what a turn could not even record.
        """
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault
        if len(self._under_way) > BATCH // 2:
            self._backlog = True
            self._arrived.clear()
            return 0
        overdue = time.monotonic() - self._looked_at >= IDLE.total_seconds()
        known = bool(self._arrived) and not self._must_look and not overdue
        arrived, self._arrived = self._arrived, []
        events = arrived if known else await self._look()
        return self._start_turns(events, known=known)

    async def drain(self) -> None:
        """Wait for the turns under way."""
        if self._under_way:
            await asyncio.wait([turn.task for turn in self._under_way.values()])

    async def _look(self) -> list[Waiting]:
        """The heads that are due; what arrived lately is among them, or behind one."""
        self._must_look = False
        self._looked_at = time.monotonic()
        try:
            waiting = await self._queue.waiting(self._clock.now(), BATCH)
        except BaseException:
            self._must_look = True
            raise
        self._backlog = len(waiting) == BATCH
        return waiting

    def _start_turns(self, events: Sequence[Waiting], *, known: bool) -> int:
        """Start the turn of each event whose conversation has none under way: neither its own,
        which a look finds until it is committed, nor an earlier one. Return how many.
        """
        started = 0
        for event in events:
            conversation = event.incoming.conversation
            before = self._under_way.get(conversation)
            if before is None:
                task = asyncio.create_task(self._take_turn(event, known=known))
                self._under_way[conversation] = TurnUnderWay(event.id, task)
                task.add_done_callback(partial(self._end_turn, conversation))
                started += 1
            elif before.event != event.id:
                self._with_more.add(conversation)
        return started

    def _end_turn(self, conversation: ConversationRef, turn: asyncio.Task[None]) -> None:
        del self._under_way[conversation]
        if not turn.cancelled():
            self._fault = turn.exception() or self._fault
        # What came behind an event could not be taken up with it. What came since the last look
        # has said so itself.
        if conversation in self._with_more or self._backlog or self._fault is not None:
            self._with_more.discard(conversation)
            self.wake()

    async def _take_turn(self, event: Waiting, *, known: bool) -> None:
        async with self._slots:
            now = self._clock.now()
            try:
                ours = await self._queue.take_turn(
                    event, now, lambda uow: self._handle(uow, now, event.incoming)
                )
            except Exception as error:
                await self._record_failure(event, error, now)
                ours = True
        # An event just received may have an older one before it: a look tells. What a look found
        # and others took is theirs: they look for what follows, or we when `IDLE` is over.
        if event.followed if ours else known:
            self._with_more.add(event.incoming.conversation)

    async def _record_failure(self, event: Waiting, error: Exception, now: datetime) -> None:
        network, tries = event.incoming.conversation.network, event.attempts + 1
        why = describe(error)
        log.error("event %d of %s failed, try %d: %s", event.id, network, tries, why)
        is_parked = event.attempts >= len(self._pauses)
        await self._queue.record_failure(
            event,
            why,
            None if is_parked else now + self._pauses[event.attempts],
            self._apology_for(event.incoming) if is_parked else None,
        )

    def _apology_for(self, incoming: Incoming) -> Outgoing:
        conversation = incoming.conversation
        key = f"{conversation.network}:{incoming.key}:apology"
        return Outgoing(key=key, conversation=conversation, text=self._apology, kind="error")
