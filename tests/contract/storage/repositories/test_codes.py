"""One-time codes, and the tries that failed."""

import asyncio

from bot.domain.people import Person
from bot.ports.records import UnitOfWork
from storage import Store
from tests.support.stores import DAY, MINUTE, NOW, person


async def somebody(store: Store) -> Person:
    made = person("a")
    await store.database.transact(lambda uow: uow.people.add(made))
    return made


async def give(store: Store, to: Person) -> str:
    return await store.database.transact(lambda uow: uow.codes.give(to, NOW + 15 * MINUTE, NOW))


async def test_a_code_serves_once(store: Store) -> None:
    someone = await somebody(store)
    code = await give(store, someone)
    takes = (store.database.transact(lambda uow: uow.codes.take(code, NOW)) for _ in range(2))
    assert sorted([someone.id or 0, 0]) == sorted(
        taken or 0 for taken in await asyncio.gather(*takes)
    )


async def test_a_code_expires_and_a_newer_one_ends_it(store: Store) -> None:
    someone = await somebody(store)
    first, second = await give(store, someone), await give(store, someone)

    def take(uow: UnitOfWork) -> list[int | None]:
        late = NOW + 15 * MINUTE
        return [
            uow.codes.take(first, NOW),
            uow.codes.take(second, late),
            uow.codes.take("7K3Q2MXW", NOW),
            uow.codes.take(second, NOW),
        ]

    assert [None, None, None, someone.id] == await store.database.transact(take)


async def test_no_page_opens_a_code(store: Store) -> None:
    code = await give(store, await somebody(store))
    assert None is await store.database.read(lambda uow: uow.links.find(code))
    assert None is await store.database.transact(lambda uow: uow.links.use(code, NOW))


async def test_tries_that_failed_are_counted_and_forgotten(store: Store) -> None:
    def fail(uow: UnitOfWork) -> None:
        for sender in ("a", "a", "b"):
            uow.codes.note_failure("web", sender, NOW)

    await store.database.transact(fail)

    def count(uow: UnitOfWork) -> list[int]:
        return [
            uow.codes.failures("web", "a", NOW - MINUTE),
            uow.codes.failures("matrix", "a", NOW - MINUTE),
            uow.codes.failures("web", "b", NOW + DAY),
            uow.codes.failures("web", "b", NOW - DAY),
        ]

    assert [2, 0, 0, 0] == await store.database.transact(count)
