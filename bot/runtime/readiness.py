"""Whether this process can do its work, looked at seldom however often somebody asks."""

import asyncio
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from bot.ports.clock import Clock
from bot.ports.network import Leader, Network
from bot.ports.readiness import Probe, Readiness
from bot.runtime.error_logging import describe
from bot.runtime.leadership import Leadership

KEPT_S = 3.0
"""What was found is told again for so long: asking often costs the database nothing."""

PATIENCE_S = 5.0
STANDSTILL_S = 60.0
"""The outbox is looked at every few seconds, or somebody is wrong."""

_MEGABYTE = 1_000_000


class ReadinessCheck:
    """Tries the database, and asks the outbox and the networks how they are."""

    def __init__(
        self, probe: Probe, clock: Clock, folder: Path, *, oldest: timedelta, free_mb: int
    ) -> None:
        """A message may wait for `oldest`, and `folder` is to have `free_mb` left on its disk."""
        self._probe = probe
        self._clock = clock
        self._folder = folder
        self._oldest = oldest
        self._free = free_mb * _MEGABYTE
        self._networks: Mapping[str, Network] = {}
        self._leads: Callable[[str], bool] = lambda _: False
        self._standstill: Callable[[], float] = float
        self._looking = asyncio.Lock()
        self._known: Readiness | None = None
        self._until = 0.0

    def watch(
        self,
        networks: Mapping[str, Network],
        leadership: Leadership,
        standstill: Callable[[], float],
    ) -> None:
        """Look after these networks, and an outbox that says how many seconds it stood still."""
        self._networks, self._leads, self._standstill = networks, leadership.leads, standstill

    async def look(self) -> Readiness:
        """What was found now, or a moment ago. Never raises."""
        async with self._looking:
            if self._known is None or time.monotonic() >= self._until:
                self._known = await self._look()
                self._until = time.monotonic() + KEPT_S
            return self._known

    async def _look(self) -> Readiness:
        faults: list[str] = []
        writable, oldest = await self._try_database(faults)
        free = (await asyncio.to_thread(shutil.disk_usage, self._folder)).free
        if free < self._free:
            faults.append(f"disk: {free // _MEGABYTE} MB free, {self._free // _MEGABYTE} wanted")
        stands = self._standstill() > STANDSTILL_S
        if stands:
            faults.append("outbox: nothing is taken from it")
        if oldest > self._oldest:
            faults.append(f"outbox: a message has waited for {oldest.total_seconds():.0f} s")
        networks = {name: n.connected for name, n in self._networks.items() if self._answers(n)}
        faults += [f"network {name}: not connected" for name, well in networks.items() if not well]
        return Readiness(writable, free, not stands, oldest, networks, tuple(faults))

    async def _try_database(self, faults: list[str]) -> tuple[bool, timedelta]:
        """Whether it takes a write, and how long the oldest message has waited; adds its fault."""
        now = self._clock.now()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._probe.write(now)
                since = await self._probe.oldest_waiting(self._networks, now)
        except Exception as error:
            faults.append(f"database: takes no write ({describe(error)})")
            return False, timedelta()
        return True, max(timedelta(), now - since) if since else timedelta()

    def _answers(self, network: Network) -> bool:
        """Whether this process has to be connected: where only one may, its leader has."""
        return network.capabilities.leader is Leader.NOBODY or self._leads(network.name)
