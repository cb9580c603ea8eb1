"""What tells whether the database can be written to, and what waits."""

from bot.ports.records import UnitOfWork
from storage import Store
from tests.support.stores import HOUR, MINUTE, NOW, chat, message


async def test_a_probe_writes_leads_nothing_and_leaves_nothing(store: Store) -> None:
    await store.probe.write(NOW)
    await store.probe.write(NOW)

    assert await store.leases.hold("matrix", MINUTE)


async def test_the_oldest_message_is_that_of_the_networks_asked_for(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put(message(chat("a"), "k1"), at=NOW - MINUTE)
        uow.outbox.put(message(chat("b"), "k2"), at=NOW + HOUR)

    await store.database.transact(work)

    assert NOW - MINUTE == await store.probe.oldest_waiting(("web", "matrix"), NOW)
    assert await store.probe.oldest_waiting(("matrix",), NOW) is None
