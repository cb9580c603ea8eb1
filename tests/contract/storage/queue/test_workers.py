"""Several workers on one PostgreSQL database: nothing twice, order kept, no lease overwritten."""

import asyncio
import threading

from bot.ports.message_queue import Delivery, Outcome, Settlement, Waiting
from bot.ports.records import UnitOfWork
from storage import Store
from tests.support.stores import MINUTE, NOW, chat, event, message

PLACES = [chat(f"p{number}") for number in range(10)]
EACH = 6


async def test_each_event_is_handled_once_and_in_order(workers: tuple[Store, Store]) -> None:
    one = workers[0]
    events = [event(place, f"{place.name}-{n}") for n in range(EACH) for place in PLACES]
    await one.queue.receive("web", events, None, NOW)
    handled: list[str] = []

    async def turn(store: Store, waiting: Waiting) -> None:
        def work(uow: UnitOfWork) -> None:
            outgoing = message(waiting.incoming.conversation, waiting.incoming.key)
            uow.outbox.put(outgoing, at=NOW)

        if await store.queue.take_turn(waiting, NOW, work):
            handled.append(waiting.incoming.key)

    async def dispatch(store: Store) -> None:
        while waiting := await store.queue.waiting(NOW, 20):
            await asyncio.gather(*(turn(store, each) for each in waiting))

    await asyncio.gather(*(dispatch(store) for store in workers))

    assert sorted(e.key for e in events) == sorted(handled)
    for place in PLACES:
        mine = [key for key in handled if key.startswith(f"{place.name}-")]
        assert sorted(mine) == mine
    assert len(events) == (await one.queries.depths()).outbox_waiting


async def test_an_event_under_way_elsewhere_is_left_alone(workers: tuple[Store, Store]) -> None:
    one, two = workers
    await one.queue.receive("web", [event(PLACES[0], "1")], None, NOW)
    waiting = (await one.queue.waiting(NOW, 1))[0]
    started, go_on = threading.Event(), threading.Event()

    def slow(uow: UnitOfWork) -> None:
        started.set()
        assert go_on.wait(30)

    running = asyncio.create_task(one.queue.take_turn(waiting, NOW, slow))
    assert await asyncio.to_thread(started.wait, 30)

    assert not await two.queue.take_turn(waiting, NOW, lambda uow: None)

    go_on.set()
    assert await running


async def test_each_message_is_claimed_once_and_in_order(workers: tuple[Store, Store]) -> None:
    def put(uow: UnitOfWork) -> None:
        for number in range(EACH):
            for place in PLACES:
                uow.outbox.put(message(place, f"{place.name}-{number}"), at=NOW)

    await workers[0].database.transact(put)
    sent: list[str] = []

    async def deliver(store: Store) -> None:
        settled: list[Settlement] = []
        while (await workers[0].queries.depths()).outbox_waiting:
            claimed = await store.queue.exchange(settled, NOW, MINUTE, 4, ["web"])
            sent.extend(delivery.outgoing.key for delivery in claimed)
            settled = [Settlement(delivery.id, Outcome.SENT, NOW) for delivery in claimed]

    await asyncio.gather(*(deliver(store) for store in workers))

    assert len(PLACES) * EACH == len(sent) == len(set(sent))
    for place in PLACES:
        mine = [key for key in sent if key.startswith(f"{place.name}-")]
        assert sorted(mine) == mine


async def test_a_worker_that_lost_its_lease_overwrites_nothing(
    workers: tuple[Store, Store],
) -> None:
    one, two = workers
    await one.database.transact(lambda uow: uow.outbox.put(message(PLACES[0], "o1"), at=NOW))

    async def claim(store: Store, *settled: Settlement, late: bool = False) -> list[Delivery]:
        now = NOW + MINUTE if late else NOW
        return await store.queue.exchange(settled, now, MINUTE, 10, ["web"])

    slow = (await claim(one))[0]
    taken_over = (await claim(two, late=True))[0]
    assert slow.id == taken_over.id

    await claim(one, Settlement(slow.id, Outcome.DEAD, NOW, error="too slow"), late=True)
    assert [] == await two.queue.dead_letters()

    await claim(two, Settlement(slow.id, Outcome.SENT, NOW, remote_id="r"), late=True)
    assert 0 == (await one.queries.depths()).outbox_waiting
    assert [] == await two.queue.dead_letters()


async def test_the_leases_of_a_living_worker_hold_when_another_starts(
    workers: tuple[Store, Store],
) -> None:
    one, two = workers
    await one.database.transact(lambda uow: uow.outbox.put(message(PLACES[0], "o1"), at=NOW))

    assert 1 == len(await one.queue.exchange([], NOW, MINUTE, 10, ["web"]))
    assert [] == await two.queue.exchange([], NOW, MINUTE, 10, ["web"])
