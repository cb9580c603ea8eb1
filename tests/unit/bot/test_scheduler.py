import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot import scheduler
from bot.scheduler import Clockwork
from tests.support.bot_fakes import NOW
from tests.support.memory_ports import SettableClock


class NothingDue:
    """A database in which no project is due."""

    async def read(self, work: Any) -> Any:
        """No reference."""
        return []

    async def transact(self, work: Any) -> Any:
        """No digest is due."""


class Forgetting:
    """A purge that notes when it was asked for, and may fail."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.asked: list[datetime] = []
        self.done = asyncio.Event()
        self._fault = fault

    async def __call__(self, now: datetime) -> str:
        """Note it."""
        self.asked.append(now)
        self.done.set()
        if self._fault is not None:
            raise self._fault
        return "3 rows"


def wound(purge: Forgetting) -> Clockwork:
    return Clockwork(NothingDue(), SettableClock(NOW), lambda *_: None, lambda *_: None, purge)


async def test_it_ticks_so_often_and_purges_once_a_day() -> None:
    scheduler = wound(Forgetting()).scheduler(timedelta(seconds=60))
    scheduler.start(paused=True)
    jobs = scheduler.get_jobs()
    scheduler.shutdown(wait=False)
    assert [timedelta(seconds=60), timedelta(days=1)] == [job.trigger.interval for job in jobs]


async def test_a_purge_is_of_the_clock_s_present(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "FIRST_PURGE", timedelta(0))
    purge = Forgetting()
    ticking = wound(purge).scheduler(timedelta(days=1))
    ticking.start()
    await purge.done.wait()
    ticking.shutdown(wait=False)
    assert [NOW] == purge.asked


async def test_a_purge_that_fails_is_one_line_without_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(scheduler, "FIRST_PURGE", timedelta(0))
    purge = Forgetting(ValueError("secret words"))
    ticking = wound(purge).scheduler(timedelta(days=1))
    ticking.start()
    await purge.done.wait()
    ticking.shutdown(wait=False)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "bot.scheduler"]
    assert line.startswith("a purge failed, the next one tries again: ValueError at")
    assert "secret" not in line
