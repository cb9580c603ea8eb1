"""Delivers what was committed: in order for each destination, paced, recorded once known."""

import asyncio
import heapq
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bot.outbound.attempts import Attempts, Opening
from bot.outbound.outcomes import has_consequences, has_waited_long, log_failure
from bot.outbound.rate import Pace
from bot.ports.clock import Clock
from bot.ports.message_queue import Delivery, MessageQueue, Outcome, Settlement
from bot.ports.network import Network
from bot.runtime.error_logging import describe

log = logging.getLogger(__name__)

TellPeople = Callable[[Delivery, Outcome, datetime], Awaitable[None]]
"""Tells people of a message that did not arrive, or may not have."""

BATCH = 100
"""Messages under way at once."""

IDLE = timedelta(seconds=5)
"""Without a wake-up, how long before the outbox is looked at again."""

LONGEST_GATHERING = 0.02
"""Seconds in which messages may gather between two exchanges with the database."""

WAIT_SHARE = 0.2
"""A claimed message waits at most this share of its lease for a slot."""

SEND_SHARE = 0.7
"""A send that takes longer than this share of its lease is given up as uncertain."""


class Courier:
    """Claims due messages, sends each through its network, and records what became of it."""

    def __init__(  # noqa: PLR0913 - all that delivering rests on, in one place
        self,
        queue: MessageQueue,
        clock: Clock,
        networks: Mapping[str, Network],
        *,
        lease: timedelta,
        paces: Mapping[str, Pace],
        opening: Opening,
        tell_people: TellPeople,
        may_send: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """`lease`: how long a claimed message is ours; another process takes it over after that.

        `may_send` tells of each network whether it may be written to from here at this instant.
        """
        self._queue = queue
        self._clock = clock
        self._lease = lease
        self._paces = paces
        self._unpaced = tuple(name for name in networks if name not in paces)
        self._attempts = Attempts(queue, clock, networks, paces, opening, SEND_SHARE * lease)
        self._tell_people = tell_people
        self._may_send = may_send
        self._wake = asyncio.Event()
        self._settlements: list[Settlement] = []
        self._under_way: set[asyncio.Task[None]] = set()
        self._again_at: list[datetime] = []
        self._exchanged_at = time.monotonic()

    @property
    def standstill(self) -> float:
        """For how many seconds nothing could be recorded and claimed."""
        return time.monotonic() - self._exchanged_at

    def wake(self) -> None:
        """Something may be due."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; then what is under way is finished and recorded."""
        try:
            while True:
                self._wake.clear()
                began = time.monotonic()
                await self.start_due()
                # At most half of the time: under load, what comes meanwhile goes together.
                await asyncio.sleep(min(LONGEST_GATHERING, time.monotonic() - began))
                await self._pause()
        finally:
            await self.drain()

    async def start_due(self) -> int:
        """Record what is known, claim what is due and start sending it; return how many."""
        unpaced = tuple(name for name in self._unpaced if self._may_send(name))
        claimed = await self._exchange(self._free, unpaced)
        for name, pace in self._paces.items():
            if not self._may_send(name):
                continue
            longest_wait = WAIT_SHARE * self._lease.total_seconds()
            fitting = pace.fitting(time.monotonic(), longest_wait, self._free)
            if fitting:
                claimed += await self._exchange(fitting, (name,))
        return claimed

    async def wait_until_sent(self) -> None:
        """Wait for what is under way; the next round records it."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def drain(self) -> None:
        """Wait for what is under way and record it."""
        await self.wait_until_sent()
        if self._settlements:
            await self._exchange(0, ())

    async def _exchange(self, limit: int, networks: tuple[str, ...]) -> int:
        """Record what is known, claim at most `limit` messages to those networks, start sending
        them; return how many.

        What cannot be recorded is recorded with the next exchange. Cancelled meanwhile, the
        exchange is still made, and what it claimed is sent: under our lease nobody else would.
        """
        settlements, self._settlements = self._settlements, []
        now = self._clock.now()
        exchange = asyncio.ensure_future(
            self._queue.exchange(
                settlements, now, self._lease, limit, networks, self._attempts.marked
            )
        )
        try:
            await asyncio.wait({exchange})
        except asyncio.CancelledError:
            await asyncio.wait({exchange})
            with suppress(Exception):
                self._begin(exchange, settlements)
            raise
        return self._begin(exchange, settlements)

    def _begin(
        self, exchange: "asyncio.Future[list[Delivery]]", settlements: list[Settlement]
    ) -> int:
        """Start sending what was claimed; return how many."""
        try:
            claimed = exchange.result()
        except BaseException:
            self._settlements = settlements + self._settlements
            raise
        self._exchanged_at = time.monotonic()
        for delivery in claimed:
            task = asyncio.create_task(self._deliver(delivery))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return len(claimed)

    @property
    def _free(self) -> int:
        return BATCH - len(self._under_way)

    async def _pause(self) -> None:
        """Until something is queued or sent here, or falls due again, or `IDLE` is over."""
        now = self._clock.now()
        while self._again_at and self._again_at[0] <= now:
            heapq.heappop(self._again_at)
        limit = min(IDLE, self._again_at[0] - now) if self._again_at else IDLE
        with suppress(TimeoutError):
            async with asyncio.timeout(limit.total_seconds()):
                await self._wake.wait()

    async def _deliver(self, delivery: Delivery) -> None:
        settlement = await self._attempts.make(delivery)
        log_failure(delivery, settlement)
        known = await self._tell(delivery, settlement)
        if known is None:
            return
        self._settlements.append(known)
        if known.again_at is not None:
            heapq.heappush(self._again_at, known.again_at)
        self._wake.set()

    async def _tell(self, delivery: Delivery, settlement: Settlement) -> Settlement | None:
        """Tell people, if they have to know; return what is to be recorded, None if they were not.

        They are told first: an outcome once recorded is not looked at again. Told twice, after a
        kill in between, the notices have the same keys.
        """
        waits = has_waited_long(delivery, settlement)
        if not waits and not has_consequences(delivery, settlement):
            return settlement
        try:
            await self._tell_people(delivery, settlement.outcome, settlement.at)
        except Exception as error:
            why = describe(error)
            if waits:
                log.warning("nobody could be told that message %d waits: %s", delivery.id, why)
                return settlement
            log.warning("message %d is left to be claimed again: %s", delivery.id, why)
            return None
        return replace(settlement, people_know=True) if waits else settlement
