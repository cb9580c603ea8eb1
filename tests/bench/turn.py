"""How many turns a second, against the turns' own statements said to the bare driver in the same
run.

A turn: an event is received, committed to the inbox, dispatched (a member's words, relayed to the
room of their project by the real handlers), delivered to a null network, and recorded. Turns that
come alone are recorded at the driver, all their transactions; these are what the bare driver is
given. Under load the program gathers what comes and what goes out: then it makes fewer transactions
than that, which its turns a second show.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.composition.assembly import assemble
from bot.domain.conversations import ConversationRef
from bot.ports.network import Incoming
from bot.runtime.clocks import SystemClock
from config.catalogue import Catalogue, load_catalogue
from config.settings import load
from storage import Store, open_store
from tests.bench.bare import (
    CONNECTIONS,
    Limit,
    PostgresDatabase,
    SqliteDatabase,
    replay_at_once,
)
from tests.bench.conversations import add_projects
from tests.bench.null_network import NAME, NullNetwork
from tests.bench.recording import Recording, Transaction, heard
from tests.support.postgres import empty_database

CONVERSATIONS = 200
ALONE = 400
"""Turns that come alone, of which the statements are recorded."""
ROUNDS = 15
BATCH = 50
"""Events handed over at once, as a Telegram poll or a Matrix sync does under load."""

MEDIAN_MS, P99_MS = 10, 50

Database = SqliteDatabase | PostgresDatabase


@dataclass(frozen=True, slots=True)
class Turns:
    """Under load: turns a second and our processor's ms for each; at half load: latencies in ms."""

    rate: float
    processor_ms: float
    median_ms: float
    p99_ms: float


def main() -> int:
    """Print the figures of both databases; 1 if a target is missed."""
    with tempfile.TemporaryDirectory() as folder, empty_database() as url:
        missed = [_on_sqlite(Path(folder)), _on_postgres(url, Path(folder))]
    return int(any(missed))


def _on_sqlite(folder: Path) -> bool:
    database = SqliteDatabase(folder / "turn.sqlite3")
    _fill(database.url, folder)
    before = database.copy(folder / "before.sqlite3")
    recorded, alone_ms = asyncio.run(_record(database, folder))
    limits = [before.copy(folder / "1.sqlite3").replay(recorded, ALONE)]
    turns = asyncio.run(_load(database, folder))
    limits += [before.copy(folder / "2.sqlite3").replay(recorded, ALONE)]
    _print_recorded("SQLite", recorded, alone_ms)
    return _report("SQLite", turns, alone_ms, {"by one writer": _mean(limits)})


def _on_postgres(url: str, folder: Path) -> bool:
    database = PostgresDatabase(url)
    _fill(url, folder)
    with database.copies(1) as (before,):
        recorded, alone_ms = asyncio.run(_record(database, folder))
        limits = [_bare(before, recorded)]
        turns = asyncio.run(_load(database, folder))
        limits += [_bare(before, recorded)]
    one, eight = ([limit[which] for limit in limits] for which in (0, 1))
    _print_recorded("PostgreSQL", recorded, alone_ms)
    bare = {"one at a time": _mean(one), f"{CONNECTIONS} at once": _mean(eight)}
    return _report("PostgreSQL", turns, alone_ms, bare)


def _bare(before: PostgresDatabase, recorded: Sequence[Transaction]) -> tuple[Limit, Limit]:
    with before.copies(CONNECTIONS + 1) as (first, *others):
        one = replay_at_once([first], recorded, ALONE)
        return one, replay_at_once(others, recorded, ALONE)


def _mean(limits: Sequence[Limit]) -> Limit:
    return Limit(
        statistics.mean(limit.rate for limit in limits),
        statistics.mean(limit.processor_ms for limit in limits),
    )


def _print_recorded(name: str, recorded: Sequence[Transaction], alone_ms: float) -> None:
    said = sum(len(group) for transaction in recorded for group in transaction.groups)
    print(
        f"turn, {name}, alone: {said / ALONE:.1f} statements in {len(recorded) / ALONE:.1f} "
        f"transactions, {alone_ms:.2f} ms of our processor"
    )


def _report(name: str, turns: Turns, alone_ms: float, bare: dict[str, Limit]) -> bool:
    """Print the figures; whether a target is missed."""
    for how, limit in bare.items():
        print(
            f"  bare driver, {how}: {limit.rate:.0f}/s, {limit.processor_ms:.2f} ms; "
            f"a turn costs {limit.rate / turns.rate:.2f} times the time under load, "
            f"{alone_ms / limit.processor_ms:.1f} times the processor alone"
        )
    print(
        f"  under load: {turns.rate:.0f}/s, {turns.processor_ms:.2f} ms of our processor each; "
        f"at half load median {turns.median_ms:.1f} ms (target {MEDIAN_MS}), 99th percentile "
        f"{turns.p99_ms:.1f} ms (target {P99_MS})"
    )
    return turns.median_ms > MEDIAN_MS or turns.p99_ms > P99_MS


