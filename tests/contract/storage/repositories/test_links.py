"""Personal links: unguessable, kept as a digest, used once unless said otherwise."""

from datetime import datetime

from bot.domain.people import Person
from bot.ports.records import Link
from storage import Store
from tests.support.stores import DAY, NOW, person


async def somebody(store: Store) -> Person:
    made = person("a")
    await store.database.transact(lambda uow: uow.people.add(made))
    return made


async def create(store: Store, whose: Person, *, reusable: bool = False) -> str:
    return await store.database.transact(
        lambda uow: uow.links.create(whose, "desk", NOW + DAY, reusable, NOW)
    )


async def use(store: Store, token: str, now: datetime = NOW) -> Link | None:
    return await store.database.transact(lambda uow: uow.links.use(token, now))


async def find(store: Store, token: str) -> Link | None:
    return await store.database.read(lambda uow: uow.links.find(token))


async def test_a_link_opens_once(store: Store) -> None:
    whose = await somebody(store)
    token = await create(store, whose)

    assert whose.id is not None
    assert Link(whose.id, "desk", NOW + DAY, False, None) == await find(store, token)
    assert Link(whose.id, "desk", NOW + DAY, False, NOW) == await use(store, token)
    assert await use(store, token) is None
    assert Link(whose.id, "desk", NOW + DAY, False, NOW) == await find(store, token)


async def test_a_reusable_link_opens_again(store: Store) -> None:
    token = await create(store, await somebody(store), reusable=True)

    assert await use(store, token) is not None
    assert await use(store, token, NOW + DAY / 2) is not None


async def test_an_expired_link_opens_nothing_but_is_still_known(store: Store) -> None:
    token = await create(store, await somebody(store), reusable=True)

    assert await use(store, token, NOW + DAY) is None
    assert await find(store, token) is not None


async def test_a_guessed_link_opens_nothing(store: Store) -> None:
    token = await create(store, await somebody(store))

    for guess in ("", "x", token[:-1], token.swapcase(), "é\ud83d", "%", "' OR 1=1 --"):
        assert await use(store, guess) is None
        assert await find(store, guess) is None


async def test_two_links_differ(store: Store) -> None:
    whose = await somebody(store)

    tokens = {await create(store, whose) for _ in range(10)}

    assert 10 == len(tokens)
    assert {43} == {len(token) for token in tokens}


async def test_revoked_links_open_nothing_and_others_do(store: Store) -> None:
    whose, other = await somebody(store), person("b")
    await store.database.transact(lambda uow: uow.people.add(other))
    token, kept = await create(store, whose), await create(store, other)
    chat = await store.database.transact(
        lambda uow: uow.links.create(whose, "chat:a", NOW + DAY, True, NOW)
    )

    await store.database.transact(lambda uow: uow.links.revoke(whose, "desk", NOW))

    assert [False, True, True] == [
        await use(store, each) is not None for each in (token, kept, chat)
    ]
    assert await find(store, token) is not None
