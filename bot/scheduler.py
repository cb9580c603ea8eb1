"""What happens because time passed. APScheduler only ticks: due dates live in the database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.ports.clock import Clock
from bot.ports.records import Database, UnitOfWork
from bot.runtime.error_logging import describe

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

BATCH = 200
"""Projects looked at in one read of what is due."""

FIRST_PURGE = timedelta(minutes=5)
"""After the start, which has enough to do; then once a day."""

TOGETHER = 10
"""Projects followed up in one transaction: reading and writing them together costs less, and what
people say meanwhile waits for no more than some.
"""

FollowUp = Callable[[UnitOfWork, datetime, Sequence[str]], None]
"""Follows up projects that may be due, and stores when each is due next."""

Digest = Callable[[UnitOfWork, datetime], None]
"""Sends the digests that are due, and plans the next."""

Purge = Callable[[datetime], Awaitable[object]]
"""Forgets what need not be kept any longer at this instant."""


class Clockwork:
    """Follows up the projects whose stored due date has come, some in each transaction; then sends
    the weekly digests that are due. Once a day, forgets what need not be kept.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        follow_up: FollowUp,
        digest: Digest,
        purge: Purge,
    ) -> None:
        self._database = database
        self._clock = clock
        self._follow_up = follow_up
        self._digest = digest
        self._purge = purge

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
            for start in range(0, len(fresh), TOGETHER):
                failed.update(await self._follow_up_some(fresh[start : start + TOGETHER], now))
            looked_at += len(fresh)
        await self._database.transact(lambda uow: self._digest(uow, now))
        return looked_at

    async def purge(self) -> None:
        """Forget what need not be kept any longer."""
        log.info("purged: %s", await self._purge(self._clock.now()))

    async def _run_logged(self, what: str, work: Callable[[], Awaitable[object]]) -> None:
        """Do this. A failure is a line of the log: the next time does what was left."""
        try:
            await work()
        except asyncio.CancelledError:
            log.debug("a %s was cut short: the process stops", what)
        except Exception as error:
            log.warning("a %s failed, the next one tries again: %s", what, describe(error))

    async def _follow_up_some(self, refs: Sequence[str], now: datetime) -> set[str]:
        """Follow these up; return those that cannot be. One that fails is left out of the rest."""
        try:
            await self._database.transact(lambda uow: self._follow_up(uow, now, refs))
        except Exception as error:
            if len(refs) == 1:
                log.warning("following up %s failed: %s", refs[0], describe(error))
                return set(refs)
            return set().union(*[await self._follow_up_some([ref], now) for ref in refs])
        return set()

    def scheduler(self, every: timedelta) -> "AsyncIOScheduler":
        """A scheduler, not yet started, that ticks at once and then at that interval, and purges
        once a day; what is late is never skipped.
        """
        # A simulation ticks by itself, and starts sooner without it.
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415

        scheduler = AsyncIOScheduler(timezone="UTC")
        now = datetime.now(scheduler.timezone)
        for what, work, interval, first in (
            ("tick", self.tick, every, now),
            ("purge", self.purge, timedelta(days=1), now + FIRST_PURGE),
        ):
            scheduler.add_job(
                self._run_logged,
                "interval",
                (what, work),
                seconds=interval.total_seconds(),
                next_run_time=first,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        return scheduler