def _fill(url: str, data_dir: Path) -> None:
    """Everybody has their project; then nobody has the database open."""
    chats = [f"chat:{who}" for who in range(CONVERSATIONS)]
    store = _open(url, data_dir)
    asyncio.run(store.database.transact(lambda uow: add_projects(uow, NAME, chats, NAME)))
    store.close()


def _open(url: str, data_dir: Path) -> Store:
    return open_store(
        url,
        data_dir=data_dir,
        now=SystemClock().now,
        worker_id="bench",
        file_types={},
        max_file_size=1,
    )


@asynccontextmanager
async def _running(url: str, data_dir: Path) -> AsyncIterator[NullNetwork]:
    """The program runs on the database, behind that network."""
    store = _open(url, data_dir)
    network = NullNetwork()
    app = assemble(store, _with_null_rooms(load_catalogue()), SystemClock(), [network], load())
    running = asyncio.create_task(app.run(fatal=RuntimeError))
    try:
        yield network
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        store.close()


async def _record(database: Database, data_dir: Path) -> tuple[list[Transaction], float]:
    """Turns one after the other: their transactions, and our processor's ms for each turn."""
    recording = Recording()
    with heard(recording):
        async with _running(database.url, data_dir) as network:
            recording.listening, worked = True, time.process_time()
            for number in range(ALONE):
                key = f"alone-{number}"
                network.batches.put_nowait([_event(key, number % CONVERSATIONS)])
                await _sent(network, [key])
                await _next(recording)
            worked = time.process_time() - worked
            await _settled(database)
            recording.listening = False
    return recording.transactions, worked / ALONE * 1000


async def _load(database: Database, data_dir: Path) -> Turns:
    """As fast as they go, then at half of that."""
    async with _running(database.url, data_dir) as network:
        await _feed(network, database, "warm", 2)
        start, worked = time.perf_counter(), time.process_time()
        await _feed(network, database, "full", ROUNDS)
        seconds, worked = time.perf_counter() - start, time.process_time() - worked
        count = CONVERSATIONS * ROUNDS
        latencies = await _paced(network, database, count / seconds / 2)
    cuts = statistics.quantiles(latencies, n=100)
    return Turns(count / seconds, worked / count * 1000, cuts[49] * 1000, cuts[98] * 1000)


async def _feed(network: NullNetwork, database: Database, name: str, rounds: int) -> None:
    """As fast as they go; returns once all is delivered and recorded."""
    for number in range(rounds):
        events = [_event(f"{name}-{number}-{who}", who) for who in range(CONVERSATIONS)]
        for first in range(0, len(events), BATCH):
            network.batches.put_nowait(events[first : first + BATCH])
    await _sent(network, [f"{name}-{rounds - 1}-{who}" for who in range(CONVERSATIONS)])
    await _settled(database)


async def _paced(network: NullNetwork, database: Database, rate: float) -> list[float]:
    """One event at a time, evenly, at that rate; the seconds from each to its delivery."""
    said: dict[str, float] = {}
    start, count = time.perf_counter(), int(rate * 5)
    for number in range(count):
        await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
        key = f"paced-{number}"
        said[key] = time.perf_counter()
        network.batches.put_nowait([_event(key, number % CONVERSATIONS)])
    await _sent(network, list(said))
    await _settled(database)
    return [network.sent_at[_relayed(key)] - at for key, at in said.items()]


async def _sent(network: NullNetwork, keys: Sequence[str]) -> None:
    """Returns once all these are delivered."""
    missing = {_relayed(key) for key in keys}
    while missing := missing - network.sent_at.keys():
        network.sent.clear()
        await network.sent.wait()


async def _next(recording: Recording) -> None:
    """Returns once another transaction is over: after a delivery, that which records it."""
    known = len(recording.transactions)
    while known == len(recording.transactions):  # noqa: ASYNC110 - said on another thread
        await asyncio.sleep(0.001)


async def _settled(database: Database) -> None:
    """Returns once nothing waits to be recorded."""
    while database.messages("pending"):  # noqa: ASYNC110 - only the table tells
        await asyncio.sleep(0.005)


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


if __name__ == "__main__":
    raise SystemExit(main())
