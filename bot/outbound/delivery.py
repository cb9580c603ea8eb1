"""Delivers what was committed: in order for each destination, paced, recorded once known."""

import asyncio
import heapq
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bot.outbound.operations import REPEATABLE, prepared, said_anew
from bot.outbound.outcomes import outcome_of
from bot.outbound.rate import Pace
from bot.outbound.undelivered import has_waited_long, is_told, log_failed
from bot.ports.clock import Clock
from bot.ports.message_queue import Delivery, MessageQueue, Outcome, Settlement
from bot.ports.network import (
    DeliveryError,
    Network,
    Operation,
    Outgoing,
    Refused,
)
from bot.runtime.error_logging import described

log = logging.getLogger(__name__)

Opening = Callable[[Delivery, datetime], datetime]
"""When a message may go by its rule: the instant itself if now, else a later one."""

Undelivered = Callable[[Delivery, Outcome, datetime], Awaitable[None]]
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
"""A send that takes longer than this share of the lease is given up as uncertain, before the lease
ends.
"""


class Outbox:
    """Claims due messages, sends each through its network, and records what became of it."""

    def __init__(  # noqa: PLR0913 - all that delivering rests on, in one place
        self,
        mail: MessageQueue,
        clock: Clock,
        networks: Mapping[str, Network],
        *,
        lease: timedelta,
        paces: Mapping[str, Pace],
        opening: Opening,
        undelivered: Undelivered,
        may_send: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """`lease`: how long a claimed message is ours; another process takes it over after that.

        `may_send` tells of each network whether it may be written to from here at this instant.
        """
        self._lease = lease
        self._paces = paces
        self._unpaced = tuple(name for name in networks if name not in paces)
        self._mail = mail
        self._clock = clock
        self._networks = networks
        self._opening = opening
        self._undelivered = undelivered
        self._may_send = may_send
        self._wake = asyncio.Event()
        self._settled: list[Settlement] = []
        self._under_way: set[asyncio.Task[None]] = set()
        self._again_at: list[datetime] = []

    def wake(self) -> None:
        """Something may be due."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; then what is under way is finished and recorded."""
        try:
            while True:
                self._wake.clear()
                began = time.monotonic()
                await self.round()
                # At most half of the time: under load, what comes meanwhile goes together.
                await asyncio.sleep(min(LONGEST_GATHERING, time.monotonic() - began))
                await self._pause()
        finally:
            await self.drain()

    async def round(self) -> int:
        """Record what is known, claim what is due and start sending it; return how many."""
        unpaced = tuple(name for name in self._unpaced if self._may_send(name))
        claimed = await self._exchange(self._free, unpaced)
        for name, pace in self._paces.items():
            if not self._may_send(name):
                continue
            fitting = pace.fitting(time.monotonic(), self._longest_wait, self._free)
            if fitting:
                claimed += await self._exchange(fitting, (name,))
        return claimed

    async def _exchange(self, limit: int, networks: tuple[str, ...]) -> int:
        """What could not be recorded is recorded with the next exchange. Cancelled meanwhile, it is
        still made, and what it claimed is sent: under our lease nobody else would.
        """
        settled, self._settled = self._settled, []
        now = self._clock.now()
        exchange = asyncio.ensure_future(
            self._mail.exchange(settled, now, self._lease, limit, networks)
        )
        try:
            await asyncio.wait({exchange})
        except asyncio.CancelledError:
            await asyncio.wait({exchange})
            with suppress(Exception):
                self._begin(exchange, settled)
            raise
        return self._begin(exchange, settled)

    def _begin(self, exchange: "asyncio.Future[list[Delivery]]", settled: list[Settlement]) -> int:
        """Start sending what was claimed; return how many."""
        try:
            claimed = exchange.result()
        except BaseException:
            self._settled = settled + self._settled
            raise
        for delivery in claimed:
            task = asyncio.create_task(self._deliver(delivery))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return len(claimed)

    @property
    def _free(self) -> int:
        return BATCH - len(self._under_way)

    @property
    def _longest_wait(self) -> float:
        """Seconds that a claimed message may wait for its slot, well within its lease."""
        return WAIT_SHARE * self._lease.total_seconds()

    async def until_sent(self) -> None:
        """Wait for what is under way; the next round records it."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def drain(self) -> None:
        """Wait for what is under way and record it."""
        await self.until_sent()
        if self._settled:
            await self._exchange(0, ())

    async def _pause(self) -> None:
        """Until something is queued or sent, or falls due again, or `IDLE` is over: what was
        planned for later, and what other processes queue, is found then.
        """
        now = self._clock.now()
        while self._again_at and self._again_at[0] <= now:
            heapq.heappop(self._again_at)
        limit = min(IDLE, self._again_at[0] - now) if self._again_at else IDLE
        try:
            async with asyncio.timeout(limit.total_seconds()):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _deliver(self, delivery: Delivery) -> None:
        settlement = await self._attempt(delivery, self._clock.now())
        waits = has_waited_long(delivery, settlement)
        if settlement.error and (waits or settlement.outcome is not Outcome.RETRY):
            # Of a message about no project nobody else is told.
            log_failed(delivery, settlement)
        if waits or is_told(delivery, settlement):
            # People are told first: an outcome once recorded is not looked at again. Told twice,
            # after a kill in between, the notices have the same keys.
            try:
                await self._undelivered(delivery, settlement.outcome, settlement.at)
            except Exception as error:
                if not waits:
                    log.warning(
                        "message %d is left to be claimed again: %s", delivery.id, described(error)
                    )
                    return
                log.warning(
                    "nobody could be told that message %d waits: %s", delivery.id, described(error)
                )
                waits = False
        self._settled.append(replace(settlement, told=True) if waits else settlement)
        if settlement.again_at is not None:
            heapq.heappush(self._again_at, settlement.again_at)
        self._wake.set()

    async def _attempt(self, delivery: Delivery, now: datetime) -> Settlement:
        if delivery.stale:
            return Settlement(delivery.id, Outcome.DROPPED, now)
        network = self._networks[delivery.outgoing.conversation.network]
        try:
            outgoing = await prepared(self._mail, network.capabilities, delivery.outgoing)
            if outgoing is None:
                return Settlement(delivery.id, Outcome.DROPPED, now)
            delivery = replace(delivery, outgoing=outgoing)
            if delivery.interrupted and not self._repeatable(delivery):
                # A try of it may have arrived, and a double is worse.
                return Settlement(delivery.id, Outcome.UNCERTAIN, now, error="interrupted")
            opens = self._opening(delivery, now)
            if opens > now:
                return Settlement(delivery.id, Outcome.POSTPONED, now, again_at=opens)
            try:
                remote_id = await self._send(network, outgoing)
            except Refused:
                in_doubt = delivery.interrupted and not self._idempotent(delivery)
                if outgoing.operation is not Operation.EDIT or in_doubt:
                    raise
                # What was there may be gone: the new words are still to be read.
                delivery = replace(delivery, outgoing=said_anew(outgoing))
                remote_id = await self._send(network, delivery.outgoing)
        except (DeliveryError, TimeoutError) as error:
            return self._failed(delivery, error)
        except Exception as error:
            log.warning("sending message %d failed: %s", delivery.id, described(error))
            return self._failed(delivery, error)
        return Settlement(delivery.id, Outcome.SENT, self._clock.now(), remote_id=remote_id)

    async def _send(self, network: Network, outgoing: Outgoing) -> str:
        pace = self._paces.get(network.name)
        if pace is not None:
            await asyncio.sleep(pace.reserve(outgoing.conversation.name, time.monotonic()))
        async with asyncio.timeout(SEND_SHARE * self._lease.total_seconds()):
            return await network.send(outgoing)

    def _repeatable(self, delivery: Delivery) -> bool:
        """Whether doing it a second time would show nothing twice."""
        return self._idempotent(delivery) or delivery.outgoing.operation in REPEATABLE

    def _idempotent(self, delivery: Delivery) -> bool:
        """Whether the network shows once what it is sent twice under that key, now as when it was
        first tried.
        """
        capabilities = self._networks[delivery.outgoing.conversation.network].capabilities
        remembered, tried_at = capabilities.idempotent_for, delivery.tried_at
        forgotten = (
            remembered is not None
            and tried_at is not None
            and self._clock.now() - tried_at >= remembered
        )
        return capabilities.idempotent and not forgotten

    def _failed(self, delivery: Delivery, error: Exception) -> Settlement:
        return outcome_of(
            delivery,
            error,
            self._clock.now(),
            idempotent=self._idempotent(delivery),
            repeatable=self._repeatable(delivery),
        )
