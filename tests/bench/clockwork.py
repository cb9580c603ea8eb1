"""What a tick costs when 1 % of the projects are due, among 100,000 and among 1,000,000.

Beside it in the same run, at 10,000: a loop over all projects with the ORM, as systems do whose job
looks at everything, and one APScheduler job for each reminder.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine, create_engine, text

from bot.domain.followup import facts_of, plan
from bot.ports.records import UnitOfWork
from bot.scheduler import Clockwork
from config.catalogue import Catalogue, load_catalogue
from handlers.followups.sending import follow_up
from storage import Store, open_store
from storage.database.engine import parse_url
from tests.support.postgres import empty_database

SIZES = (100_000, 1_000_000)
DUE_EACH = 100
"""One project in so many is due."""

COMPARED = 10_000
GROWTH = 1.2
"""The time for each due project may grow by that factor from one size to the next."""

NOW = datetime(2027, 1, 25, 9, tzinfo=UTC)
_MICROSECONDS = 1_000_000
_DAY = 86_400 * _MICROSECONDS

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
_DUE = f"{_NUMBERS} SELECT i * {DUE_EACH} AS i FROM n"
_TABLES = (
    (
        "projects (id, version, ref, portal, title, description, themes, urgency, territories, "
        "territory_name, departement, submitted_at, last_activity_at, status, accepted_at, "
        "refusal, advisor_spoke_at, followup_due_at, followup_for_team, followups_sent, activity)",
        _NUMBERS + " SELECT i, 1, 'UV-' || i, 'urbanvitaliz', 'Ancienne filature', 'Vide', "
        "'[\"friche\"]', 'normal', '[\"85092\"]', 'Fontenay-le-Comte', '85', :old, :old, "
        f"'accepted', :old, '', :old, CASE WHEN i % {DUE_EACH} = 0 THEN :now "
        f"ELSE :now + (i % 300 + 1) * {_DAY} END, false, 0, 1 FROM n",
        False,
    ),
    (
        "people (id, name, function, created_at)",
        f"SELECT i + 1, 'Maire', 'maire', :old FROM ({_DUE}) AS d UNION ALL "
        "SELECT 1, 'Conseil', '', :old",
        True,
    ),
    (
        "addresses (id, person_id, network, conversation, sender, created_at)",
        "SELECT i, i + 1, 'web', 'chat:' || i, 'chat:' || i, :old FROM (" + _DUE + ") AS d",
        True,
    ),
    (
        "members (id, project_id, person_id, lead, joined_at)",
        f"SELECT i, i, i + 1, true, :old FROM ({_DUE}) AS d",
        True,
    ),
    (
        "recommendations (id, project_id, number, text, author, organisation, published_at, "
        "status)",
        f"SELECT i, i, 1, 'Contacter', 'A', 'DDT', :old, 'proposed' FROM ({_DUE}) AS d",
        True,
    ),
    (
        "rooms (id, project_id, network, conversation)",
        f"SELECT i, i, 'web', 'room:' || i FROM ({_DUE}) AS d",
        True,
    ),
)


@dataclass(frozen=True, slots=True)
class Clock:
    """Stands still."""

    at: datetime = NOW

    def now(self) -> datetime:
        """The instant of the tick."""
        return self.at


def main(sizes: tuple[int, ...] = SIZES) -> int:
    """Print the figures of both databases; 1 if the growth is over its target."""
    catalogue = load_catalogue()
    missed = 0
    with tempfile.TemporaryDirectory() as folder, empty_database() as url:
        path = Path(folder)
        missed += _measure("SQLite", catalogue, path, sizes)
        missed += _measure("PostgreSQL", catalogue, path, sizes, url)
        print(f"  one APScheduler job for each reminder: {_job_rates(path)}")
    return int(missed > 0)


def _measure(
    name: str, catalogue: Catalogue, path: Path, sizes: tuple[int, ...], url: str = ""
) -> bool:
    each: list[tuple[float, float]] = []
    for size in sizes:
        if url:
            _emptied(url)
        address = url or f"sqlite:///{path / f'tick{size}.sqlite3'}"
        with closing(_open(address, path)) as store:
            _fill(address, size)
            worked = time.process_time()
            seconds, due = asyncio.run(_tick(store, catalogue))
            worked = time.process_time() - worked
            idle, _ = asyncio.run(_tick(store, catalogue))
        each.append((seconds / due, worked / due))
        print(
            f"tick, {name}, {size} projects, {due} due: {seconds:.1f} s, "
            f"{seconds / due * 1e3:.2f} ms for each due ({worked / due * 1e3:.2f} ms of our "
            f"processor); {idle * 1e3:.1f} ms when none is"
        )
    with closing(_open(address, path)) as store:
        loop = asyncio.run(_loop(store, catalogue))
    growth, of_work = (large / small for small, large in zip(each[0], each[-1], strict=True))
    print(
        f"  growth {growth:.2f} (target {GROWTH}), {of_work:.2f} of our processor; a loop over all "
        f"with the ORM: {loop * 1e3:.2f} ms for each project, {loop * sizes[-1]:.0f} s for "
        f"{sizes[-1]}"
    )
    return growth > GROWTH


def _open(url: str, path: Path) -> Store:
    return open_store(
        url, data_dir=path, now=Clock().now, worker_id="bench", file_types={}, max_file_size=0
    )


def _fill(url: str, size: int) -> None:
    engine = create_engine(parse_url(url))
    old = int((NOW - timedelta(days=20)).timestamp()) * _MICROSECONDS
    with engine.begin() as connection:
        for table, rows, due_only in _TABLES:
            values: dict[str, Any] = {"count": size // DUE_EACH if due_only else size, "old": old}
            if ":now" in rows:
                values["now"] = int(NOW.timestamp()) * _MICROSECONDS
            connection.execute(text(f"INSERT INTO {table} {rows}"), values)
    _settle(engine)
    engine.dispose()


def _settle(engine: Engine) -> None:
    """What filling leaves to be done is done now, not in the tick: rows seen as committed, figures,
    pages on the disk. A larger database leaves more of it.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))
        else:
            connection.execute(text("ANALYZE"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    os.sync()


def _emptied(url: str) -> None:
    engine = create_engine(parse_url(url))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


async def _tick(store: Store, catalogue: Catalogue) -> tuple[float, int]:
    """Seconds that one tick takes, and how many projects it looked at."""

    def some(uow: UnitOfWork, now: datetime, refs: Sequence[str]) -> None:
        follow_up(uow, catalogue, now, refs)

    async def nothing(now: datetime) -> None:
        pass

    clockwork = Clockwork(store.database, Clock(), some, lambda uow, now: None, nothing)
    start = time.perf_counter()
    due = await clockwork.tick()
    return time.perf_counter() - start, due


async def _loop(store: Store, catalogue: Catalogue) -> float:
    """Seconds for each project of a job that looks at all of them, due or not."""
    policy = catalogue.portals["urbanvitaliz"].policy

    def look(uow: UnitOfWork) -> None:
        for number in range(1, COMPARED + 1):
            project = uow.projects.whole(f"UV-{number}")
            if project is not None:
                plan(facts_of(project), policy, NOW)

    start = time.perf_counter()
    await store.database.read(look)
    return (time.perf_counter() - start) / COMPARED


def _job_rates(path: Path) -> str:
    store = SQLAlchemyJobStore(f"sqlite:///{path / 'jobs.sqlite3'}")
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=True)
    start = time.perf_counter()
    for _ in range(COMPARED):
        scheduler.add_job(
            remind, "date", run_date=datetime.now(UTC), misfire_grace_time=None, max_instances=1
        )
    added = time.perf_counter() - start
    start = time.perf_counter()
    scheduler.resume()
    while scheduler.get_jobs():
        time.sleep(0.2)
    dispatched = time.perf_counter() - start
    scheduler.shutdown()
    return (
        f"{added / COMPARED * 1e3:.2f} ms to add each, {dispatched / COMPARED * 1e3:.2f} ms to "
        f"dispatch each (of {COMPARED}; no plan is made and nothing is sent)"
    )


def remind() -> None:
    """What a job would do is not measured."""


if __name__ == "__main__":
    sys.exit(main(tuple(int(size) for size in sys.argv[1:]) or SIZES))
