"""Which process leads a network: it does what only one may, and another soon after it is gone."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from bot.ports.leases import Leases
from bot.ports.network import Leader, Network
from bot.runtime.error_logging import describe

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=10)
"""How long a leader that vanished is waited for."""

BEAT = timedelta(seconds=2)
"""How often a leader says that it is there, and the others look whether it still is."""

SPARE_SHARE = 0.1
"""A leader stops that share of its lease before the lease ends."""


class Leadership:
    """Keeps this process the leader by renewing its leases; it stops before one ends unrenewed."""

    def __init__(self, leases: Leases, *, lease: timedelta = LEASE, beat: timedelta = BEAT) -> None:
        self._leases = leases
        self._lease = lease
        self._beat_s = beat.total_seconds()
        self._until: dict[str, float] = {}

    def leads(self, name: str) -> bool:
        """Whether this process may act as the leader, at this instant."""
        return self._seconds_left(name) > 0

    def may_send(self, network: Network) -> bool:
        """Whether the network may be written to from here now: on some, by its leader only."""
        return network.capabilities.leader is not Leader.EVERYTHING or self.leads(network.name)

    async def run_as_leader(self, name: str, part: Callable[[], Awaitable[None]]) -> None:
        """Run the part whenever, and as long as, this process leads, until it returns or fails."""
        while True:
            if not await self._renew(name, self._beat_s):
                await asyncio.sleep(self._beat_s)
                continue
            log.info("%s is led from here", name)
            if await self._lead(name, part):
                return
            log.warning("%s is led from here no more", name)

    async def release(self) -> None:
        """Let others lead at once."""
        for name in list(self._until):
            del self._until[name]
            try:
                await self._leases.release(name)
            except Exception as error:
                log.warning("%s is released when its lease ends: %s", name, describe(error))

    async def _lead(self, name: str, part: Callable[[], Awaitable[None]]) -> bool:
        """Run the part until it returns or the lease may be lost; return whether it returned."""
        running = asyncio.ensure_future(part())
        beating = asyncio.ensure_future(self._beat(name))
        try:
            await asyncio.wait({running, beating}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                await running
                return True
            return False
        finally:
            for task in (running, beating):
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task

    async def _beat(self, name: str) -> None:
        """Keep the lease; return once it is lost, or may be."""
        while (left := self._seconds_left(name)) > 0:
            await asyncio.sleep(min(self._beat_s, left))
            await self._renew(name, self._seconds_left(name))

    def _seconds_left(self, name: str) -> float:
        return max(0.0, self._until.get(name, 0.0) - time.monotonic())

    async def _renew(self, name: str, patience: float) -> bool:
        """Take or renew the lease; return whether it surely is ours now."""
        asked = time.monotonic()
        try:
            async with asyncio.timeout(patience):
                ours = await self._leases.hold(name, self._lease)
        except Exception as error:
            log.warning("who leads %s is not known: %s", name, describe(error))
            return False
        if ours:
            self._until[name] = asked + self._lease.total_seconds() * (1 - SPARE_SHARE)
        else:
            self._until.pop(name, None)
        return ours
