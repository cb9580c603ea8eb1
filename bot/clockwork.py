"""What happens because time passed. APScheduler only ticks: due dates live in the database."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.faults import described
from bot.ports.clock import Clock
from bot.ports.records import Database, UnitOfWork

log = logging.getLogger(__name__)

BATCH = 200
"""Projects looked at in one read of what is due."""

FollowUp = Callable[[UnitOfWork, datetime, str], None]
"""Follows up one project that may be due, and stores when it is due next."""

Digest = Callable[[UnitOfWork, datetime], None]
"""Sends the digests that are due, and plans the next."""


class Clockwork:
    """Follows up the projects whose stored due date has come, one transaction each; then sends the
    weekly digests that are due.
    """

    def __init__(
        self, database: Database, clock: Clock, follow_up: FollowUp, digest: Digest
    ) -> None:
        self._database = database
        self._clock = clock
        self._follow_up = follow_up
        self._digest = digest

    async def tick(self) -> int:
        """Look at everything due by now; return how many projects were looked at.

        A project that cannot be followed up is logged and left due: the next tick tries again, and
        the others do not wait for it.
        """
        now, looked_at, failed = self._clock.now(), 0, set[str]()
        while True:
            due = await self._database.read(lambda uow: uow.projects.due(now, BATCH + len(failed)))
            fresh = [ref for ref in due if ref not in failed]
            if not fresh:
                break
            for ref in fresh:
                if not await self._one(ref, now):
                    failed.add(ref)
            looked_at += len(fresh)
        await self._database.transact(lambda uow: self._digest(uow, now))
        return looked_at

    async def _scheduled(self) -> None:
        """A tick whose failure is one line: the next one does what it left."""
        try:
            await self.tick()
        except asyncio.CancelledError:
            log.debug("a tick was cut short: the process stops")
        except Exception as error:
            log.warning("a tick failed, the next one tries again: %s", described(error))

    async def _one(self, ref: str, now: datetime) -> bool:
        try:
            await self._database.transact(lambda uow: self._follow_up(uow, now, ref))
        except Exception as error:
            log.warning("following up %s failed: %s", ref, described(error))
            return False
        return True

    def scheduler(self, every: timedelta) -> AsyncIOScheduler:
        """A scheduler, not yet started, that ticks now and then every so often; a late tick is
        never skipped.
        """
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(
            self._scheduled,
            "interval",
            seconds=every.total_seconds(),
            next_run_time=datetime.now(scheduler.timezone),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        return scheduler
