"""Transactions: whole or not at all, run again on a conflict, told once committed."""

import asyncio
import threading

import pytest

from bot.domain.people import Side
from bot.domain.projects.project import Project
from bot.ports.records import UnitOfWork
from storage import Conflict, DatabaseUnavailable, Store
from tests.support.postgres import execute
from tests.support.stores import NOW, chat, event, message, person, project, save

A = chat("a")


def made(uow: UnitOfWork) -> Project:
    found = uow.projects.thread("UV-1111")
    assert found is not None
    return found


async def test_work_that_raises_leaves_nothing(store: Store) -> None:
    def fail(uow: UnitOfWork) -> None:
        save(uow, project("UV-1111", person("a")))
        raise LookupError("no such commune")

    with pytest.raises(LookupError, match="no such commune"):
        await store.database.transact(fail)

    assert await store.database.read(lambda uow: uow.projects.thread("UV-1111")) is None


async def test_what_is_read_cannot_be_changed(store: Store) -> None:
    await store.database.transact(lambda uow: save(uow, project("UV-1111")))

    def change(uow: UnitOfWork) -> None:
        made(uow).title = "autre"
        uow.outbox.put(message(A, "o1"), at=NOW)

    await store.database.read(change)

    assert "Le moulin" == (await store.database.read(made)).title
    assert 0 == (await store.queries.depths()).outbox_waiting


async def test_what_breaks_a_unique_rule_gives_up_without_quoting_it(store: Store) -> None:
    await store.database.transact(lambda uow: save(uow, project("UV-1111")))

    with pytest.raises(Conflict) as raised:
        await store.database.transact(lambda uow: save(uow, project("UV-1111")))

    assert "UV-1111" not in str(raised.value)
    assert raised.value.__cause__ is None


async def test_each_box_says_that_it_grew_once_it_is_committed(store: Store) -> None:
    told: list[str] = []
    store.signals.inbox_grew = lambda arrived: told.append(f"inbox: {len(arrived)}")
    store.signals.outbox_grew = lambda: told.append("outbox")

    await store.queue.receive("web", [event(A, "1")], None, NOW)
    await store.queue.receive("web", [event(A, "1")], "c2", NOW)
    await asyncio.sleep(0)
    assert ["inbox: 1"] == told

    waiting = (await store.queue.waiting(NOW, 1))[0]
    await store.queue.take_turn(waiting, NOW, lambda uow: uow.outbox.put(message(A, "o1"), at=NOW))
    await store.database.transact(lambda uow: save(uow, project("UV-1111")))
    await store.database.transact(lambda uow: uow.outbox.put(message(A, "o2"), at=NOW))
    await asyncio.sleep(0)
    assert ["inbox: 1", "outbox", "outbox"] == told


async def test_a_version_conflict_runs_the_work_again(workers: tuple[Store, Store]) -> None:
    one, two = workers
    await one.database.transact(lambda uow: save(uow, project("UV-1111", person("a"))))
    both_read = threading.Barrier(2, timeout=30)
    runs: list[int] = []

    def hear(uow: UnitOfWork) -> None:
        heard = made(uow)
        runs.append(heard.activity)
        if len(runs) <= 2:
            both_read.wait()
        heard.hear(Side.MEMBERS, NOW)

    await asyncio.gather(one.database.transact(hear), two.database.transact(hear))

    assert [0, 0, 1] == runs
    assert 2 == (await one.database.read(made)).activity


async def test_work_that_always_conflicts_gives_up(workers: tuple[Store, Store]) -> None:
    one, two = workers
    await one.database.transact(lambda uow: save(uow, project("UV-1111", person("a"))))
    loop = asyncio.get_running_loop()

    def other(uow: UnitOfWork) -> None:
        made(uow).hear(Side.ADVISORS, NOW)

    def hear(uow: UnitOfWork) -> None:
        heard = made(uow)
        asyncio.run_coroutine_threadsafe(two.database.transact(other), loop).result(30)
        heard.hear(Side.MEMBERS, NOW)

    with pytest.raises(Conflict):
        await one.database.transact(hear)


async def test_a_row_made_by_two_workers_at_once_is_found_by_the_second(
    workers: tuple[Store, Store],
) -> None:
    both_looked = threading.Barrier(2, timeout=30)
    looks: list[bool] = []

    def meet(uow: UnitOfWork) -> None:
        known = uow.people.correspondent(A, "chat:a").person
        looks.append(known is not None)
        if len(looks) <= 2:
            both_looked.wait()
        if known is None:
            uow.people.add(person("a"))

    await asyncio.gather(*(store.database.transact(meet) for store in workers))

    assert [False, False, True] == looks


async def test_a_lost_server_is_an_error_once_then_connections_are_made_again(
    workers: tuple[Store, Store], shared_url: str
) -> None:
    one, two = workers
    await one.queue.receive("web", [event(A, "1")], None, NOW)
    await two.queue.waiting(NOW, 10)

    def cut(uow: UnitOfWork) -> None:
        execute(
            shared_url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        uow.people.correspondent(A, "x")

    with pytest.raises(DatabaseUnavailable):
        await one.database.transact(cut)
    with pytest.raises(DatabaseUnavailable):
        await two.queue.waiting(NOW, 10)

    assert ["1"] == [w.incoming.key for w in await one.queue.waiting(NOW, 10)]
    assert ["1"] == [w.incoming.key for w in await two.queue.waiting(NOW, 10)]
