"""Takes waiting events in the order of their conversations, one transaction each."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.faults import described
from bot.ports.clock import Clock
from bot.ports.mail import Mail, Waiting
from bot.ports.network import Incoming, Outgoing
from bot.ports.records import UnitOfWork

log = logging.getLogger(__name__)

Receive = Callable[[UnitOfWork, datetime, Incoming], None]

BATCH = 64
"""Conversations looked at in one round."""

IDLE = timedelta(seconds=5)
"""Without a wake-up, how long before the inbox is looked at again (another process may have filled
it).
"""


class Dispatch:
    """Hands each event to `receive` within its transaction; retries, then parks what fails.

    `pauses` are the waits before each further try; after the last the event becomes a dead letter,
    and its sender gets `apology`, the markup of a sentence.
    """

    def __init__(
        self,
        mail: Mail,
        clock: Clock,
        receive: Receive,
        *,
        pauses: tuple[timedelta, ...],
        apology: str,
    ) -> None:
        self._mail = mail
        self._clock = clock
        self._receive = receive
        self._pauses = pauses
        self._apology = apology
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Something may have arrived."""
        self._wake.set()

    async def run(self) -> None:
        """Handle events until cancelled."""
        while True:
            self._wake.clear()
            if not await self.round():
                await _wait(self._wake, IDLE)

    async def round(self) -> int:
        """Handle the oldest event of each waiting conversation; return how many were looked at."""
        waiting = await self._mail.waiting(self._clock.now(), BATCH)
        await asyncio.gather(*(self._turn(event) for event in waiting))
        return len(waiting)

    async def _turn(self, event: Waiting) -> None:
        now = self._clock.now()
        try:
            await self._mail.turn(event, now, lambda uow: self._receive(uow, now, event.incoming))
        except Exception as error:
            await self._failed(event, error, now)

    async def _failed(self, event: Waiting, error: Exception, now: datetime) -> None:
        place = event.incoming.place
        log.error(
            "event %d of %s failed, try %d: %s",
            event.id,
            place.network,
            event.attempts + 1,
            described(error),
        )
        parked = event.attempts >= len(self._pauses)
        await self._mail.failed(
            event,
            described(error),
            None if parked else now + self._pauses[event.attempts],
            self._apologise(event) if parked else None,
        )

    def _apologise(self, event: Waiting) -> Outgoing:
        key = f"{event.incoming.place.network}:{event.incoming.key}:apology"
        return Outgoing(key=key, place=event.incoming.place, text=self._apology, kind="error")


async def _wait(event: asyncio.Event, limit: timedelta) -> None:
    try:
        async with asyncio.timeout(limit.total_seconds()):
            await event.wait()
    except TimeoutError:
        pass
