"""What makes a service not ready, on a real database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.ports.message_queue import Outcome, Settlement
from bot.ports.network import Capabilities, Leader
from bot.ports.records import UnitOfWork
from bot.runtime.leadership import Leadership
from bot.runtime.readiness import ReadinessCheck
from storage import Store
from tests.support.bot_fakes import FakeNetwork
from tests.support.memory_ports import SettableClock
from tests.support.stores import HOUR, MINUTE, NOW, chat, message, open_test_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store on a file without free pages."""
    file = tmp_path / "filrouge.sqlite3"
    open_test_store(f"sqlite:///{file}", tmp_path).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM")
    opened = open_test_store(f"sqlite:///{file}", tmp_path)
    yield opened
    opened.close()


def check(
    store: Store,
    folder: Path,
    *,
    network: FakeNetwork | None = None,
    standstill: float = 0.0,
    free_mb: int = 0,
    now: timedelta = timedelta(),
) -> ReadinessCheck:
    clock = SettableClock()
    clock.at = NOW + now
    made = ReadinessCheck(store.probe, clock, folder, oldest=HOUR, free_mb=free_mb)
    networks = {"web": network or FakeNetwork()}
    made.watch(networks, Leadership(store.leases), lambda: standstill)
    return made


async def test_a_service_that_works_is_ready(store: Store, tmp_path: Path) -> None:
    found = await check(store, tmp_path).look()

    assert () == found.faults
    assert {"web": True} == found.networks
    assert found.disk_free


@pytest.mark.parametrize("pragma", ["query_only=ON", "max_page_count=1"])
async def test_a_full_or_read_only_database_is_not_ready(
    store: Store, tmp_path: Path, pragma: str
) -> None:
    with store._backend.writing.connect() as connection:
        connection.execute(text(f"PRAGMA {pragma}"))
    found = await check(store, tmp_path).look()

    assert not found.database_writable
    assert found.faults[0].startswith("database: takes no write")


async def test_a_disk_nearly_full_is_not_ready(store: Store, tmp_path: Path) -> None:
    (fault,) = (await check(store, tmp_path, free_mb=10**12).look()).faults

    assert fault.startswith("disk: ")


async def test_an_outbox_that_stands_still_is_not_ready(store: Store, tmp_path: Path) -> None:
    found = await check(store, tmp_path, standstill=61).look()

    assert ("outbox: nothing is taken from it",) == found.faults


async def queue(store: Store, at: timedelta) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put(message(chat("élu"), "k1"), at=NOW + at)

    await store.database.transact(work)


async def test_a_message_that_is_due_or_fails_too_long_is_not_ready(
    store: Store, tmp_path: Path
) -> None:
    await queue(store, timedelta())
    soon = await check(store, tmp_path, now=59 * MINUTE).look()
    (claimed,) = await store.queue.exchange([], NOW, MINUTE, 1, ("web",))
    again = NOW + 3 * HOUR
    failed = Settlement(claimed.id, Outcome.RETRY, NOW, error="ConnectionError", again_at=again)
    await store.queue.exchange([failed], NOW, MINUTE, 0, ("web",))
    late = await check(store, tmp_path, now=2 * HOUR).look()

    assert ((), 59 * MINUTE) == (soon.faults, soon.oldest)
    assert ("outbox: a message has waited for 7200 s",) == late.faults


async def test_a_message_that_is_to_go_later_does_not_wait(store: Store, tmp_path: Path) -> None:
    await queue(store, 24 * HOUR)
    found = await check(store, tmp_path, now=2 * HOUR).look()

    assert () == found.faults


@pytest.mark.parametrize(
    ("leader", "leads", "faults"),
    [
        (Leader.NOBODY, False, ("network led: not connected",)),
        (Leader.EVERYTHING, False, ()),
        (Leader.RECEIVES, False, ()),
        (Leader.EVERYTHING, True, ("network led: not connected",)),
    ],
)
async def test_a_network_is_missed_by_the_process_that_answers_for_it(
    store: Store, tmp_path: Path, leader: Leader, leads: bool, faults: tuple[str, ...]
) -> None:
    network = FakeNetwork()
    network.name, network.connected = "led", False
    network.capabilities = Capabilities(leader=leader)
    made = check(store, tmp_path, network=network)
    leadership = Leadership(store.leases)
    if leads:
        await leadership._renew(network.name, 1)
    made.watch({"led": network}, leadership, lambda: 0.0)

    assert faults == (await made.look()).faults


async def test_asking_often_costs_the_database_nothing(store: Store, tmp_path: Path) -> None:
    made = check(store, tmp_path)
    first = await made.look()

    assert all([await made.look() is first for _ in range(50)])
