"""How many turns a second, against what the bare driver of the database can do in the same run.

A turn: an event is received, committed to the inbox, dispatched (a member's words, relayed to the
room of their project by the real handlers), delivered to a null network, and recorded.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.composition.assembly import App, assemble
from bot.domain.conversations import ConversationRef
from bot.ports.network import Incoming
from bot.runtime.clocks import SystemClock
from config.catalogue import Catalogue, load_catalogue
from config.settings import load
from storage import Store, open_store
from tests.bench.conversations import add_projects
from tests.bench.limits import postgres_rate, sqlite_rate
from tests.bench.null_network import NAME, NullNetwork
from tests.support.postgres import empty_database

CONVERSATIONS = 200
ROUNDS = 15
BATCH = 50
"""Events handed over at once, as a Telegram poll or a Matrix sync does under load."""

LIMIT_SECONDS = 2.0
MEDIAN_MS, P99_MS = 20, 150


@dataclass(frozen=True, slots=True)
class Figures:
    """Turns a second, the bare driver's transactions a second before and after, latencies in ms."""

    rate: float
    limit: float
    median_ms: float
    p99_ms: float


def main() -> int:
    """Print the figures of both databases; 1 if a target is missed."""
    missed = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_database() as turns,
        empty_database() as bare,
    ):
        path = Path(folder)
        sqlite = _measure(
            f"sqlite:///{path / 'turn.sqlite3'}",
            path,
            lambda n: sqlite_rate(path / f"limit{n}.sqlite3", LIMIT_SECONDS),
        )
        missed += _report("SQLite", sqlite, 0.05)
        postgres = _measure(turns, path, lambda _: postgres_rate(bare, LIMIT_SECONDS))
        missed += _report("PostgreSQL", postgres, 0.08)
    return 1 if missed else 0


def _report(name: str, figures: Figures, target: float) -> bool:
    ratio = figures.rate / figures.limit
    print(
        f"turn, {name}: {figures.rate:.0f}/s, smallest transaction of the bare driver "
        f"{figures.limit:.0f}/s, ratio {ratio:.3f} (target {target}); at half load median "
        f"{figures.median_ms:.1f} ms (target {MEDIAN_MS}), 99th percentile {figures.p99_ms:.1f} ms "
        f"(target {P99_MS})"
    )
    return ratio < target or figures.median_ms > MEDIAN_MS or figures.p99_ms > P99_MS


def _measure(url: str, data_dir: Path, limit: Callable[[int], float]) -> Figures:
    before = limit(1)
    rate, latencies = asyncio.run(_turns(url, data_dir))
    after = limit(2)
    cuts = statistics.quantiles(latencies, n=100)
    return Figures(rate, (before + after) / 2, cuts[49] * 1000, cuts[98] * 1000)


async def _turns(url: str, data_dir: Path) -> tuple[float, list[float]]:
    clock = SystemClock()
    store = open_store(
        url, data_dir=data_dir, now=clock.now, worker_id="bench", file_types={}, max_file_size=1
    )
    catalogue = _with_null_rooms(load_catalogue())
    network = NullNetwork()
    app = assemble(store, catalogue, clock, [network], load())
    await store.database.transact(
        lambda uow: add_projects(uow, NAME, [f"chat:{who}" for who in range(CONVERSATIONS)], NAME)
    )
    running = asyncio.create_task(app.run(fatal=RuntimeError))
    try:
        await _feed(app, network, "warm", 2)
        start = time.perf_counter()
        await _feed(app, network, "full", ROUNDS)
        rate = CONVERSATIONS * ROUNDS / (time.perf_counter() - start)
        latencies = await _paced(app, network, rate / 2)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        store.close()
    return rate, latencies


async def _feed(app: App, network: NullNetwork, name: str, rounds: int) -> None:
    """As fast as they go; returns once all is delivered and recorded."""
    for number in range(rounds):
        events = [_event(f"{name}-{number}-{who}", who) for who in range(CONVERSATIONS)]
        for first in range(0, len(events), BATCH):
            network.batches.put_nowait(events[first : first + BATCH])
    await _settled(
        app.store, network, [f"{name}-{rounds - 1}-{who}" for who in range(CONVERSATIONS)]
    )


async def _paced(app: App, network: NullNetwork, rate: float) -> list[float]:
    """One event at a time, evenly, at that rate; the seconds from each to its delivery."""
    said: dict[str, float] = {}
    start, count = time.perf_counter(), int(rate * 5)
    for number in range(count):
        await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
        key = f"paced-{rate}-{number}"
        said[key] = time.perf_counter()
        network.batches.put_nowait([_event(key, number % CONVERSATIONS)])
    await _settled(app.store, network, list(said))
    return [network.sent_at[_relayed(key)] - at for key, at in said.items()]


async def _settled(store: Store, network: NullNetwork, keys: list[str]) -> None:
    """Returns once all these are delivered and nothing waits to be recorded."""
    missing = {_relayed(key) for key in keys}
    while missing := missing - network.sent_at.keys():
        network.sent.clear()
        await network.sent.wait()
    while (await store.queries.depths()).outbox_waiting:  # noqa: ASYNC110 - only the table tells
        await asyncio.sleep(0.002)


def _relayed(key: str) -> str:
    return f"{NAME}:{key}:0"


def _event(key: str, who: int) -> Incoming:
    return Incoming(
        ConversationRef(NAME, f"chat:{who}"),
        key,
        f"chat:{who}",
        datetime.now(UTC),
        text="Bonjour, le plan cadastral est en mairie, je vous l’envoie demain.",
    )


def _with_null_rooms(catalogue: Catalogue) -> Catalogue:
    portals = {slug: replace(portal, rooms=NAME) for slug, portal in catalogue.portals.items()}
    return replace(catalogue, portals=portals)
