"""Where our conversations are on a network."""

import asyncio

from bot.domain.conversations import ConversationRef
from bot.ports.remote_rooms import RoomPlan
from storage import Store

ROOM, OTHER = ConversationRef("matrix", "room:UV-7K3Q"), ConversationRef("matrix", "room:UV-8K3Q")


async def test_a_conversation_is_found_by_its_place_and_by_what_it_is_there(store: Store) -> None:
    assert None is await store.remote_rooms.remote(ROOM)
    await store.remote_rooms.bind(ROOM, "!a:server")
    assert "!a:server" == await store.remote_rooms.remote(ROOM)
    assert "room:UV-7K3Q" == await store.remote_rooms.conversation("matrix", "!a:server")
    assert None is await store.remote_rooms.conversation("telegram", "!a:server")
    assert {"!a:server": "room:UV-7K3Q"} == await store.remote_rooms.all("matrix")


async def test_a_conversation_is_at_one_place_and_a_place_is_one_conversation(
    store: Store,
) -> None:
    await store.remote_rooms.bind(ROOM, "!a:server")
    await store.remote_rooms.bind(ROOM, "!b:server")
    assert None is await store.remote_rooms.conversation("matrix", "!a:server")
    await store.remote_rooms.bind(OTHER, "!b:server")
    assert {"!b:server": "room:UV-8K3Q"} == await store.remote_rooms.all("matrix")
    assert None is await store.remote_rooms.remote(ROOM)


async def test_what_is_unbound_has_no_place(store: Store) -> None:
    await store.remote_rooms.bind(ROOM, "!a:server")
    await store.remote_rooms.unbind(ROOM)
    await store.remote_rooms.unbind(OTHER)
    assert {} == await store.remote_rooms.all("matrix")


async def test_a_group_that_moves_takes_its_topics_along(store: Store) -> None:
    places = [ConversationRef("telegram", f"room:UV-{n}") for n in range(4)]
    for place, remote in zip(places, ("-10/7", "-10", "-100/7", "-1/0"), strict=True):
        await store.remote_rooms.bind(place, remote)
    await store.remote_rooms.bind(ROOM, "-10/7")

    await store.remote_rooms.moved("telegram", "-10", "-55")

    assert ["-55/7", "-55", "-100/7", "-1/0"] == await asyncio.gather(
        *(store.remote_rooms.remote(place) for place in places)
    )
    assert "-10/7" == await store.remote_rooms.remote(ROOM)


async def test_the_application_says_what_a_room_is_to_be(store: Store) -> None:
    plan = RoomPlan("UV-7K3Q", "Tout est relayé", "urbanvitaliz", "UrbanVitaliz")
    assert None is await store.remote_rooms.plan("room:UV-7K3Q")
    store.remote_rooms.planner = lambda _uow, conversation: (
        plan if conversation == "room:UV-7K3Q" else None
    )
    assert plan == await store.remote_rooms.plan("room:UV-7K3Q")
    assert None is await store.remote_rooms.plan("room:UV-0000")
